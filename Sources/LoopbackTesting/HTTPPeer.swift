import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// A web server on loopback that a webhook goes to; it behaves as a test says, and keeps what it was sent.
package final class HTTPPeer: Sendable {
    package struct Request: Hashable, Sendable {
        package let path: String
        package let headers: [String: String]
        package let body: String
        /// The number of the connection that it came over, from 1.
        package let connection: Int
    }

    /// What is done with a request.
    package enum Behaviour: Sendable {
        case answer(Int, headers: [(String, String)] = [], body: String = "")
        /// Nothing is said, and the connection stays open.
        case hang
        /// The connection is closed without an answer.
        case reset
        /// An answer without end.
        case flood
    }

    package let port: Int
    package var url: String { "\(scheme)://127.0.0.1:\(port)/hook" }
    private let scheme: String
    private let channel: any Channel
    private let state: State

    private final class State: Sendable {
        let requests = Mutex<[Request]>([])
        let connections = Mutex(0)
        let behaviour: @Sendable (Request, Int) -> Behaviour
        let news: AsyncStream<Request>.Continuation

        init(_ news: AsyncStream<Request>.Continuation, _ behaviour: @escaping @Sendable (Request, Int) -> Behaviour) {
            self.news = news
            self.behaviour = behaviour
        }
    }

    /// Every request as it comes.
    package let arrivals: AsyncStream<Request>

    /// - Parameter behaviour: what is done with a request, and how many came before it.
    package init(
        port: Int = 0, certificate: TestCertificate? = nil,
        _ behaviour: @escaping @Sendable (Request, Int) -> Behaviour = { _, _ in .answer(204) }
    ) async throws {
        let (arrivals, news) = AsyncStream.makeStream(of: Request.self)
        self.arrivals = arrivals
        let state = State(news, behaviour)
        self.state = state
        scheme = certificate == nil ? "http" : "https"
        let context = try certificate.map { certificate in
            try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: NIOSSLCertificate.fromPEMFile(certificate.certificate).map { .certificate($0) },
                    privateKey: .privateKey(NIOSSLPrivateKey(file: certificate.key, format: .pem))))
        }
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(state))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        self.port = channel.localAddress?.port ?? port
    }

    package var requests: [Request] { state.requests.withLock { $0 } }
    package var connectionCount: Int { state.connections.withLock { $0 } }

    /// The next `count` requests as they arrive.
    package func next(_ count: Int = 1) async -> [Request] {
        var found: [Request] = []
        var iterator = arrivals.makeAsyncIterator()
        while found.count < count, let request = await iterator.next(isolation: #isolation) { found.append(request) }
        return found
    }

    package func close() async {
        try? await channel.close().get()
        state.news.finish()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart
        private let state: State
        private let connection: Int
        private var head: HTTPRequestHead?
        private var body = ""

        init(_ state: State) {
            self.state = state
            connection = state.connections.withLock { count in
                count += 1
                return count
            }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): (self.head, body) = (head, "")
            case .body(let buffer): body += String(buffer: buffer)
            case .end:
                let headers = (head?.headers ?? [:]).map { ($0.name.lowercased(), $0.value) }
                let request = Request(
                    path: head?.uri ?? "", headers: Dictionary(headers, uniquingKeysWith: { $1 }), body: body,
                    connection: connection)
                let before = state.requests.withLock { requests in
                    requests.append(request)
                    return requests.count - 1
                }
                react(state.behaviour(request, before), context)
                state.news.yield(request)
            }
        }

        private func react(_ behaviour: Behaviour, _ context: ChannelHandlerContext) {
            switch behaviour {
            case .hang: break
            case .reset: context.close(promise: nil)
            case .answer(let status, let headers, let body):
                var fields = HTTPHeaders(headers)
                fields.add(name: "content-length", value: "\(body.utf8.count)")
                let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: fields)
                context.write(wrapOutboundOut(.head(head)), promise: nil)
                context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            case .flood:
                let head = HTTPResponseHead(
                    version: .http1_1, status: .ok, headers: ["content-length": "1000000000"])
                context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
                Self.flood(context.channel)
            }
        }

        /// Goes on until the other side has closed the connection.
        private static func flood(_ channel: any Channel) {
            let part = HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(repeating: 65, count: 65_536)))
            channel.writeAndFlush(part).whenSuccess { flood(channel) }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
