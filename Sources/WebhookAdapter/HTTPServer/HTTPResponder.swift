import HTTPTypes
import HummingbirdCore
import NIOCore

/// Gathers a request, has it answered, and ends the connection where nothing more is wanted from it.
struct HTTPResponder: Sendable {
    let limits: HTTPListener.Limits
    let answer: HTTPListener.Answer

    /// The last answer was given: the connection is to be closed.
    private struct Ended: Error {}

    /// Answers one request; the next one of the connection is read when this returns.
    @Sendable func respond(
        to request: Request, _ writer: consuming ResponseWriter, over channel: any Channel
    ) async throws {
        channel.triggerUserOutboundEvent(ConnectionHandler.Progress.began, promise: nil)
        let deadline = NIODeadline.now() + limits.arrival
        let clock = channel.eventLoop.scheduleTask(deadline: deadline) { channel.close(mode: .input, promise: nil) }
        defer { clock.cancel() }
        var parts = request.body.makeAsyncIterator()
        var isLast = request.isLast
        let response: WebhookResponse
        do {
            try await letOn(request, writer)
            let body = try await gather(&parts, until: deadline)
            clock.cancel()
            response = await answer(WebhookRequest(request, body: body))
        } catch let refusal as WebhookRefusal {
            (response, isLast) = (WebhookResponse(refusal), true)
        }
        let written = Response(response, to: request, isLast: isLast)
        try await writer.write(response: written.head, body: written.body)
        channel.triggerUserOutboundEvent(ConnectionHandler.Progress.answered, promise: nil)
        guard isLast else { return }
        try await channel.close(mode: .output).get()
        // Closed with something unread, the connection would be reset, and the answer lost on its way.
        while (try? await parts.next()) != nil {}
        throw Ended()
    }

    /// Lets a sender go on that waits to be told so before it sends the body.
    private func letOn(_ request: Request, _ writer: borrowing ResponseWriter) async throws {
        let length = request.headers[.contentLength].flatMap(Int.init) ?? 0
        guard length <= limits.body else { throw WebhookRefusal.tooLarge }
        guard request.headers[.expect]?.lowercased() == "100-continue" else { return }
        try await writer.writeInformationalHead(.init(status: .continue))
    }

    /// The whole body; after the deadline nothing more comes in.
    private func gather(_ parts: inout RequestBody.AsyncIterator, until deadline: NIODeadline) async throws -> [UInt8] {
        var body: [UInt8] = []
        do {
            while let part = try await parts.next() {
                guard body.count + part.readableBytes <= limits.body else { throw WebhookRefusal.tooLarge }
                body += part.readableBytesView
            }
        } catch {
            throw NIODeadline.now() >= deadline ? WebhookRefusal.tooSlow : error
        }
        return body
    }
}

extension Request {
    /// Whether the peer expects that the connection ends with the answer.
    ///
    /// Hummingbird does not tell which HTTP it is; without a host it can only be 1.0, which closes.
    fileprivate var isLast: Bool {
        let options = headers[.connection]?.lowercased().split(separator: ",") ?? []
        return head.authority == nil || options.contains { $0.filter { $0 != " " } == "close" }
    }
}

extension WebhookRequest {
    fileprivate init(_ request: Request, body: [UInt8]) {
        let headers = request.headers.map { ($0.name.canonicalName, $0.value) }
        self.init(
            method: request.method.rawValue, path: String((request.head.path ?? "").prefix { $0 != "?" }),
            headers: Dictionary(headers, uniquingKeysWith: { $1 }), body: body)
    }
}

extension Response {
    fileprivate init(_ response: WebhookResponse, to request: Request, isLast: Bool) {
        var headers = HTTPFields()
        if !response.body.isEmpty { headers[.contentType] = response.contentType }
        if let seconds = response.retryAfter { headers[.retryAfter] = "\(seconds)" }
        if isLast { headers[.connection] = "close" }
        self.init(
            status: .init(code: response.status), headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: response.body)))
        if request.method == .head { self = createHeadResponse() }
    }
}
