import DialogEngine
import Facilitation
import FoundationEssentials

/// Zulip: an outgoing webhook bot, which hears what mentions it and what is written to it alone. Answers are the response.
///
/// A room is a stream with a topic, `stream-id/topic`; a person who writes to the bot alone is private.
struct Zulip: ChatSystem {
    var tokens: [String]

    let answersInPlace = true

    private struct Fields: Decodable {
        struct Message: Decodable {
            var id: Int
            var sender_id: Int
            var sender_full_name: String
            var stream_id: Int?
            var subject: String?
        }

        /// The text without the mention at its beginning.
        var data: String
        var trigger: String
        var bot_full_name: String?
        var message: Message
    }

    func read(_ request: WebhookRequest, at now: Date) throws(WebhookRefusal) -> WebhookContent {
        let fields: Fields = try Proof.json(of: request, provedBy: tokens)
        let message = fields.message
        let room = message.stream_id.map { "\($0)/\(Self.topic(message.subject ?? ""))" } ?? ""
        return .message(
            ChatMessage(
                room: room, userID: "\(message.sender_id)", userName: message.sender_full_name,
                text: Self.withoutMention(fields.data, of: fields.bot_full_name), id: "\(message.id)",
                isPrivate: fields.trigger == "direct_message" || message.stream_id == nil))
    }

    /// The text without the mention `@**Lotse**` that brought it here: at its beginning, and wherever else the bot is named.
    private static func withoutMention(_ text: String, of bot: String?) -> String {
        var text = text
        if text.hasPrefix("@**"), let end = text.dropFirst(3).firstRange(of: "**") {
            text = String(text[end.upperBound...])
        }
        if let bot, !bot.isEmpty { text = text.replacing("@**\(bot)**", with: "") }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: "\n")
    }

    /// A topic that was marked as resolved is the same one.
    private static func topic(_ subject: String) -> String {
        subject.hasPrefix("✔ ") ? String(subject.dropFirst(2)) : subject
    }

    func mention(of person: ChatPerson) -> String { "@**\(person.name)**" }

    func response(_ lines: [OutgoingMessage], to message: ChatMessage) -> WebhookResponse {
        lines.isEmpty ? .json(["response_not_required": true]) : .json(["content": PlainText.text(lines)])
    }

    func request(_ line: OutgoingMessage, in room: String, at now: Date) -> HTTPRequest? { nil }
}
