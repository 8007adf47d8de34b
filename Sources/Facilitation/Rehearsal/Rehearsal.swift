package import DialogEngine
package import FoundationEssentials
import Logging
import Synchronization
package import Wording

/// A conversation played line by line, with several people by name and a clock that the player moves; nothing is stored.
package struct Rehearsal {
    /// The adapter's and the room's name in a rehearsal.
    package static let room = Room(adapter: "rehearsal", name: "#rehearsal")

    private let botName: String
    private let stage = Stage()
    private let announcer: Announcer
    private var conversation: GroupConversation
    /// What the group sends to itself as the only one of its workshop.
    private let mailbox = Mailbox(capacity: 8)
    private var people: Set<String> = []
    package private(set) var now: Date

    /// - Parameter store: keeps what is said for as long as the rehearsal lasts.
    package init(
        _ group: Group, interpreter: Interpreter, store: any SessionStore, outcomes: any OutcomeWriter, at now: Date
    ) async throws(StoreError) {
        var group = group
        group.rooms = [Self.room]
        self.now = now
        botName = interpreter.botName
        let adapters: Adapters = [Self.room.adapter: stage]
        announcer = Announcer(adapters: adapters, spoken: { _ in })
        let services = GroupConversation.Services(
            store: store, adapters: adapters, outcomes: outcomes, interpreter: { interpreter },
            logger: Logger(label: "rehearsal", factory: { _ in SwiftLogNoOpLogHandler() }))
        services.workshops.enter(group, mailbox)
        conversation = try await GroupConversation(group, services, announcer, unspoken: [], alarm: { _ in })
    }

    package var session: Session? { conversation.session }

    /// Plays a line of a person, or something that happens; returns what the bot says to it.
    package mutating func play(_ line: TranscriptLine) async throws(StoreError) -> [TranscriptLine] {
        switch line {
        case .said(let name, let text):
            return try await say(text, by: name, at: .room(Self.room))
        case .whispered(let name, _, let text):
            return try await say(text, by: name, at: .privately(adapter: Self.room.adapter))
        case .joined(let name):
            people.insert(name)
            return try await take(.joined(Self.room, sender(name), at: now))
        case .left(let name):
            people.remove(name)
            return try await take(.left(identity(name), at: now))
        case .clock, .noticed, .remark:
            return []
        }
    }

    /// Moves the clock on, so that everything happens on the way that is due by then, each at its time.
    package mutating func advance(to moment: Date) async throws(StoreError) -> [TranscriptLine] {
        var lines: [TranscriptLine] = []
        while let deadline = conversation.session?.nextDeadline, deadline <= moment {
            now = max(now, deadline)
            lines += try await take(.clock(now))
        }
        now = max(now, moment)
        return lines
    }

    private mutating func say(
        _ text: String, by name: String, at place: IncomingMessage.Place
    ) async throws(StoreError) -> [TranscriptLine] {
        people.insert(name)
        let message = IncomingMessage(place: place, sender: sender(name), text: text, at: now)
        return try await take(.message(message, isMember: true))
    }

    private mutating func take(_ delivery: GroupConversation.Delivery) async throws(StoreError) -> [TranscriptLine] {
        try await conversation.take(delivery)
        while let deliveries = mailbox.takeSome() { try await conversation.take(deliveries) }
        await announcer.sayAll()
        return stage.takeAll().compactMap(line)
    }

    private func line(_ message: OutgoingMessage, to destination: Destination) -> TranscriptLine? {
        switch (destination, message.manner) {
        case (.person(let identity, _), _):
            .whispered(from: botName, to: name(identity), message.text)
        case (.room, .speech): .said(by: botName, message.text)
        case (.room, .notice): .noticed(by: botName, message.text)
        case (.room, .relayed): nil
        }
    }

    private func identity(_ name: String) -> Identity { Identity(rawValue: "rehearsal/\(name)") }

    private func name(_ identity: Identity) -> String { String(identity.rawValue.dropFirst("rehearsal/".count)) }

    private func sender(_ name: String) -> Sender { Sender(identity: identity(name), name: name) }
}

/// Keeps what is said until it is asked for.
private final class Stage: ChatAdapter {
    let name = Rehearsal.room.adapter
    private let said = Mutex<[(OutgoingMessage, Destination)]>([])

    func send(_ message: OutgoingMessage, to destination: Destination) async -> Bool {
        said.withLock { $0.append((message, destination)) }
        return true
    }

    func run() async throws {}

    func takeAll() -> [(OutgoingMessage, Destination)] {
        said.withLock { said in
            defer { said = [] }
            return said
        }
    }
}
