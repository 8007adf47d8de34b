import DialogEngine
import Facilitation
import FacilitationTesting
import Foundation
import Logging
import LoopbackTesting
import Wording

@testable import WebhookAdapter

/// Two groups of one workshop in a chat system, and somebody who writes in the first of them in one of the ways that there
/// are.
struct ChatStage {
    enum Way: CaseIterable {
        /// A slash command: the response is hers alone.
        case slashCommand
        /// A slash command that is answered too late: the answer goes to its URL.
        case lateSlashCommand
        /// The channel, whose responses everybody reads.
        case channel
        /// The channel of a system that writes to people, and does not hear what they answer there.
        case channelWithPrivateWay
        /// The channel of a system that is only answered in its responses.
        case integration
        /// A direct message to the bot.
        case direct

        /// Whether only the bot reads what she writes.
        var isPrivate: Bool { self == .slashCommand || self == .lateSlashCommand || self == .direct }
        /// Whether there is a way to her alone.
        var reachesOne: Bool { self != .channel && self != .integration }
    }

    struct Heard {
        /// What everybody in the room of the first group could read.
        var publicly = ""
        /// What she alone could.
        var privately = ""
        /// The session of the first group after that.
        var session: Session?
    }

    private static let evening = Date(timeIntervalSince1970: 1_795_370_400)
    private static let loopback = [IPNetwork("127.0.0.1")].compactMap { $0 }

    private let way: Way
    private let store = MemorySessionStore()
    /// What anna, who leads both groups, says in their rooms before anything else happens.
    private let setting: [(room: String, lines: [String])]

    init(_ way: Way, after setting: [(room: String, lines: [String])]) {
        self.way = way
        self.setting = setting
    }

    /// Plays what anna says over an adapter that nobody reads.
    private func prepare() async throws {
        let inbox = BoundedInbox()
        for (room, lines) in setting {
            for line in lines {
                inbox.deliver(
                    .message(
                        .init(
                            place: .room(Room(adapter: "town", name: room)), sender: sender("anna"), text: line,
                            at: Self.evening)))
            }
        }
        inbox.finish()
        try await facilitator(RecordingAdapter(name: "town"), inbox).run()
    }

    private func facilitator(_ adapter: any ChatAdapter, _ inbox: BoundedInbox) throws -> Facilitator {
        Facilitator(
            .init(groups: [group("eins"), group("Geheimgruppe", room: "zwei")]), inbox: inbox, store: store,
            adapters: [adapter], outcomes: SecretPlaces(), interpreter: try Played.interpreter(), logger: .silent)
    }

    private func sender(_ name: String) -> Sender {
        Sender(identity: Identity(rawValue: "town/account/\(number(name))"), name: name, account: number(name))
    }

    private func number(_ name: String) -> String { name == "anna" ? "7" : "8" }

    /// What comes of a line that `name` writes in this way.
    ///
    /// - Parameter last: a word of what reaches her by a request of its own, which is waited for.
    func play(_ line: String, by name: String, until last: String) async throws -> Heard {
        try await prepare()
        let peer = try await HTTPPeer { _, _ in .answer(200) }
        let inbox = RoomInbox()
        let chat = WebhookChat(
            name: "town", system: system(peer), rooms: ["eins", "zwei"], inbox: inbox,
            http: CurlMulti(allowedNetworks: Self.loopback),
            notices: .init(privateOnly: "nur für Sie", privateNowhere: "nur für Sie", guest: "Gast"),
            patience: way == .lateSlashCommand ? .zero : .seconds(60), logger: .silent, now: { Self.evening },
            pause: { _ in })
        let facilitator = try facilitator(chat, inbox.inbox)
        let chatting = Task { try await chat.run() }
        await inbox.hasRooms(2)
        if way == .direct {
            _ = inbox.deliver(.joined(Room(adapter: "town", name: "eins"), sender(name), at: Self.evening))
        }
        async let answer = chat.answer(request(line, by: name, peer))
        // Too late is what nobody looks at before the request is answered.
        if way == .lateSlashCommand { _ = await answer }
        let running = Task { try await facilitator.run() }
        var heard = Heard()
        let response = String(decoding: await answer.body, as: UTF8.self)
        if way.isPrivate { heard.privately += response } else { heard.publicly += response }
        if way == .lateSlashCommand || way == .channelWithPrivateWay {
            for await request in peer.arrivals where isHers(request, name) && request.body.contains(last) { break }
        }
        inbox.inbox.finish()
        try await running.value
        chatting.cancel()
        try await chatting.value
        for request in peer.requests where !request.body.contains(#""channel":"zwei""#) {
            if isHers(request, name) { heard.privately += request.body } else { heard.publicly += request.body }
        }
        await peer.close()
        if let id = try await store.sessions().first(where: { $0.group == "eins" })?.id {
            heard.session = try await store.load(id)
        }
        return heard
    }

