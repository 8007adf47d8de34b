import DialogEngine
import Facilitation
import Foundation
import LoopbackTesting
import Synchronization
import Testing

@testable import WebhookAdapter

/// Requests that wait for what comes of them, and lines that go out by themselves.
@Suite(.timeLimit(.minutes(5))) struct WebhookChatTests {
    private static let loopback = [IPNetwork("127.0.0.1")].compactMap { $0 }
    private static let anna = Identity(rawValue: "town/account/U1")

    /// Takes what it gets, and tells which messages those were.
    private final class Tray: Inbox {
        let messages: AsyncStream<IncomingMessage>
        private let continuation: AsyncStream<IncomingMessage>.Continuation
        let isFull: Bool

        init(isFull: Bool = false) {
            self.isFull = isFull
            (messages, continuation) = AsyncStream.makeStream()
        }

        func deliver(_ incoming: Incoming) -> Bool {
            if case .message(let message) = incoming {
                guard !isFull else { return false }
                continuation.yield(message)
            }
            return true
        }

        func next() async -> IncomingMessage? {
            var iterator = messages.makeAsyncIterator()
            return await iterator.next(isolation: #isolation)
        }
    }

    private let tray = Tray()
    private let http = CurlMulti(allowedNetworks: loopback)

    private func chat(
        _ system: any ChatSystem, patience: Duration = .seconds(30), inbox: (any Inbox)? = nil,
        now: @escaping @Sendable () -> Date = { Date(timeIntervalSince1970: 1_795_370_400) },
        pause: @escaping @Sendable (Duration) async throws -> Void = { _ in }
    ) -> WebhookChat {
        WebhookChat(
            name: "town", system: system, rooms: ["stadtbaeume"], inbox: inbox ?? tray, http: http,
            notices: .init(privateOnly: "nur für Sie", privateNowhere: "nur für Sie", guest: "Gast"),
            patience: patience,
            logger: .silent, now: now, pause: pause)
    }

    private func command(_ text: String, replyURL: String = "") -> WebhookRequest {
        form(
            "token=t0k3n&channel_name=stadtbaeume&user_id=U1&user_name=anna&text=\(text)&command=/lotse&trigger_id=g1&response_url=\(replyURL)"
        )
    }

    private func post(_ text: String) -> WebhookRequest {
        form("token=t0k3n&channel_name=stadtbaeume&user_id=U1&user_name=anna&text=\(text)&post_id=p1")
    }

    private func form(_ body: String) -> WebhookRequest {
        WebhookRequest(
            path: "/town", headers: ["content-type": "application/x-www-form-urlencoded"], body: Array(body.utf8))
    }

    private func text(_ response: WebhookResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    /// A request's response, once `deal` has dealt with its message.
    private func answered(
        _ request: WebhookRequest, by chat: WebhookChat, _ deal: (IncomingMessage) -> Void
    ) async throws -> WebhookResponse {
        async let response = chat.answer(request)
        let message = try #require(await tray.next())
        deal(message)
        return await response
    }

    @Test("A response has what answers its message, and nothing that is for somebody else")
    func collects() async throws {
        let chat = chat(Mattermost(tokens: ["t0k3n"]))
        let response = try await answered(post("!ok"), by: chat) { message in
            let room = Destination.room(Room(adapter: "town", name: "stadtbaeume"))
            #expect(chat.answer(OutgoingMessage("Eins", inReplyTo: message.id), to: room))
            #expect(chat.answer(OutgoingMessage("Zwei"), to: room))
            #expect(!chat.answer(OutgoingMessage("Drei"), to: .room(Room(adapter: "town", name: "anderswo"))))
            // What is for her alone is not said in the room, and she is told once where to ask.
            let person = Destination.person(Self.anna, adapter: "town")
            #expect(chat.answer(OutgoingMessage("Geheim 1", inReplyTo: message.id), to: person))
            #expect(chat.answer(OutgoingMessage("Geheim 2", inReplyTo: message.id), to: person))
            chat.dealtWith(message.id ?? "")
        }
        #expect(response.status == 200)
        #expect(text(response) == #"{"response_type":"post","text":"Eins\nZwei\n@anna nur für Sie"}"#)
    }

    @Test("What a chat system does not take is counted, and shows that it is away until it takes something")
    func countsRefusals() async throws {
        let status = Mutex(401)
        let peer = try await HTTPPeer { _, _ in .answer(status.withLock(\.self)) }
        let chat = chat(Mattermost(tokens: ["t0k3n"], incomingWebhook: peer.url))
        let room = Destination.room(Room(adapter: "town", name: "stadtbaeume"))
        #expect(chat.figures == AdapterFigures())
        #expect(await chat.send(OutgoingMessage("Eins\nZwei"), to: room))
        #expect(chat.figures.refusedLines == 2 && !chat.figures.isUp)
        status.withLock { $0 = 200 }
        #expect(await chat.send(OutgoingMessage("Drei"), to: room))
        #expect(chat.figures.refusedLines == 2 && chat.figures.isUp)
        #expect(await chat.answer(form("token=wrong&text=x")).status == 403)
        #expect(await chat.answer(form("token=t0k3n&text=x")).status == 400)
        #expect(chat.figures.refusedRequests == ["forbidden": 1, "malformed": 1])
        await peer.close()
    }

    @Test("Lines that begin with a mark are read one by one, and answered together")
    func readsParts() async throws {
        let chat = chat(Mattermost(tokens: ["t0k3n"]))
        async let response = chat.answer(post("Noch%20etwas:%0A%2B%20A%0Ageht%20weiter%0A%2B%20B"))
        let room = Destination.room(Room(adapter: "town", name: "stadtbaeume"))
        var texts: [String] = []
        for number in 1...3 {
            let message = try #require(await tray.next())
            texts.append(message.text)
            #expect(chat.answer(OutgoingMessage("B\(number)", inReplyTo: message.id), to: room))
            chat.dealtWith(message.id ?? "")
        }
        #expect(texts == ["Noch etwas:", "+ A geht weiter", "+ B"])
        #expect(text(await response) == #"{"response_type":"post","text":"B1\nB2\nB3"}"#)
    }

    @Test(
        "A line goes on unless it begins with a mark",
        arguments: [
            ("+ a\n+ b\n\n- c", ["+ a", "+ b - c"]), ("a\r\nb", ["a b"]), ("+ a\n+1", ["+ a +1"]),
            ("!stand\n!offen", ["!stand", "!offen"]), ("+ a\n!!", ["+ a !!"]), ("\n\n", [""]), ("", [""]),
            ("? Warum\n= So", ["? Warum", "= So"]), ("a\n+ 3 Bänke", ["a", "+ 3 Bänke"]), ("+ a\t b", ["+ a b"]),
        ])
    func splits(_ text: String, _ parts: [String]) {
        #expect(MessageParts.parts(of: text) == parts)
        #expect(MessageParts.parts(of: Array(repeating: "+ a", count: 1000).joined(separator: "\n")).count == 32)
        for number in 0...3 {
            #expect(MessageParts.message(of: MessageParts.id(of: number, in: "town/m#1")) == "town/m#1")
        }
    }

    @Test("Whoever has no name is called a guest, not nothing")
    func namesGuests() async throws {
        let chat = chat(Mattermost(tokens: ["t0k3n"]))
        let nameless = form("token=t0k3n&channel_name=stadtbaeume&user_id=U9&user_name=%20&text=hallo&post_id=p9")
        _ = try await answered(nameless, by: chat) { message in
            #expect(message.sender.name == "Gast")
            chat.dealtWith(message.id ?? "")
        }
    }

    @Test("A private answer that comes when the request is answered already is not said to everybody either")
    func keepsLatePrivateLines() async throws {
        let peer = try await HTTPPeer()
        let chat = chat(Mattermost(tokens: ["t0k3n"], incomingWebhook: peer.url))
        var id: String?
        _ = try await answered(post("!meinedaten"), by: chat) { message in
            id = message.id
            chat.dealtWith(message.id ?? "")
        }
        let line = OutgoingMessage("Geheim", inReplyTo: id)
        let person = Destination.person(Self.anna, adapter: "town")
        #expect(!chat.answer(line, to: person))
        #expect(await chat.send(line, to: person))
        #expect(await peer.next()[0].body == #"{"channel":"stadtbaeume","text":"@anna nur für Sie"}"#)
        await peer.close()
    }

    @Test("A hint for somebody else than whoever spoke is no answer that she would have asked for")
    func saysHints() async throws {
        let chat = chat(Mattermost(tokens: ["t0k3n"]))
        _ = try await answered(post("hallo"), by: chat) { chat.dealtWith($0.id ?? "") }
        let other = form("token=t0k3n&channel_name=stadtbaeume&user_id=U2&user_name=bernd&text=x&post_id=p2")
        let response = try await answered(other, by: chat) { message in
            #expect(
                chat.answer(
                    OutgoingMessage("B2 klingt wie B1", aloud: "B2 klingt wie B1", inReplyTo: message.id),
                    to: .person(Self.anna, adapter: "town")))
            chat.dealtWith(message.id ?? "")
        }
        #expect(text(response).contains("@anna B2 klingt wie B1"))
    }

    @Test("What is not kept is not answered with 200 where the system would send it again")
    func tellsOfFailure() async throws {
        let zulip = chat(Zulip(tokens: ["t0k3n"]))
        let body =
            #"{"data":"+ Wasser","trigger":"mention","token":"t0k3n","message":{"id":7,"sender_id":9,"sender_full_name":"Anna","stream_id":3,"subject":"Bäume"}}"#
        let request = WebhookRequest(
            path: "/town", headers: ["content-type": "application/json"], body: Array(body.utf8))
        let response = try await answered(request, by: zulip) { message in
            zulip.notKept(message.id ?? "")
            zulip.dealtWith(message.id ?? "")
        }
        #expect(response.status == 503 && response.retryAfter == 60)
        let full = chat(Zulip(tokens: ["t0k3n"]), inbox: Tray(isFull: true))
        #expect(await full.answer(request).status == 503)
    }

    @Test("What comes too late for a slash command goes to the URL that it brought, in one piece")
    func answersLate() async throws {
        let peer = try await HTTPPeer { _, before in .answer(before == 0 ? 500 : 200) }
        let chat = chat(
            Mattermost(tokens: ["t0k3n"], server: "http://127.0.0.1:\(peer.port)"), patience: .zero)
        let running = Task { try await chat.run() }
        let response = await chat.answer(command("!stand", replyURL: "http://127.0.0.1:\(peer.port)/hooks/commands/x"))
        #expect(response.status == 200 && text(response) == "{}")
        let message = try #require(await tray.next())
        let person = Destination.person(Self.anna, adapter: "town")
        for line in ["Eins", "Zwei"] { #expect(chat.answer(OutgoingMessage(line, inReplyTo: message.id), to: person)) }
        chat.dealtWith(message.id ?? "")
        let sent = await peer.next(2)
        #expect(sent.map(\.path) == ["/hooks/commands/x", "/hooks/commands/x"])
        #expect(sent[1].body == #"{"response_type":"ephemeral","text":"Eins\nZwei"}"#)
        running.cancel()
        try await running.value
        await peer.close()
    }

    @Test("A URL elsewhere gets nothing; then the request is a 503")
    func refusesForeignURL() async throws {
        let peer = try await HTTPPeer()
        let chat = chat(Mattermost(tokens: ["t0k3n"], server: "https://chat.example"), patience: .zero)
        #expect(await chat.answer(command("!stand", replyURL: peer.url)).status == 503)
        #expect(peer.connectionCount == 0)
        await peer.close()
    }

    @Test("A line is sent again while the system is away or has trouble, more and more seldom; not where it is refused")
    func triesAgain() async throws {
        let peer = try await HTTPPeer { _, before in
            switch before {
            case 0: .reset
            case 1: .answer(503, headers: [("retry-after", "7")])
            case 2: .answer(429)
            case 3: .answer(200)
            default: .answer(403)
            }
        }
        let paused = PauseLog()
        let chat = chat(
            Mattermost(tokens: ["t0k3n"], incomingWebhook: peer.url), pause: { paused.note($0) })
        let room = Destination.room(Room(adapter: "town", name: "stadtbaeume"))
        #expect(await chat.send(OutgoingMessage("Eins"), to: room))
        #expect(paused.durations == [.seconds(1), .seconds(7), .seconds(4)])
        #expect(await chat.send(OutgoingMessage("Zwei"), to: room))
        #expect(peer.requests.count == 5)
        await peer.close()
    }

    @Test("When Lotse ends while the system is away, the line is left for the next start")
    func keepsForNextStart() async throws {
        let peer = try await HTTPPeer { _, _ in .reset }
        let chat = chat(
            Mattermost(tokens: ["t0k3n"], incomingWebhook: peer.url), pause: { _ in throw CancellationError() })
        #expect(await !chat.send(OutgoingMessage("Eins"), to: .room(Room(adapter: "town", name: "stadtbaeume"))))
        await peer.close()
    }

    @Test("Where a mark is not taken, the acknowledgement is said")
    func saysInstead() async throws {
        let peer = try await HTTPPeer { request, _ in .answer(request.path.contains("/reaction/") ? 400 : 201) }
        let talk = NextcloudTalk(
            secret: "53CR3T", backend: "http://127.0.0.1:\(peer.port)", moderatorsFacilitate: true,
            acknowledgesByReaction: true)
        let line = OutgoingMessage(
            "B1 notiert.", manner: .notice, inReplyTo: "town/15", mark: "B1")
        #expect(await chat(talk).send(line, to: .room(Room(adapter: "town", name: "n3x"))))
        let sent = await peer.next(2)
        #expect(sent.map { $0.path.split(separator: "/").suffix(2) } == [["reaction", "15"], ["n3x", "message"]])
        #expect(sent[1].body == #"{"message":"B1 notiert.","replyTo":15,"silent":true}"#)
        await peer.close()
    }
}

/// How long was waited each time.
private final class PauseLog: Sendable {
    private let noted = Mutex<[Duration]>([])
    var durations: [Duration] { noted.withLock { $0 } }

    func note(_ duration: Duration) {
        noted.withLock { $0.append(duration) }
    }
}
