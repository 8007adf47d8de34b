import DialogEngine
import Facilitation
import FoundationEssentials

/// Slack and what speaks like it: events of the Events API, and slash commands; both signed.
///
/// A slash command is private, and its answer the response. What is said in a channel is posted with the bot's token; an
/// acknowledgement hangs at the line that it acknowledges, as does whatever answers a line in a thread. What answers her line
/// in a channel for her eyes alone is posted there (`chat.postEphemeral`), everything else in her conversation with the bot.
struct Slack: ChatSystem {
    var signingSecret: String
    /// The token of the bot, `xoxb-…`; without it Lotse answers slash commands alone.
    var botToken: String?
    /// Slack itself, or what speaks like it, without a slash behind: its methods are there under `/api/`. Late answers may go
    /// there and to `hooks.` before it, and nowhere else.
    var server = Self.server
    /// Whether a contribution is acknowledged by a mark at it (`reactions:write`).
    var acknowledgesByReaction = false

    let answersInPlace = true
    static let server = "https://slack.com"

    private struct Envelope: Decodable {
        struct Event: Decodable {
            var type: String
            var subtype: String?
            var bot_id: String?
            var user: String?
            var text: String?
            var channel: String?
            var channel_type: String?
            var ts: String?
            var thread_ts: String?
        }

        struct Authorization: Decodable {
            var user_id: String?
        }

        var type: String
        var challenge: String?
        var event_id: String?
        var event: Event?
        /// Whom the event is sent to: Lotse, as it is called there.
        var authorizations: [Authorization]?
    }

    /// What a message of a subtype that begins like this is: not a person's words, or words that stand there already.
    private static let notices = [
        "message_", "bot_", "channel_", "group_", "ekm_", "reminder_", "pinned_", "unpinned_", "huddle_", "joiner_",
        "sh_room_", "app_", "assistant_", "document_", "file_comment", "file_mention", "tombstone", "reply_broadcast",
    ]

    private static func isNotice(_ subtype: String?) -> Bool {
        subtype.map { subtype in notices.contains { subtype.hasPrefix($0) } } ?? false
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
        let expected =
            "v0=" + Proof.hexadecimal(Array("v0:\(timestamp):".utf8), request.body, secret: signingSecret)
        guard Proof.isEqual(request.headers["x-slack-signature"] ?? "", expected), let seconds = Int(timestamp),
            RequestAge.isRecent(seconds, at: Int(now.timeIntervalSince1970))
        else { throw .forbidden }
    }

    private func command(_ body: [UInt8]) throws(WebhookRefusal) -> WebhookContent {
        guard let form = Form(body)?.fields, let room = form["channel_id"], let user = form["user_id"],
            let id = form["trigger_id"]
        else { throw .malformed }
        return .message(
            ChatMessage(
                room: room, userID: user, userName: form["user_name"] ?? user,
                text: SlackMarkup.plain(form["text"] ?? "", bot: []), id: id,
                isPrivate: true, replyURL: form["response_url"]))
    }

