import Crypto
import Facilitation
import Foundation
import Testing

@testable import WebhookAdapter

/// Numbers as nobody sends them who means well: in every header and every field, with and without a proof.
///
/// One that is reckoned with unchecked ends the program, and this test with it.
@Suite struct ExtremeNumbersTests {
    static let numbers = [
        "\(Int.min)", "\(Int.max)", "-9223372036854775809", "9223372036854775808", "-0", "0", "-1", "+1", "1e308",
        "-1e308", "1e400", "NaN", "inf", "0x7fffffffffffffff", "1" + String(repeating: "0", count: 400),
        "-" + String(repeating: "9", count: 30_000), "", " 1", "1.5", "１", "²", "\u{0}", "null",
    ]
    private static let now = Date(timeIntervalSince1970: 1_795_370_400)
    private static let secret = "53CR3T"
    private static let random = String(repeating: "0123456789abcdef", count: 4)

    private func refusal(_ system: any ChatSystem, _ request: WebhookRequest) -> WebhookRefusal? {
        do throws(WebhookRefusal) {
            _ = try system.read(request, at: Self.now)
            return nil
        } catch {
            return error
        }
    }

    @Test("No time that is far from now is taken, whoever signed it, and none ends the program", arguments: numbers)
    func refusesTimes(_ time: String) throws {
        let key = try WebhookKey(WebhookKey.makeShared())
        let body = Array("{}".utf8)
        let signature = Proof.hexadecimal(Array("v0:\(time):".utf8), body, secret: Self.secret)
        let slack = Slack(signingSecret: Self.secret)
        for proof in ["v0=00", "v0=" + signature] {
            let headers = [
                "content-type": "application/json", "x-slack-request-timestamp": time, "x-slack-signature": proof,
            ]
            #expect(refusal(slack, WebhookRequest(path: "/x", headers: headers, body: body)) == .forbidden)
        }
        let webhook = StandardWebhook(id: "x", timestamp: Int(time) ?? 0, body: body)
        let signed = SignedJSON(keys: [key])
        for proof in ["v1,AAAA", webhook.signature(by: key)] {
            let headers = [
                "content-type": "application/json", "webhook-id": "x", "webhook-timestamp": time,
                "webhook-signature": proof,
            ]
            #expect(refusal(signed, WebhookRequest(path: "/x", headers: headers, body: body)) == .forbidden)
        }
    }

    @Test(
        "A time is recent within five minutes of now, at the ends of all numbers too",
        arguments: [
            (1000, 1300, true), (1000, 1301, false), (1000, 700, true), (1000, 699, false), (Int.min, 0, false),
            (Int.max, 0, false), (Int.min, Int.max, false), (Int.max, Int.min, false), (Int.min, -1, false),
            (Int.max, Int.max, true), (Int.min, Int.min + 300, true), (Int.min, Int.min + 301, false),
        ])
    func comparesTimes(_ time: Int, _ now: Int, _ isRecent: Bool) {
        #expect(RequestAge.isRecent(time, at: now) == isRecent)
    }

    /// A system, what it reads, and what proves a body.
    private static let systems: [(name: String, body: String)] = [
        (
            "talk",
            #"{"type":"Create","actor":{"type":"Person","id":"@","name":"@","talkParticipantType":"@"},"object":{"id":"@","name":"message","content":"{\"message\":\"@\",\"parameters\":{\"@\":{\"name\":\"@\"}}}"},"target":{"id":"@"}}"#
        ),
        (
            "slack",
            #"{"type":"event_callback","event_id":"@","event_time":@,"event":{"type":"message","user":"@","text":"@","channel":"@","ts":"@","thread_ts":"@"}}"#
        ),
        (
            "slack-command",
            "channel_id=@&user_id=@&user_name=@&text=@&trigger_id=@&command=@&response_url=https://hooks.slack.com:@/"
        ),
        (
            "mattermost",
            "token=t0k3n&channel_name=@&user_id=@&user_name=@&text=@&post_id=@&timestamp=@&trigger_id=@&response_url=https://a.example:@/"
        ),
        (
            "mattermost-json",
            #"{"token":"t0k3n","channel_name":"@","user_id":"@","user_name":"@","text":"@","post_id":"@","timestamp":@}"#
        ),
        (
            "rocket-chat",
            #"{"token":"t0k3n","bot":false,"channel_id":"@","channel_name":"@","message_id":"@","timestamp":@,"user_id":"@","user_name":"@","text":"@"}"#
        ),
        (
            "zulip",
            #"{"token":"t0k3n","data":"@","trigger":"mention","message":{"id":@,"sender_id":@,"sender_full_name":"@","stream_id":@,"subject":"@"}}"#
        ),
        (
            "signed-json",
            #"{"room":"@","sender":{"id":"@","name":"@","role":"@"},"text":"@","id":"@","private":@}"#
        ),
    ]

