import HummingbirdCore
package import Listening
package import Logging
import NIOCore
import NIOPosix
import Synchronization

/// A small HTTP server: requests that come whole, in time and not too large are answered, everything else is turned away.
///
/// | limit                                    | then                                    |
/// |------------------------------------------|-----------------------------------------|
/// | 8 seconds to the end of the first head   | closed                                  |
/// | a body of 64 KB                          | 413, closed                             |
/// | 10 seconds from the head to the end      | 408, closed                             |
/// | 60 seconds to the end of the next head   | closed                                  |
/// | 100 connections of one address           | see ``Admission``; not for proxies      |
/// | 1000 connections                         | see ``Admission``                       |
/// | no file descriptors left                 | nobody is accepted, see ``AcceptGuard`` |
/// | no HTTP, or two lengths of it            | 400, closed                             |
/// | a request under way when the server ends | a second to be answered, then closed    |
package final class HTTPListener: Sendable {
    package struct Limits: Hashable, Sendable {
        var body = 64 * 1024
        var firstHead = TimeAmount.seconds(8)
        var arrival = TimeAmount.seconds(10)
        var idle = TimeAmount.seconds(60)
        var connections = 1000
        package var connectionsPerAddress = 100
        /// Of these addresses there may be as many connections as there are at all.
        package var proxies: [IPNetwork] = []
        var farewell = TimeAmount.seconds(1)

        package init() {}
    }

    package typealias Answer = @Sendable (WebhookRequest) async -> WebhookResponse

    private struct Running {
        let server: Server<HTTP1Channel>
        let task: Task<Void, Never>
    }

    private let host: String
    private let port: Int
    private let limits: Limits
    private let responder: HTTPResponder
    private let reserve: DescriptorReserve
    private let isMonitoring: Bool
    private let logger: Logger
    private let running = Mutex<Running?>(nil)

    /// - Parameter isMonitoring: whether the operator is to be answered also when there is hardly a descriptor left.
    package init(
        host: String, port: Int, limits: Limits = Limits(), reserve: DescriptorReserve? = nil,
        isMonitoring: Bool = false, logger: Logger, answer: @escaping Answer
    ) {
        self.host = host
        self.reserve = reserve ?? DescriptorReserve(logger: logger)
        self.isMonitoring = isMonitoring
        self.port = port
        self.limits = limits
        self.logger = logger
        responder = HTTPResponder(limits: limits, answer: answer)
    }

    /// Opens the port, and returns it.
    @discardableResult
    package func start() async throws(HTTPListenerError) -> Int {
        let (ports, opened) = AsyncThrowingStream.makeStream(of: Int.self)
        let server = server { [port, reserve, isMonitoring] channel in
            let guarded = channel.eventLoop.submit {
                try channel.pipeline.syncOperations.addHandler(
                    AcceptGuard(reserve: reserve, isMonitoring: isMonitoring), position: .first)
            }
            try? await guarded.get()
            opened.yield(channel.localAddress?.port ?? port)
        }
        let task = Task {
            do {
                try await server.run()
                opened.finish()
            } catch {
                opened.finish(throwing: error)
            }
        }
        do {
            for try await port in ports {
                running.withLock { $0 = Running(server: server, task: task) }
                logger.info("listening for HTTP", metadata: ["host": "\(host)", "port": "\(port)"])
                return port
            }
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw .portInUse(host: host, port: port)
        } catch {
            throw .cannotListen(host: host, port: port, reason: "\(error)")
        }
        throw .cannotListen(host: host, port: port, reason: "it was stopped")
    }

    private func server(_ started: @escaping @Sendable (any Channel) async -> Void) -> Server<HTTP1Channel> {
        // What Hummingbird says of itself matters only when something is wrong.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let limits = limits
        let doorway = Doorway(
            Admission(
                limit: min(limits.connections, reserve.connections), limitPerAddress: limits.connectionsPerAddress,
                proxies: limits.proxies))
        return Server(
            childChannelSetup: HTTP1Channel(
                responder: responder.respond,
                configuration: .init(
                    additionalChannelHandlers: [ConnectionHandler(through: doorway, limits)])),
            configuration: .init(address: .hostname(host, port: port)),
            onServerRunning: started, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
    }

    /// Closes the port and what is idle at once, and everything else when it is answered, or does not take a second.
    package func stop() async {
        let running = running.withLock { running in
            defer { running = nil }
            return running
        }
        guard let running else { return }
        // The task is never cancelled: a connection that nobody has taken over yet would end the program.
        try? await running.server.shutdownGracefully()
        await running.task.value
    }
}
