import DialogEngine
import DialogFiles
import FacilitationTesting
import Foundation
import Logging
import Testing
import Wording

@testable import Facilitation

@Suite("A right holds for the group in whose room it was proved, and nowhere else")
struct OtherGroupsTests {
    /// How paula came to lead the group »Nord«.
    enum Proof: CaseIterable {
        /// The configuration of the group names her account.
        case account
        /// Her chat system vouches that she moderates the room.
        case moderator
        /// She has a one-time code for the group.
        case code
        /// Whoever begins may begin, and she did.
        case beginner
        /// A facilitator made her one.
        case appointed
    }

    /// Groups that others lead: in the same workshop, in another one, and over another adapter.
    private static let others = [
        (name: "Süd", room: Room(adapter: "test", name: "#sued"), workshop: "W"),
        (name: "Ost", room: Room(adapter: "test", name: "#ost"), workshop: "V"),
        (name: "West", room: Room(adapter: "town", name: "#west"), workshop: "W"),
    ]
    private static let north = Room(adapter: "test", name: "#nord")

    private static let german = Result {
        let wording = try WordingFiles.read(folder: TranscriptTests.dialogs.appendingPathComponent("wording").path)
        return wording.filter { $0.language == Language(rawValue: "de") }
    }

    fileprivate static func interpreter() throws -> Interpreter {
        try #require(Interpreter(phrasebooks: german.get(), botName: "lotse", timeZone: .gmt))
    }

    /// Every line of the help that a participant may not say: each verb of the facilitators, in all of its forms.
    private static func facilitatorsLines() throws -> [String] {
        let interpreter = try interpreter()
        let usages = try german.get().flatMap { $0.verbs.values.map(\.usage) }.sorted()
        return usages.flatMap { $0.components(separatedBy: " · ") }.filter { line in
            let command = interpreter.read(line, at: Stage.evening, in: Language(rawValue: "de"))
            return !Role.participant.may(command.right)
        } + ["!ende wirklich", "!sitzunglöschen wirklich", "!weiter wirklich", "!zurückziehen B1"]
    }

    @Test("The walk has every right of the facilitators that is asked for in a chat")
    func isComplete() throws {
        let interpreter = try Self.interpreter()
        let rights = try Self.facilitatorsLines().map {
            interpreter.read($0, at: Stage.evening, in: Language(rawValue: "de")).right
        }
        let facilitators = Right.allCases.filter { Role.facilitator.may($0) && !Role.participant.may($0) }
        #expect(Set(rights).isSuperset(of: Set(facilitators).subtracting([.correctOthers])))
        #expect(rights.count > 30)
    }

