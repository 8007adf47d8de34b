import DialogEngine
import Facilitation
import FoundationEssentials

/// Rocket.Chat: an outgoing integration with a token, which is mandatory here. Answers are the response.
struct RocketChat: ChatSystem {
    var tokens: [String]

    let answersInPlace = true
    let hearsPrivately = false

    /// Nothing else of the body is looked at: an integration for uploads also sends what nobody should have.
    private struct Fields: Decodable {
        var bot: Bool?
        var channel_name: String?
        var channel_id: String
        var message_id: String
        var user_id: String
        var user_name: String
        var text: String?

        private enum CodingKeys: String, CodingKey {
            case bot, channel_name, channel_id, message_id, user_id, user_name, text
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            // False, or an object that describes the bot.
            let isNoBot = try? container.decodeIfPresent(Bool.self, forKey: .bot)
            bot = container.contains(.bot) && isNoBot != .some(false)
            channel_name = try? container.decodeIfPresent(String.self, forKey: .channel_name)
            channel_id = try container.decode(String.self, forKey: .channel_id)
            message_id = try container.decode(String.self, forKey: .message_id)
            user_id = try container.decode(String.self, forKey: .user_id)
            user_name = try container.decode(String.self, forKey: .user_name)
            text = try container.decodeIfPresent(String.self, forKey: .text)
        }
    }

    func read(_ request: WebhookRequest, at now: Date) throws(WebhookRefusal) -> WebhookContent {
        let fields: Fields = try Proof.json(of: request, provedBy: tokens)
        guard fields.bot != true, let text = fields.text else { return .other(.json([String: String]())) }
        return .message(
            ChatMessage(
                room: fields.channel_name ?? fields.channel_id, userID: fields.user_id, userName: fields.user_name,
                text: text, id: fields.message_id))
    }

    func response(_ lines: [OutgoingMessage], to message: ChatMessage) -> WebhookResponse {
        lines.isEmpty ? .json([String: String]()) : .json(["text": PlainText.text(lines)])
    }

    func request(_ line: OutgoingMessage, in room: String, at now: Date) -> HTTPRequest? { nil }
}
