import DialogEngine
import FacilitationTesting
import FoundationEssentials
import Logging
import Wording

@testable import Facilitation

/// Groups of one workshop on a stage without tasks: what lies in the mailboxes is dealt with in turn until they are empty.
struct WorkshopStage {
    private let adapter = RecordingAdapter()
    private var conversations: [GroupConversation] = []
    private var mailboxes: [Mailbox] = []
    private var announcers: [Announcer] = []
    private var now = Stage.evening

    private let store: any SessionStore

    init(count: Int, store: any SessionStore = MemorySessionStore()) async throws {
        self.store = store
        let stage = try Stage(store: store)
        let workshops = Workshops()
        for number in 1...count {
            var group = stage.groups[0]
            group.name = "Gruppe \(number)"
            group.rooms = [Self.room(number - 1)]
            group.workshop = "Werkstatt"
            let announcer = Announcer(adapters: [adapter.name: adapter], spoken: { _ in })
            let mailbox = Mailbox(capacity: 64)
            workshops.enter(group, mailbox)
            announcers.append(announcer)
            mailboxes.append(mailbox)
            conversations.append(
                try await stage.conversation(announcer, of: group, in: workshops, on: adapter))
        }
    }

    private static func room(_ index: Int) -> Room { Room(adapter: "test", name: "#\(index + 1)") }

    /// Everybody begins, but for one group.
    mutating func startAll(but left: Int? = nil) async throws {
        for index in conversations.indices where index != left { try await say("anna", "!start", in: index) }
        pass(minutes: 1)
    }

    mutating func say(_ name: String, _ text: String, in index: Int) async throws {
        put(name, text, in: index)
        try await settle()
    }

    func put(_ name: String, _ text: String, in index: Int) {
        let message = IncomingMessage(
            place: .room(Self.room(index)), sender: Stage.sender(name), text: text, at: now)
        mailboxes[index].put(.message(message, isMember: true))
    }

    mutating func settle() async throws {
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

    mutating func pass(minutes: Int) {
        now += Double(minutes) * 60
    }

    func forget() {
        adapter.forget()
    }

    func heard(by name: String) -> [String] {
        adapter.said.filter { $0.destination == .person(Stage.sender(name).identity, adapter: "test") }.map(\.text)
    }

    func heardInRooms() -> [String] {
        adapter.said.compactMap { if case .room = $0.destination { $0.text } else { nil } }
    }

    func heard(in index: Int) -> [String] {
        adapter.said.filter { $0.destination == .room(Self.room(index)) }.map(\.text)
    }

    /// What others have remarked in a group, with the names of their groups.
    func remarks(in index: Int) -> [String] {
        let session = conversations[index].session
        return (session?.remarks(on: "step.problem") ?? []).map { "\($0.group): \($0.text)" }
    }

    /// The group's session as it is in the store.
    func stored(in index: Int) async throws -> Session? {
        guard let id = conversations[index].session?.id else { return nil }
        return try await store.load(id)
    }

    func events(in index: Int) async throws -> [Event] {
        try await store.events(of: conversations[index].session?.id ?? "")
    }

    var questions: [String] { conversations.compactMap { $0.session?.current } }

    var contributionCount: Int { conversations.reduce(0) { $0 + ($1.session?.contributions.count ?? 0) } }
}
