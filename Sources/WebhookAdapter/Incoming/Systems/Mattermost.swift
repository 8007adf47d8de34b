import DialogEngine
import Facilitation
import FoundationEssentials

/// Mattermost: outgoing webhooks for what is said in a public channel, slash commands for what only one person reads.
///
/// Both prove themselves by a token; there is no signature, so the way has to be encrypted. Answers are the response. What
/// is said by itself goes to an incoming webhook, where the operator has made one. Neither can say in which thread: a
/// response of the type `comment` opens a thread at the line, and is lost where the line is in a thread itself, which the
/// request does not tell; so everything is said in the channel. A slash command is answered in the thread it came from.
struct Mattermost: ChatSystem {
    /// The tokens of the webhooks and commands, each of which may send.
    var tokens: [String]
    /// The URL of an incoming webhook, which is a secret.
    var incomingWebhook: String?
    /// The server, such as `https://chat.example`: where late answers may go. Left out, that of the incoming webhook.
    var server: String?
    /// Whether the incoming webhook may write to one person, as `@name`.
    var writesToPeople = false

    let answersInPlace = true
    /// A direct message by an incoming webhook cannot be answered.
    let hearsWhereItSpeaks = false

    /// The fields that both send, as a form or as JSON.
    private struct Fields: Decodable {
        var channel_name: String
        var user_id: String
        var user_name: String
        var text: String
        var post_id: String?
        var trigger_id: String?
        var command: String?
        var response_url: String?

        init(form: [String: String]) {
            channel_name = form["channel_name"] ?? ""
            user_id = form["user_id"] ?? ""
            user_name = form["user_name"] ?? ""
            text = form["text"] ?? ""
            post_id = form["post_id"]
            trigger_id = form["trigger_id"]
            command = form["command"]
            response_url = form["response_url"]
        }
    }

    func read(_ request: WebhookRequest, at now: Date) throws(WebhookRefusal) -> WebhookContent {
        let fields = try fields(of: request)
        guard let id = fields.post_id ?? fields.trigger_id, !fields.channel_name.isEmpty, !fields.user_id.isEmpty else {
            throw .malformed
        }
        return .message(
            ChatMessage(
                room: fields.channel_name, userID: fields.user_id, userName: fields.user_name, text: fields.text,
                id: id, isPrivate: fields.command != nil, replyURL: fields.response_url))
    }

    /// A slash command brings its token in a header, a webhook in the form or in JSON.
    private func fields(of request: WebhookRequest) throws(WebhookRefusal) -> Fields {
        guard request.contentType != "application/json" else { return try Proof.json(of: request, provedBy: tokens) }
        let header = request.headers["authorization"].flatMap { $0.hasPrefix("Token ") ? $0.dropFirst(6) : nil }
        let form = Form(request.body)?.fields
        guard let token = header.map(String.init) ?? form?["token"], Proof.isOne(of: tokens, token) else {
            throw .forbidden
        }
        guard request.contentType == "application/x-www-form-urlencoded" else { throw .wrongContentType }
        guard let form else { throw .malformed }
        return Fields(form: form)
    }

    private struct Answer: Encodable {
        var text: String
        var response_type: String?
        var channel: String?
    }

    func response(_ lines: [OutgoingMessage], to message: ChatMessage) -> WebhookResponse {
        guard !lines.isEmpty else { return .json([String: String]()) }
        let type = message.isPrivate ? "ephemeral" : "post"
        return .json(Answer(text: Markdown.text(lines), response_type: type))
    }

    /// Mattermost sends nothing once more, and shows nobody what another answer than 200 says to a slash command.
    func refusal(_ lines: [OutgoingMessage], to message: ChatMessage) -> WebhookResponse {
        response(lines, to: message)
    }

    func allowsLateAnswer(at url: String) -> Bool {
        guard let own = (server ?? incomingWebhook).flatMap({ WebhookURL.origin(of: $0) }) else { return false }
        return WebhookURL.origin(of: url) == own
    }

    func request(_ line: OutgoingMessage, to person: ChatPerson, at now: Date) -> HTTPRequest? {
        writesToPeople ? request(line, in: "@\(person.name)", at: now) : nil
    }

    func request(_ line: OutgoingMessage, in room: String, at now: Date) -> HTTPRequest? {
        guard let incomingWebhook else { return nil }
        return HTTPRequest(
            url: incomingWebhook, headers: [("content-type", "application/json")],
            body: WebhookResponse.json(Answer(text: Markdown.text([line]), channel: room)).body,
            allowsPlaintext: incomingWebhook.hasPrefix("http:"))
    }
}
