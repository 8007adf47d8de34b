import DialogEngine
import Facilitation
import FoundationEssentials

/// Nextcloud Talk, with Lotse as a bot of a conversation (Talk's documentation, »Bots and Webhooks«).
///
/// A request is signed over its random header and its body, an answer over its own random and the message alone. Answers
/// are posted to the backend that the message came from; it has to be on the list. Talk renders Markdown (CommonMark).
struct NextcloudTalk: ChatSystem {
    /// The secret that the bot was installed with.
    var secret: String
    /// The Nextcloud that may send, such as `https://cloud.example`.
    var backend: String
    /// Whether moderators of a conversation facilitate it.
    var moderatorsFacilitate: Bool
    /// Whether a contribution is acknowledged by a mark at it.
    var acknowledgesByReaction = false
    /// Makes the random header of an answer: 64 letters and digits.
    var random: @Sendable () -> String = {
        let random = UInt128.random(in: .min ... .max)
        return String((String(random, radix: 16) + String(repeating: "0", count: 64)).prefix(64))
    }

    let answersInPlace = false
    let hearsPrivately = false
    /// How many characters a message may have.
    private static let longest = 32_000
    /// Owner, moderator and moderating guest.
    private static let moderators: Set<Int> = [1, 2, 6]

    private struct Activity: Decodable {
        struct Actor: Decodable {
            var type: String?
            var id: String
            var name: String?
            var talkParticipantType: String?
        }

        struct Object: Decodable {
            var id: String?
            var name: String?
            var content: String?
        }

        struct Target: Decodable {
            var id: String
        }

        var type: String
        var actor: Actor
        var object: Object
        var target: Target?
    }

    /// What stands in `content` as JSON.
    private struct Content: Decodable {
        struct Parameter: Decodable {
            var name: String?
        }

        var message: String
        var parameters: [String: Parameter]?

        private enum CodingKeys: String, CodingKey {
            case message, parameters
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            message = try container.decode(String.self, forKey: .message)
            // An empty object comes as an empty list from PHP.
            parameters = try? container.decode([String: Parameter].self, forKey: .parameters)
        }

        /// The message with names in the place of `{mention-user1}`.
        var text: String {
            (parameters ?? [:]).reduce(message) { text, parameter in
                text.replacing("{\(parameter.key)}", with: parameter.value.name ?? "")
            }
        }
    }

    func read(_ request: WebhookRequest, at now: Date) throws(WebhookRefusal) -> WebhookContent {
        let random = request.headers["x-nextcloud-talk-random"] ?? ""
        let signature = request.headers["x-nextcloud-talk-signature"] ?? ""
        guard random.utf8.count >= 32, sent(by: request.headers["x-nextcloud-talk-backend"]),
            Proof.isEqual(signature.lowercased(), Proof.hexadecimal(Array(random.utf8), request.body, secret: secret))
        else { throw .forbidden }
        guard request.contentType == "application/json" else { throw .wrongContentType }
        guard let activity = try? JSONDecoder().decode(Activity.self, from: Data(request.body)) else {
            throw .malformed
        }
        // Before Talk 23 a message with a file has no name.
        guard activity.type == "Create", ["message", ""].contains(activity.object.name),
            activity.actor.type != "Application",
            let room = activity.target?.id, let id = activity.object.id,
            let content = activity.object.content.map({ Data($0.utf8) }),
            let text = try? JSONDecoder().decode(Content.self, from: content).text
        else { return .other(.empty) }
        let type = activity.actor.talkParticipantType.flatMap(Int.init) ?? 0
        return .message(
            ChatMessage(
                room: room, userID: activity.actor.id, userName: activity.actor.name ?? activity.actor.id, text: text,
                id: id, isModerator: moderatorsFacilitate && Self.moderators.contains(type)))
    }

    /// `@"anna"` for `users/anna`, `@"guest/abc"` for `guests/abc`: by ids, since names are no mentions.
    func mention(of person: ChatPerson) -> String {
        let parts = person.id.split(separator: "/", maxSplits: 1)
        guard parts.count == 2, let id = parts.last, !id.contains("\"") else { return "@\(person.name)" }
        return switch parts[0] {
        case "users": "@\"\(id)\""
        case "guests": "@\"guest/\(id)\""
        case "federated_users": "@\"federated_user/\(id)\""
        default: "@\(person.name)"
        }
    }

    private func sent(by backend: String?) -> Bool {
        guard let backend else { return false }
        func tidy(_ text: String) -> Substring { text.hasSuffix("/") ? text.dropLast() : text[...] }
        return tidy(backend) == tidy(self.backend)
    }

    func response(_ lines: [OutgoingMessage], to message: ChatMessage) -> WebhookResponse {
        .empty
    }

    private struct Message: Encodable {
        var message: String
        var replyTo: Int?
        var silent: Bool
    }

    func request(_ line: OutgoingMessage, in room: String, at now: Date) -> HTTPRequest? {
        let text = String(Markdown.text([line]).prefix(Self.longest))
        let isQuiet = line.manner == .notice
        let message = Message(message: text, replyTo: isQuiet ? line.inReplyTo.flatMap(Int.init) : nil, silent: isQuiet)
        return request("\(room)/message", WebhookResponse.json(message).body, signing: text)
    }

    func reaction(for line: OutgoingMessage, in room: String, at now: Date) -> HTTPRequest? {
        guard acknowledgesByReaction, line.mark != nil, let id = line.inReplyTo.flatMap(Int.init) else { return nil }
        return request("\(room)/reaction/\(id)", WebhookResponse.json(["reaction": Self.mark]).body, signing: Self.mark)
    }

    private static let mark = "✅"

    /// What is signed is not the body but the words in it.
    private func request(_ path: String, _ body: [UInt8], signing words: String) -> HTTPRequest {
        let random = random()
        let base = backend.hasSuffix("/") ? String(backend.dropLast()) : backend
        return HTTPRequest(
            url: "\(base)/ocs/v2.php/apps/spreed/api/v1/bot/\(path)",
            headers: [
                ("content-type", "application/json"), ("accept", "application/json"), ("ocs-apirequest", "true"),
                ("x-nextcloud-talk-bot-random", random),
                (
                    "x-nextcloud-talk-bot-signature",
                    Proof.hexadecimal(Array(random.utf8), Array(words.utf8), secret: secret)
                ),
            ],
            body: body, allowsPlaintext: base.hasPrefix("http:"))
    }
}
