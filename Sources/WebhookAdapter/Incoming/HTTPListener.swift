package import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A small HTTP server: requests that come whole, in time and not too large are answered, everything else is turned away.
///
/// | limit                          | then               |
/// |--------------------------------|--------------------|
/// | a body of 64 KB                | 413, closed        |
/// | 10 seconds for a request       | 408, closed        |
/// | 60 seconds without a request   | closed             |
/// | 1000 connections               | the new one closed |
/// | no HTTP, or two lengths of it  | 400, closed        |
package final class HTTPListener: Sendable {
    package struct Limits: Sendable {
        var body = 64 * 1024
        var arrival = TimeAmount.seconds(10)
        var idle = TimeAmount.seconds(60)
        var connections = 1000

        package init() {}
    }

    package typealias Answer = @Sendable (WebhookRequest) async -> WebhookResponse

    private let host: String
    private let port: Int
    private let limits: Limits
    private let answer: Answer
    private let logger: Logger
    private let channel = Mutex<(any Channel)?>(nil)
    private let connections = Atomic(0)

    package init(host: String, port: Int, limits: Limits = Limits(), logger: Logger, answer: @escaping Answer) {
        self.host = host
        self.port = port
        self.limits = limits
        self.answer = answer
        self.logger = logger
    }

    /// Opens the port, and returns it.
    @discardableResult
    package func start() async throws -> Int {
        let started = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture { try prepare(channel) }
            }
            .bind(host: host, port: port).get()
        channel.withLock { $0 = started }
        let port = started.localAddress?.port ?? port
        logger.info("listening for HTTP", metadata: ["host": "\(host)", "port": "\(port)"])
        return port
    }

    private func prepare(_ channel: any Channel) throws {
        let count = connections.add(1, ordering: .relaxed).newValue
        channel.closeFuture.whenComplete { [self] _ in connections.subtract(1, ordering: .relaxed) }
        guard count <= limits.connections else { return channel.close(promise: nil) }
        try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
        try channel.pipeline.syncOperations.addHandler(HTTPConnectionHandler(limits: limits, answer: answer))
    }

    package func stop() async {
        let running = channel.withLock { channel in
            defer { channel = nil }
            return channel
        }
        try? await running?.close().get()
    }
}