    private static let key = SymmetricKey(data: Array(repeating: 7, count: 32))

    private func system(_ name: String) throws -> any ChatSystem {
        switch name {
        case "talk": NextcloudTalk(secret: Self.secret, backend: "https://cloud.example", moderatorsFacilitate: true)
        case "slack", "slack-command": Slack(signingSecret: Self.secret)
        case "mattermost", "mattermost-json": Mattermost(tokens: ["t0k3n"], server: "https://a.example")
        case "rocket-chat": RocketChat(tokens: ["t0k3n"])
        case "zulip": Zulip(tokens: ["t0k3n"])
        default: SignedJSON(keys: [try Self.webhookKey])
        }
    }

    private static var webhookKey: WebhookKey {
        get throws { try WebhookKey("whsec_" + Data(repeating: 7, count: 32).base64EncodedString()) }
    }

    private func request(_ name: String, _ body: String) throws -> WebhookRequest {
        let bytes = Array(body.utf8)
        let seconds = Int(Self.now.timeIntervalSince1970)
        var headers = ["content-type": body.hasPrefix("{") ? "application/json" : "application/x-www-form-urlencoded"]
        switch name {
        case "talk":
            headers["x-nextcloud-talk-random"] = Self.random
            headers["x-nextcloud-talk-backend"] = "https://cloud.example"
            headers["x-nextcloud-talk-signature"] = Proof.hexadecimal(
                Array(Self.random.utf8), bytes, secret: Self.secret)
        case "slack", "slack-command":
            headers["x-slack-request-timestamp"] = "\(seconds)"
            headers["x-slack-signature"] =
                "v0=" + Proof.hexadecimal(Array("v0:\(seconds):".utf8), bytes, secret: Self.secret)
        case "signed-json":
            let webhook = StandardWebhook(id: "x", timestamp: seconds, body: bytes)
            for (name, value) in webhook.headers(signedBy: [try Self.webhookKey]) { headers[name] = value }
        default: break
        }
        return WebhookRequest(path: "/x", headers: headers, body: bytes)
    }

    @Test("Whoever has proved himself is answered for any number in any field", arguments: systems, numbers)
    func readsFields(_ sample: (name: String, body: String), _ number: String) throws {
        let system = try system(sample.name)
        let places = sample.body.indices.filter { sample.body[$0] == "@" }
        for place in places {
            var body = sample.body
            body.replaceSubrange(place...place, with: number)
            let request = try request(sample.name, body.replacing("@", with: "1"))
            do throws(WebhookRefusal) {
                guard case .message(let message) = try system.read(request, at: Self.now) else { continue }
                answer(message, in: system)
            } catch {
                // What is no JSON any more has no token in it.
                #expect(error == .malformed || error == .forbidden)
            }
        }
    }

    /// What came in goes out again: as a response, as a line of its own, and as what it answers.
    private func answer(_ message: ChatMessage, in system: any ChatSystem) {
        let line = OutgoingMessage(message.text, manner: .notice, inReplyTo: message.id, mark: "B1")
        #expect((200..<504).contains(system.response([line], to: message).status))
        _ = system.refusal([line], to: message)
        _ = system.request(line, in: message.room, at: Self.now)
        _ = system.request(line, to: ChatPerson(id: message.userID, name: "", room: message.room), at: Self.now)
        _ = system.reaction(for: line, in: message.room, at: Self.now)
        _ = message.replyURL.map(system.allowsLateAnswer)
    }
}
