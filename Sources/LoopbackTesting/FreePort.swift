import NIOCore
import NIOPosix

/// Where a test may listen.
package enum FreePort {
    /// A port that nobody listens on at the moment.
    package static func find() async throws -> Int {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        try await channel.close().get()
        return port
    }
}
