import NIOCore
import NIOHTTP1

/// One connection: gathers a request, has it answered, and waits for the next.
final class HTTPConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let limits: HTTPListener.Limits
    private let answer: HTTPListener.Answer
    private var request: WebhookRequest?
    private var isKeptAlive = true
    private var timeout: Scheduled<Void>?

    init(limits: HTTPListener.Limits, answer: @escaping HTTPListener.Answer) {
        self.limits = limits
        self.answer = answer
    }

    func channelActive(context: ChannelHandlerContext) {
        expect(within: limits.arrival, context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timeout?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            expect(within: limits.arrival, context)
            let headers = head.headers.map { ($0.name.lowercased(), $0.value) }
            isKeptAlive = head.isKeepAlive
            let path = String(head.uri.prefix { $0 != "?" })
            request = WebhookRequest(
                method: head.method.rawValue, path: path, headers: Dictionary(headers, uniquingKeysWith: { $1 }),
                body: [])
            let length = head.headers.first(name: "content-length").flatMap(Int.init) ?? 0
            guard length <= limits.body else { return refuse(.tooLarge, context) }
            if head.headers["expect"].contains(where: { $0.lowercased() == "100-continue" }) { goOn(context) }
        case .body(let buffer):
            guard let received = request?.body.count else { return }
            guard received + buffer.readableBytes <= limits.body else { return refuse(.tooLarge, context) }
            request?.body += buffer.readableBytesView
        case .end:
            guard let request else { return }
            self.request = nil
            timeout?.cancel()
            respond(to: request, context)
        }
    }

    /// Lets a sender go on that waits to be told so before it sends the body.
    private func goOn(_ context: ChannelHandlerContext) {
        let head = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
    }

    private func respond(to request: WebhookRequest, _ context: ChannelHandlerContext) {
        let (answer, loop) = (answer, context.eventLoop)
        let bound = NIOLoopBound((self, context), eventLoop: loop)
        Task {
            let response = await answer(request)
            loop.execute {
                let (handler, context) = bound.value
                handler.write(response, isLast: !handler.isKeptAlive, context)
                handler.expect(within: handler.limits.idle, context)
            }
        }
    }

    /// Answers before all of the request is there, and closes: the rest is not waited for.
    private func refuse(_ refusal: WebhookRefusal, _ context: ChannelHandlerContext) {
        request = nil
        timeout?.cancel()
        write(WebhookResponse(status: refusal.rawValue), isLast: true, context)
    }

    private func write(_ response: WebhookResponse, isLast: Bool, _ context: ChannelHandlerContext) {
        var headers: HTTPHeaders = ["content-length": "\(response.body.count)"]
        if !response.body.isEmpty { headers.add(name: "content-type", value: response.contentType) }
        if let seconds = response.retryAfter { headers.add(name: "retry-after", value: "\(seconds)") }
        if isLast { headers.add(name: "connection", value: "close") }
        let head = HTTPResponseHead(
            version: .http1_1, status: .init(statusCode: response.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: response.body)))), promise: nil)
        let written = context.writeAndFlush(wrapOutboundOut(.end(nil)))
        guard isLast else { return }
        let channel = context.channel
        written.whenComplete { _ in channel.close(promise: nil) }
    }

    /// Closes when nothing whole has arrived by then; in the midst of a request it says so.
    private func expect(within time: TimeAmount, _ context: ChannelHandlerContext) {
        timeout?.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timeout = context.eventLoop.scheduleTask(in: time) {
            let (handler, context) = bound.value
            guard handler.request == nil else { return handler.refuse(.tooSlow, context) }
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