    private func event(_ body: [UInt8]) throws(WebhookRefusal) -> WebhookContent {
        guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(body)) else { throw .malformed }
        if envelope.type == "url_verification", let challenge = envelope.challenge {
            return .other(.json(["challenge": challenge]))
        }
        guard let event = envelope.event, event.type == "message", !Self.isNotice(event.subtype), event.bot_id == nil,
            let user = event.user, let room = event.channel, let text = event.text, let id = envelope.event_id
        else { return .other(.empty) }
        let isPrivate = event.channel_type == "im"
        let bot = Set((envelope.authorizations ?? []).compactMap(\.user_id))
        return .message(
            ChatMessage(
                room: isPrivate ? "" : room, userID: user, userName: user, text: SlackMarkup.plain(text, bot: bot),
                id: MessageID(event: id, ts: event.ts ?? "", thread: isPrivate ? MessageID.direct : event.thread_ts)
                    .text,
                isPrivate: isPrivate))
    }

    /// What has to be known of a message to answer it, as one text: `Ev06/1531420618.000200/1531420600.000100`.
    private struct MessageID {
        /// Stands for the thread of what was written to the bot alone.
        static let direct = "im"

        let event: String
        /// What the message is called in its channel.
        let ts: String
        /// The message that the thread hangs at; nil outside of threads.
        let thread: String?

        /// Whether it was written to the bot alone.
        var isDirect: Bool { thread == Self.direct }

        var text: String { [event, ts, thread].compactMap(\.self).joined(separator: "/") }

        init(event: String, ts: String, thread: String?) {
            (self.event, self.ts, self.thread) = (event, ts, thread)
        }

        init?(_ text: String?) {
            let parts = text?.split(separator: "/", omittingEmptySubsequences: false).map(String.init) ?? []
            guard parts.count > 1, !parts[1].isEmpty else { return nil }
            self.init(event: parts[0], ts: parts[1], thread: parts.count > 2 ? parts[2] : nil)
        }
    }

    private static func escaped(_ lines: [OutgoingMessage]) -> String {
        lines.map(\.text).joined(separator: "\n")
            .replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// Messages to the bot alone are events, too, and are answered like those in a channel.
    func answersInPlace(_ message: ChatMessage) -> Bool { message.isPrivate && !message.room.isEmpty }

    func response(_ lines: [OutgoingMessage], to message: ChatMessage) -> WebhookResponse {
        guard answersInPlace(message), !lines.isEmpty else { return .empty }
        return .json(["response_type": "ephemeral", "text": Self.escaped(lines)])
    }

    /// An event is sent three times more. A command is not, and only 200 shows a text.
    func refusal(_ lines: [OutgoingMessage], to message: ChatMessage) -> WebhookResponse {
        answersInPlace(message) ? response(lines, to: message) : .notKept
    }

    func allowsLateAnswer(at url: String) -> Bool {
        let hooks = server.replacing("://", with: "://hooks.", maxReplacements: 1)
        return WebhookURL.origin(of: url).map { [server, hooks].compactMap(WebhookURL.origin).contains($0) } ?? false
    }

    func request(_ line: OutgoingMessage, in room: String, at now: Date) -> HTTPRequest? {
        var fields = ["channel": room, "text": Self.escaped([line])]
        if let asked = MessageID(line.inReplyTo), !asked.isDirect {
            fields["thread_ts"] = asked.thread ?? (line.manner == .notice ? asked.ts : nil)
        }
        return call("chat.postMessage", fields)
    }

    func request(_ line: OutgoingMessage, to person: ChatPerson, at now: Date) -> HTTPRequest? {
        let text = Self.escaped([line])
        // What answers no line of a channel is told her where she can answer privately.
        guard !person.room.isEmpty, let asked = MessageID(line.inReplyTo), !asked.isDirect else {
            return call("chat.postMessage", ["channel": person.id, "text": text])
        }
        var fields = ["channel": person.room, "user": person.id, "text": text]
        fields["thread_ts"] = asked.thread
        return call("chat.postEphemeral", fields)
    }

    func reaction(for line: OutgoingMessage, in room: String, at now: Date) -> HTTPRequest? {
        guard acknowledgesByReaction, line.mark != nil, let asked = MessageID(line.inReplyTo) else { return nil }
        return call("reactions.add", ["channel": room, "timestamp": asked.ts, "name": "white_check_mark"])
    }

    private func call(_ method: String, _ fields: [String: String]) -> HTTPRequest? {
        guard let botToken else { return nil }
        return HTTPRequest(
            url: "\(server)/api/\(method)",
            headers: [
                ("content-type", "application/json; charset=utf-8"), ("authorization", "Bearer \(botToken)"),
            ],
            body: WebhookResponse.json(fields).body, allowsPlaintext: server.hasPrefix("http:"))
    }

    private struct Result: Decodable {
        var ok: Bool
        var error: String?
    }

    /// Slack answers 200 also to what it did not do.
    func flaw(in response: HTTPResponse) -> String? {
        guard let result = try? JSONDecoder().decode(Result.self, from: Data(response.body)), !result.ok else {
            return nil
        }
        // What is marked already need not be marked again.
        return result.error == "already_reacted" ? nil : result.error ?? "refused"
    }
}
