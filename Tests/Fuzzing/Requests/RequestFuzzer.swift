import Crypto
import DialogEngine
import Facilitation
import Foundation

@testable import WebhookAdapter

/// What libFuzzer calls with bytes of its choice: they are read as a request to each chat system.
///
/// The first byte says which system, and whether the request is proved; headers follow, a line each, then the body:
///
///     s x-slack-request-timestamp: 1795370400
///
///     {"type": …}
///
/// A small letter is a system without a proof, a capital letter one whose body is signed here.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafeRawPointer, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    guard let first = bytes.first, let kind = ChatConnection.System(first) else { return -1 }
    var request = WebhookRequest(bytes.dropFirst())
    let isProved = first < UInt8(ascii: "a")
    if isProved { request.prove(to: kind) }
    do throws(WebhookRefusal) {
        guard case .message(let message) = try system(kind).read(request, at: now) else { return 0 }
        precondition(isProved || kind.hasToken, "a request without a proof was taken")
        answer(message, in: system(kind))
    } catch {
        precondition(isProved || kind.hasToken || error == .forbidden, "a stranger learned \(error)")
    }
    return 0
}

private let now = Date(timeIntervalSince1970: 1_795_370_400)
private let secret = "53CR3T"
private let keyText = "whsec_" + Data(repeating: 7, count: 32).base64EncodedString()

private func system(_ kind: ChatConnection.System) -> any ChatSystem {
    switch kind {
    case .nextcloudTalk: NextcloudTalk(secret: secret, backend: "https://a.example", moderatorsFacilitate: true)
    case .mattermost: Mattermost(tokens: ["t0k3n"], incomingWebhook: "https://a.example/hook", writesToPeople: true)
    case .slack: Slack(signingSecret: secret, botToken: "xoxb", acknowledgesByReaction: true)
    case .rocketChat: RocketChat(tokens: ["t0k3n"])
    case .zulip: Zulip(tokens: ["t0k3n"])
    case .signedJSON: SignedJSON(keys: keys, replyURL: "https://a.example/in")
    }
}

private var keys: [WebhookKey] { (try? WebhookKey(keyText)).map { [$0] } ?? [] }

/// What came in goes out again, in every way there is.
private func answer(_ message: ChatMessage, in system: any ChatSystem) {
    let line = OutgoingMessage(message.text, manner: .notice, inReplyTo: message.id, mark: "B1")
    let person = ChatPerson(id: message.userID, name: message.userName, room: message.room)
    _ = system.response([line], to: message)
    _ = system.refusal([line], to: message)
    _ = system.request(line, in: message.room, at: now)
    _ = system.request(line, to: person, at: now)
    _ = system.reaction(for: line, in: message.room, at: now)
    _ = system.mention(of: person)
    _ = message.replyURL.map(system.allowsLateAnswer)
}

extension ChatConnection.System {
    fileprivate init?(_ letter: UInt8) {
        switch letter | 0x20 {
        case UInt8(ascii: "t"): self = .nextcloudTalk
        case UInt8(ascii: "m"): self = .mattermost
        case UInt8(ascii: "s"): self = .slack
        case UInt8(ascii: "r"): self = .rocketChat
        case UInt8(ascii: "z"): self = .zulip
        case UInt8(ascii: "j"): self = .signedJSON
        default: return nil
        }
    }

    /// Whether the proof stands in the request itself, so that the fuzzer may have found it.
    fileprivate var hasToken: Bool { [.mattermost, .rocketChat, .zulip].contains(self) }
}

extension WebhookRequest {
    /// Headers, an empty line, the body.
    fileprivate init(_ bytes: ArraySlice<UInt8>) {
        var headers = ["content-type": "application/json"]
        var rest = bytes
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: rest[..<end], as: UTF8.self)
            rest = rest[(end + 1)...]
            guard !line.isEmpty else { break }
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            headers[parts[0].lowercased().filter { $0 != " " }] = String(parts[1].drop { $0 == " " })
        }
        self.init(path: "/x", headers: headers, body: Array(rest))
    }

    fileprivate mutating func prove(to kind: ChatConnection.System) {
        switch kind {
        case .nextcloudTalk:
            let random = String(repeating: "0123456789abcdef", count: 4)
            headers["x-nextcloud-talk-random"] = random
            headers["x-nextcloud-talk-backend"] = "https://a.example"
            headers["x-nextcloud-talk-signature"] = Proof.hexadecimal(Array(random.utf8), body, secret: secret)
        case .slack:
            let time = headers["x-slack-request-timestamp"] ?? "1795370400"
            headers["x-slack-request-timestamp"] = time
            headers["x-slack-signature"] =
                "v0=" + Proof.hexadecimal(Array("v0:\(time):".utf8), body, secret: secret)
        case .signedJSON:
            let time = headers["webhook-timestamp"].flatMap(Int.init) ?? 1_795_370_400
            let webhook = StandardWebhook(id: "x", timestamp: time, body: body)
            for (name, value) in webhook.headers(signedBy: keys) { headers[name] = value }
        case .mattermost: headers["authorization"] = "Token t0k3n"
        case .rocketChat, .zulip: break
        }
    }
}