    @Test("Who leads one group leads no other, whatever she says and wherever", arguments: Proof.allCases)
    func leadsNoOther(_ proof: Proof) async throws {
        let untouched = try await play(proof, saying: nil)
        #expect(untouched.events.count == Self.others.count + 1)
        for line in try Self.facilitatorsLines() {
            let played = try await play(proof, saying: line)
            for other in Self.others {
                // The first event has the token of the session, which is another one each time.
                #expect(
                    played.events[other.name]?.dropFirst() == untouched.events[other.name]?.dropFirst(),
                    "\(line) did something in \(other.name)")
            }
            #expect(!played.heard.contains { $0.contains("Geheimnis") }, "\(line) showed something of another group")
        }
    }

    @Test("In her own group she leads, in the room and for all groups that are hers", arguments: Proof.allCases)
    func leadsHerOwn(_ proof: Proof) async throws {
        let played = try await play(proof, saying: "!weiter wirklich")
        let moves = played.events["Nord"]?.count { if case .moved = $0.kind { true } else { false } }
        #expect(moves == 1)
        #expect(played.heard.contains("In einer Gruppe erledigt."))
    }

    private struct Played {
        /// What happened in each group.
        let events: [String: [Event]]
        /// All that was said, by anybody to anybody.
        let heard: [String]
    }

    /// The groups with mona and paula in them; then paula says `line` in every way to every group.
    private func play(_ proof: Proof, saying line: String?) async throws -> Played {
        var stage = try await Crossing(
            groups: [north(proof)] + Self.others.map { group($0.name, $0.room, $0.workshop) })
        func paula(_ room: Room) -> Sender {
            Sender(
                identity: Identity(rawValue: "\(room.adapter)/account/paula"), name: "paula", account: "paula",
                moderates: proof == .moderator ? Self.north : nil)
        }
        func mona(_ room: Room) -> Sender {
            Sender(identity: Identity(rawValue: "\(room.adapter)/account/mona"), name: "mona", account: "mona")
        }
        for other in Self.others {
            try await stage.say("!start \(other.name)", mona(other.room), in: other.room)
            try await stage.say("+ Geheimnis von \(other.name)", mona(other.room), in: other.room)
            try await stage.say("!hier", paula(other.room), in: other.room)
        }
        if proof == .code { try await stage.say("!mod 12ab", paula(Self.north), in: Self.north, isPrivate: true) }
        if proof == .appointed { try await stage.say("!start Nord", mona(Self.north), in: Self.north) }
        try await stage.say(proof == .appointed ? "!hier" : "!start Nord", paula(Self.north), in: Self.north)
        if proof == .appointed { try await stage.say("!mod+ paula", mona(Self.north), in: Self.north) }
        if let line {
            for other in Self.others {
                for text in [line, "!alle \(line)"] {
                    try await stage.say(text, paula(other.room), in: other.room)
                    try await stage.say(text, paula(other.room), in: other.room, isPrivate: true)
                }
            }
            try await stage.say("!gruppen problem", paula(Self.north), in: Self.north)
            try await stage.say("!alle \(line)", paula(Self.north), in: Self.north)
        }
        return Played(events: try await stage.events, heard: stage.heard)
    }

    private func group(_ name: String, _ room: Room, _ workshop: String) -> Group {
        Group(
            name: name, rooms: [room], guide: .sample, language: Language(rawValue: "de"), anyoneMayStart: true,
            workshop: workshop)
    }

    private func north(_ proof: Proof) -> Group {
        var group = group("Nord", Self.north, "W")
        group.facilitators = proof == .account ? ["test/paula"] : []
        group.anyoneMayStart = proof == .beginner || proof == .appointed
        return group
    }
}

/// Groups of several workshops over two adapters; what lies in their mailboxes is dealt with in turn until they are empty.
private struct Crossing {
    private let adapters = [RecordingAdapter(name: "test"), RecordingAdapter(name: "town")]
    private let store = MemorySessionStore()
    private let groups: [Group]
    private var conversations: [GroupConversation] = []
    private var mailboxes: [Mailbox] = []
    private var announcers: [Announcer] = []

    init(groups: [Group]) async throws {
        self.groups = groups
        let interpreter = try OtherGroupsTests.interpreter()
        let named = Adapters(adapters)
        let services = GroupConversation.Services(
            store: store, adapters: named, outcomes: NoFiles(), codes: OneCode(), interpreter: { interpreter },
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        for group in groups {
            let announcer = Announcer(adapters: named, spoken: { _ in })
            let mailbox = Mailbox(capacity: 64)
            services.workshops.enter(group, mailbox)
            announcers.append(announcer)
            mailboxes.append(mailbox)
            conversations.append(
                try await GroupConversation(group, services, announcer, unspoken: [], alarm: { _ in }))
        }
    }

    mutating func say(_ text: String, _ sender: Sender, in room: Room, isPrivate: Bool = false) async throws {
        guard let index = groups.firstIndex(where: { $0.rooms.contains(room) }) else { return }
        let message = IncomingMessage(
            place: isPrivate ? .privately(adapter: room.adapter) : .room(room), sender: sender, text: text,
            at: Stage.evening)
        mailboxes[index].put(.message(message, isMember: true))
        var isBusy = true
        while isBusy {
            isBusy = false
            for index in conversations.indices {
                guard let deliveries = mailboxes[index].takeSome() else { continue }
                isBusy = true
                try await conversations[index].take(deliveries)
                await announcers[index].sayAll()
            }
        }
    }

    var heard: [String] { adapters.flatMap(\.texts) }

    var events: [String: [Event]] {
        get async throws {
            var events: [String: [Event]] = [:]
            for session in try await store.sessions() {
                events[session.group, default: []] += try await store.events(of: session.id)
            }
            return events
        }
    }

    /// A code for the group »Nord«.
    private struct OneCode: FacilitatorCodes {
        private let code = "12ab"

        func group(of code: String, by asker: Identity, at now: Date) -> String? { code == self.code ? "Nord" : nil }

        func redeem(_ code: String, for group: String, by asker: Identity, at now: Date) -> Bool {
            code == self.code && group == "Nord"
        }

        func void(_ code: String) {}
    }
}
