import DialogEngine
import Facilitation
import FoundationEssentials

/// Slack and what speaks like it: events of the Events API, and slash commands; both signed.
///
/// A slash command is private, and its answer the response. What is said in a channel is posted with the bot's token.
struct Slack: ChatSystem {
    var signingSecret: String
    /// The token of the bot, `xoxb-…`; without it Lotse answers slash commands alone.
    var botToken: String?
    var postURL = "https://slack.com/api/chat.postMessage"

    let answersInPlace = true
    private static let window = 300

    private struct Envelope: Decodable {
        struct Event: Decodable {
            var type: String
            var subtype: String?
            var bot_id: String?
            var user: String?
            var text: String?
            var channel: String?
            var channel_type: String?
        }

        var type: String
        var challenge: String?
        var event_id: String?
        var event: Event?
    }

    func read(_ request: WebhookRequest, at now: Date) throws(WebhookRefusal) -> WebhookContent {
        try checkSignature(of: request, at: now)
        switch request.contentType {
        case "application/x-www-form-urlencoded": return try command(request.body)
        case "application/json": return try event(request.body)
        default: throw .wrongContentType
        }
    }

    private func checkSignature(of request: WebhookRequest, at now: Date) throws(WebhookRefusal) {
        let timestamp = request.headers["x-slack-request-timestamp"] ?? ""
        guard let seconds = Int(timestamp), abs(Int(now.timeIntervalSince1970) - seconds) <= Self.window else {
            throw .forbidden
        }
        let expected =
            "v0=" + Proof.hexadecimal(Array("v0:\(timestamp):".utf8), request.body, secret: signingSecret)
        guard Proof.isEqual(request.headers["x-slack-signature"] ?? "", expected) else { throw .forbidden }
    }

    private func command(_ body: [UInt8]) throws(WebhookRefusal) -> WebhookContent {
        guard let form = Form(body)?.fields, let room = form["channel_id"], let user = form["user_id"],
            let id = form["trigger_id"]
        else { throw .malformed }
        return .message(
            ChatMessage(
                room: room, userID: user, userName: form["user_name"] ?? user, text: form["text"] ?? "", id: id,
                isPrivate: true))
    }

    private func event(_ body: [UInt8]) throws(WebhookRefusal) -> WebhookContent {
        guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(body)) else { throw .malformed }
        if envelope.type == "url_verification", let challenge = envelope.challenge {
            return .other(.json(["challenge": challenge]))
        }
        guard let event = envelope.event, event.type == "message", event.subtype == nil, event.bot_id == nil,
            let user = event.user, let room = event.channel, let text = event.text, let id = envelope.event_id
        else { return .other(.empty) }
        return .message(
            ChatMessage(
                room: room, userID: user, userName: user, text: Self.plain(text), id: id))
    }

    /// Slack writes `&`, `<` and `>` as entities.
    private static func plain(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }

    private static func escaped(_ lines: [OutgoingMessage]) -> String {
        lines.map(\.text).joined(separator: "\n")
            .replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    func answersInPlace(_ message: ChatMessage) -> Bool { message.isPrivate }

    func response(_ lines: [OutgoingMessage], to message: ChatMessage) -> WebhookResponse {
        guard message.isPrivate, !lines.isEmpty else { return .empty }
        return .json(["response_type": "ephemeral", "text": Self.escaped(lines)])
    }

    func request(_ line: OutgoingMessage, in room: String, at now: Date) -> HTTPRequest? {
        guard let botToken else { return nil }
        return HTTPRequest(
            url: postURL,
            headers: [
                ("content-type", "application/json; charset=utf-8"), ("authorization", "Bearer \(botToken)"),
            ],
            body: WebhookResponse.json(["channel": room, "text": Self.escaped([line])]).body,
            allowsPlaintext: postURL.hasPrefix("http:"))
    }
}
