import DialogEngine
import Facilitation
import FacilitationTesting
import Foundation
import SQLiteStore
import Testing
import Wording

@testable import WebhookAdapter

/// Writes nothing.
private struct NoOutcomes: FilelessOutcomes {
    func write(
        _ session: Session, as format: OutcomeFormat, withNames: Bool, by interpreter: Interpreter, at now: Date
    ) async throws -> String {
        ""
    }

    func writeWorksheet(
        of session: Session, order: Dialog.Order.ID?, by interpreter: Interpreter
    ) async throws -> String {
        ""
    }
}

/// Requests that somebody kept, and sends once more when their room has another session.
@Suite(.timeLimit(.minutes(5))) struct ReplayTests {
    private static let now = Date(timeIntervalSince1970: 1_795_370_400)
    private static let key = "whsec_" + Data(repeating: 7, count: 32).base64EncodedString()
    private static let backend = "http://127.0.0.1:9"

    /// One Lotse from its start to its end, over a file that outlives it.
    private func withLotse(
        _ kind: ChatConnection.System, _ path: String, _ body: (WebhookChat, SQLiteStore) async throws -> Void
    ) async throws {
        let store = try SQLiteStore(at: path, logger: .silent)
        let inbox = BoundedInbox()
        let room = Room(adapter: "town", name: Self.room(kind))
        let http = CurlMulti(allowedNetworks: [])
        defer { http.close() }
        let chat = WebhookChat(
            name: "town", system: try Self.system(kind), rooms: [room.name], inbox: inbox, http: http,
            notices: .init(privateOnly: "", privateNowhere: "", guest: "Gast"), patience: .seconds(120),
            logger: .silent,
            now: { Self.now }, pause: { _ in throw CancellationError() })
        let group = Group(
            name: "trees", rooms: [room], guide: .sample, language: Language(rawValue: "de"),
            facilitators: ["town/\(Self.user(kind))"])
        let facilitator = Facilitator(
            .init(groups: [group]), inbox: inbox, store: store, adapters: [chat], outcomes: NoOutcomes(),
            interpreter: try Played.interpreter(), logger: .silent)
        inbox.deliver(.present(room, [], at: Self.now))
        async let facilitated: Void = facilitator.run()
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(chat, store)) } catch { outcome = .failure(error) }
        inbox.finish()
        try await facilitated
        await store.close()
        try outcome.get()
    }

    @Test(
        "What was handled once is not handled again, whatever session the room has, over a restart too",
        arguments: ChatConnection.System.allCases)
    func handlesOnce(_ kind: ChatConnection.System) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lotse-replay-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let kept = try ["!start", "+ Idee", "!ende wirklich"].enumerated().map { number, text in
            try Self.request(kind, text, id: number + 1)
        }
        try await withLotse(kind, folder + "/lotse.sqlite") { chat, store in
            for request in kept { #expect(await chat.answer(request).status == 200) }
            let session = try #require(try await store.latest(in: "trees"))
            #expect(try await store.load(session)?.contributions.map(\.text) == ["Idee"])
            #expect(try await store.running(in: "trees") == nil)
        }
        try await withLotse(kind, folder + "/lotse.sqlite") { chat, store in
            #expect(await chat.answer(try Self.request(kind, "!start neu", id: 9)).status == 200)
            let session = try #require(try await store.running(in: "trees"))
            for request in kept { #expect(await chat.answer(request).status == 200) }
            #expect(try await store.running(in: "trees") == session)
            #expect(try await store.load(session)?.contributions.isEmpty == true)
            #expect(try await store.sessions().count == 2)
            #expect(await chat.answer(try Self.request(kind, "+ Idee", id: 10)).status == 200)
            #expect(try await store.load(session)?.contributions.map(\.text) == ["Idee"])
        }
    }

    // MARK: Systems

    private static func room(_ kind: ChatConnection.System) -> String { kind == .zulip ? "3/trees" : "trees" }

    private static func user(_ kind: ChatConnection.System) -> String {
        kind == .zulip ? "7" : kind == .nextcloudTalk ? "users/anna" : "U1"
    }

    private static func system(_ kind: ChatConnection.System) throws -> any ChatSystem {
        switch kind {
        case .nextcloudTalk: NextcloudTalk(secret: "53CR3T", backend: backend, moderatorsFacilitate: true)
        case .mattermost: Mattermost(tokens: ["t0k3n"])
        case .slack: Slack(signingSecret: "53CR3T")
        case .rocketChat: RocketChat(tokens: ["t0k3n"])
        case .zulip: Zulip(tokens: ["t0k3n"])
        case .signedJSON: SignedJSON(keys: [try WebhookKey(key)])
        }
    }

    private static func request(_ kind: ChatConnection.System, _ text: String, id: Int) throws -> WebhookRequest {
        let seconds = Int(now.timeIntervalSince1970)
        var headers = ["content-type": "application/json"]
        let body: String
        switch kind {
        case .nextcloudTalk:
            body =
                #"{"type":"Create","actor":{"type":"Person","id":"users/anna","name":"Anna"},"object":{"id":"\#(id)","name":"message","content":"{\"message\":\"\#(text)\"}"},"target":{"id":"trees"}}"#
            let random = String(repeating: "0123456789abcdef", count: 4)
            headers["x-nextcloud-talk-random"] = random
            headers["x-nextcloud-talk-backend"] = backend
            headers["x-nextcloud-talk-signature"] = Proof.hexadecimal(
                Array(random.utf8), Array(body.utf8), secret: "53CR3T")
        case .mattermost:
            body =
                #"{"token":"t0k3n","channel_name":"trees","user_id":"U1","user_name":"anna","text":"\#(text)","post_id":"p\#(id)"}"#
        case .slack:
            body =
                #"{"type":"event_callback","event_id":"Ev\#(id)","event":{"type":"message","user":"U1","text":"\#(text)","channel":"trees","ts":"1.\#(id)"}}"#
            headers["x-slack-request-timestamp"] = "\(seconds)"
            headers["x-slack-signature"] =
                "v0=" + Proof.hexadecimal(Array("v0:\(seconds):".utf8), Array(body.utf8), secret: "53CR3T")
        case .rocketChat:
            body =
                #"{"token":"t0k3n","bot":false,"channel_id":"c","channel_name":"trees","message_id":"m\#(id)","user_id":"U1","user_name":"anna","text":"\#(text)"}"#
        case .zulip:
            body =
                #"{"token":"t0k3n","data":"\#(text)","trigger":"mention","message":{"id":\#(id),"sender_id":7,"sender_full_name":"Anna","stream_id":3,"subject":"trees"}}"#
        case .signedJSON:
            body = #"{"room":"trees","sender":{"id":"U1","name":"Anna"},"text":"\#(text)"}"#
            let webhook = StandardWebhook(id: "msg_\(id)", timestamp: seconds, body: Array(body.utf8))
            for (name, value) in webhook.headers(signedBy: [try WebhookKey(key)]) { headers[name] = value }
        }
        return WebhookRequest(path: "/town", headers: headers, body: Array(body.utf8))
    }
}
