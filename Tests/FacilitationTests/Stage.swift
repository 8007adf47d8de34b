import DialogEngine
import DialogFiles
import FacilitationTesting
import Foundation
import Logging
import Wording

@testable import Facilitation

/// Everything that a facilitator needs, with an adapter that writes down what is said and a store of the test's choice.
struct Stage {
    static let evening = Date(timeIntervalSince1970: 1_795_370_400)
    static let room = Room(adapter: "test", name: "#eins")

    let adapter: RecordingAdapter
    var codes: (any FacilitatorCodes)?
    var outcomes: any OutcomeWriter = NoFiles()
    let inbox = BoundedInbox()
    let store: any SessionStore
    var groups: [Group]
    let interpreter: Interpreter

    init(
        store: any SessionStore = MemorySessionStore(), rooms: [Room] = [room], source: Source = .chat,
        speaksPrivately: Bool = true, isPaced: Bool = false
    ) throws {
        self.store = store
        adapter = RecordingAdapter(source: source, speaksPrivately: speaksPrivately, isPaced: isPaced)
        interpreter = try Self.german.get()
        groups = [
            Group(
                name: "eins", rooms: rooms, guide: .sample, language: Language(rawValue: "de"), anyoneMayStart: true)
        ]
    }

    /// Read once for all tests.
    private static let german = Result {
        let wording = try WordingFiles.read(
            folder: TranscriptTests.dialogs.appendingPathComponent("wording").path)
        let german = wording.filter { $0.language == Language(rawValue: "de") }
        guard let interpreter = Interpreter(phrasebooks: german, botName: "lotse", timeZone: .gmt) else {
            throw StoreError.missing(path: "wording")
        }
        return interpreter
    }

    /// Lets everything happen, and ends when all of it is dealt with.
    func play(_ items: [Incoming], tick: Date? = nil) async throws {
        for item in items { inbox.deliver(item) }
        if let tick { inbox.tick(at: tick) }
        inbox.finish()
        try await facilitator.run()
    }

    var facilitator: Facilitator {
        Facilitator(
            .init(groups: groups), inbox: inbox, store: store, adapters: [adapter], outcomes: outcomes,
            codes: codes, interpreter: interpreter,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    /// The first group's conversation by itself, without a desk in front of it; `announcer` says what it has to say.
    func conversation(
        _ announcer: Announcer, of group: Group? = nil, in workshops: Workshops = Workshops(),
        on adapter: RecordingAdapter? = nil
    ) async throws -> GroupConversation {
        let interpreter = interpreter
        let adapter = adapter ?? self.adapter
        let services = GroupConversation.Services(
            store: store, adapters: [adapter.name: adapter], outcomes: outcomes, workshops: workshops,
            interpreter: { interpreter },
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        return try await GroupConversation(group ?? groups[0], services, announcer, unspoken: [], alarm: { _ in })
    }

    static func sender(_ name: String) -> Sender {
        Sender(identity: Identity(rawValue: "test/account/\(name)"), name: name, account: name)
    }

    static func line(_ name: String, _ text: String, in room: Room = room, id: String? = nil) -> Incoming {
        .message(IncomingMessage(place: .room(room), sender: sender(name), text: text, id: id, at: evening))
    }

    static func privately(_ name: String, _ text: String) -> Incoming {
        .message(
            IncomingMessage(place: .privately(adapter: "test"), sender: sender(name), text: text, at: evening))
    }
}

struct NoFiles: FilelessOutcomes {
    func write(
        _ session: Session, as format: OutcomeFormat, withNames: Bool, by interpreter: Interpreter, at now: Date
    ) async throws -> String {
        "nowhere"
    }

    func writeWorksheet(
        of session: Session, order: Dialog.Order.ID?, by interpreter: Interpreter
    ) async throws -> String {
        "nowhere"
    }
}
