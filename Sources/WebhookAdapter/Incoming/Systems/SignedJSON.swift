import DialogEngine
import Facilitation
import FoundationEssentials

/// Lotse's own format, for everything that has no format here: JSON, signed by Standard Webhooks in both directions.
///
/// ```
/// in:   {"room": "trees", "sender": {"id": "42", "name": "Anna", "role": "facilitator"}, "text": "+ Shade",
///        "id": "m1", "private": false}
/// back: {"messages": [{"text": "B1 noted.", "quiet": true}]}
/// out:  {"messages": […], "room": "trees"}, to the URL for answers
/// ```
///
/// `id` may be left out; the `webhook-id` counts then. The role `facilitator` is vouched for by the request for
/// the room that it names, also where it is private, and for no other.
struct SignedJSON: ChatSystem {
    var keys: [WebhookKey]
    /// Where lines go that answer nothing.
    var replyURL: String?

    let answersInPlace = true

    private struct Incoming: Decodable {
        struct Sender: Decodable {
            var id: String
            var name: String
            var role: String?
        }

        var room: String
        var sender: Sender
        var text: String
        var id: String?
        var `private`: Bool?
    }

    private struct Outgoing: Encodable {
        struct Message: Encodable {
            var text: String
            var quiet: Bool
        }

        var room: String?
        var messages: [Message]

        init(_ lines: [OutgoingMessage], in room: String? = nil) {
            self.room = room
            messages = lines.flatMap { line in
                line.text.split(separator: "\n").map { Message(text: String($0), quiet: line.manner == .notice) }
            }
        }
    }

    func read(_ request: WebhookRequest, at now: Date) throws(WebhookRefusal) -> WebhookContent {
        guard let id = request.headers["webhook-id"], let signatures = request.headers["webhook-signature"],
            let timestamp = request.headers["webhook-timestamp"].flatMap(Int.init)
        else { throw .forbidden }
        let webhook = StandardWebhook(id: id, timestamp: timestamp, body: request.body)
        guard webhook.isSigned(signatures, by: keys, now: Int(now.timeIntervalSince1970)) else { throw .forbidden }
        guard request.contentType == "application/json" else { throw .wrongContentType }
        guard let incoming = try? JSONDecoder().decode(Incoming.self, from: Data(request.body)) else {
            throw .malformed
        }
        return .message(
            ChatMessage(
                room: incoming.room, userID: incoming.sender.id, userName: incoming.sender.name, text: incoming.text,
                id: incoming.id ?? id, isPrivate: incoming.private ?? false,
                isModerator: incoming.sender.role == "facilitator"))
    }

    func response(_ lines: [OutgoingMessage], to message: ChatMessage) -> WebhookResponse {
        .json(Outgoing(lines))
    }

    /// The lines are there, too: whoever shows them knows what to do.
    func refusal(_ lines: [OutgoingMessage], to message: ChatMessage) -> WebhookResponse {
        var response = response(lines, to: message)
        (response.status, response.retryAfter) = (WebhookResponse.notKept.status, WebhookResponse.notKept.retryAfter)
        return response
    }

    func request(_ line: OutgoingMessage, in room: String, at now: Date) -> HTTPRequest? {
        guard let replyURL else { return nil }
        let body = WebhookResponse.json(Outgoing([line], in: room)).body
        let webhook = StandardWebhook(
            id: WebhookBody.makeID(), timestamp: Int(now.timeIntervalSince1970), body: body)
        return HTTPRequest(
            url: replyURL, headers: [("content-type", "application/json")] + webhook.headers(signedBy: keys),
            body: body, allowsPlaintext: replyURL.hasPrefix("http:"))
    }
}