    private func isHers(_ request: HTTPPeer.Request, _ name: String) -> Bool {
        request.path == "/commands" || request.body.contains(#""channel":"@\#(name)""#)
    }

    private func group(_ name: String, room: String? = nil) -> Group {
        Group(
            name: name, rooms: [Room(adapter: "town", name: room ?? name)], guide: .sample,
            language: Language(rawValue: "de"), facilitators: ["town/7"], workshop: "W")
    }

    private func system(_ peer: HTTPPeer) -> any ChatSystem {
        switch way {
        case .slashCommand, .lateSlashCommand, .channel: Mattermost(tokens: ["t0k3n"], incomingWebhook: peer.url)
        case .channelWithPrivateWay:
            Mattermost(tokens: ["t0k3n"], incomingWebhook: peer.url, writesToPeople: true)
        case .integration: RocketChat(tokens: ["t0k3n"])
        case .direct: Zulip(tokens: ["t0k3n"])
        }
    }

    private func request(_ text: String, by name: String, _ peer: HTTPPeer) -> WebhookRequest {
        let id = UInt32.random(in: .min ... .max)
        let person = number(name)
        let typed = text.replacing("+", with: "%2B")
        let form = "token=t0k3n&channel_name=eins&user_id=\(person)&user_name=\(name)&text=\(typed)"
        switch way {
        case .slashCommand, .lateSlashCommand:
            return post(
                "x-www-form-urlencoded",
                form + "&command=/lotse&trigger_id=\(id)&response_url=http://127.0.0.1:\(peer.port)/commands")
        case .channel, .channelWithPrivateWay: return post("x-www-form-urlencoded", form + "&post_id=\(id)")
        case .integration:
            return post(
                "json",
                #"{"token":"t0k3n","channel_id":"eins","message_id":"\#(id)","user_id":"\#(person)","user_name":"\#(name)","text":"\#(text)"}"#
            )
        case .direct:
            return post(
                "json",
                #"{"data":"\#(text)","trigger":"direct_message","token":"t0k3n","message":{"id":\#(id),"sender_id":\#(person),"sender_full_name":"\#(name)"}}"#
            )
        }
    }

    private func post(_ type: String, _ body: String) -> WebhookRequest {
        WebhookRequest(path: "/town", headers: ["content-type": "application/\(type)"], body: Array(body.utf8))
    }

    /// An inbox that tells when rooms have been reported to it.
    private final class RoomInbox: Inbox {
        let inbox = BoundedInbox()
        private let rooms: AsyncStream<Void>
        private let room: AsyncStream<Void>.Continuation

        init() {
            (rooms, room) = AsyncStream.makeStream()
        }

        func deliver(_ incoming: Incoming) -> Bool {
            defer { if case .present = incoming { room.yield() } }
            return inbox.deliver(incoming)
        }

        func hasRooms(_ count: Int) async {
            var iterator = rooms.makeAsyncIterator()
            for _ in 0..<count { await iterator.next(isolation: #isolation) }
        }
    }

    /// Says of everything that it is in a place that nobody else may know.
    private struct SecretPlaces: FilelessOutcomes {
        func write(
            _ session: Session, as format: OutcomeFormat, withNames: Bool, by interpreter: Interpreter, at now: Date
        ) async throws -> String {
            "/Geheimort"
        }

        func writeWorksheet(
            of session: Session, order: Dialog.Order.ID?, by interpreter: Interpreter
        ) async throws -> String {
            "/Geheimort"
        }
    }
}
