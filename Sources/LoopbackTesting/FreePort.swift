import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// Where a test may listen.
package enum FreePort {
    /// Below the ports that the kernel gives out by itself, and each only once: nobody else takes it meanwhile.
    private static let range = 20_000..<32_000
    private static let next = Mutex(Int.random(in: range))

    /// A port that nobody listens on at the moment.
    package static func find() async throws -> Int {
        for _ in range {
            let port = take()
            do {
                try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .bind(host: "127.0.0.1", port: port).get().close().get()
                return port
            } catch let error as IOError where error.errnoCode == EADDRINUSE {
                continue
            }
        }
        throw NoFreePort()
    }

    private static func take() -> Int {
        next.withLock { next in
            defer { next = next + 1 < range.upperBound ? next + 1 : range.lowerBound }
            return next
        }
    }

    struct NoFreePort: Error {}
}
