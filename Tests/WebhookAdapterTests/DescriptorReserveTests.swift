import Foundation
import Listening
import Synchronization
import Testing

@testable import WebhookAdapter

/// What happens when hardly a file descriptor is left.
@Suite(.timeLimit(.minutes(5))) struct DescriptorReserveTests {
    private static let request = "GET / HTTP/1.1\r\nhost: a\r\n\r\n"

    @Test("Nobody is accepted while there are hardly any descriptors, and everybody who waited is when there are some")
    func pauses() async throws {
        let isNearlyReached = Mutex(false)
        let reserve = DescriptorReserve(logger: .silent) { _ in isNearlyReached.withLock(\.self) }
        let listener = HTTPListener(host: "127.0.0.1", port: 0, reserve: reserve, logger: .silent) { _ in .empty }
        let port = try await listener.start()
        func ask() async throws -> RawClient {
            let client = try await RawClient(port: port)
            await client.send(Self.request)
            return client
        }
        #expect(await (try ask()).next().hasPrefix("HTTP/1.1 200 OK"))
        isNearlyReached.withLock { $0 = true }
        // The next one was waited for already.
        #expect(await (try ask()).next().hasPrefix("HTTP/1.1 200 OK"))
        let late = try await ask()
        while !reserve.isShort { await Task.yield() }
        #expect(reserve.pauses > 0)
        isNearlyReached.withLock { $0 = false }
        #expect(await late.next().hasPrefix("HTTP/1.1 200 OK"))
        #expect(!reserve.isShort)
        await listener.stop()
    }

    @Test("Monitoring may take of what is left for everything else")
    func letsMonitoringIn() {
        let reserve = DescriptorReserve(logger: .silent) { $0 > 20 }
        #expect(!reserve.allowsOne())
        #expect(reserve.isShort)
        let other = DescriptorReserve(logger: .silent) { $0 > 40 }
        #expect(other.allowsOne(isMonitoring: true))
    }

    @Test("The limit is raised to what is allowed, and its end is seen")
    func readsLimit() {
        FileDescriptorLimit.raise()
        let limit = FileDescriptorLimit.current
        #expect(limit >= 64)
        #expect(!FileDescriptorLimit.isNearlyReached(reserve: 1))
        #expect(FileDescriptorLimit.isNearlyReached(reserve: limit))
    }
}
