import DialogEngine
import DialogFiles
import Facilitation
import FacilitationTesting
import Foundation
import Logging
import SQLiteStore
import Synchronization
import Wording

/// One group over a real store, in this process: what it computes for a line is what Lotse does for it without a network.
struct Workbench: ~Copyable {
    static let group = "Werkbank"
    static let room = Room(adapter: "bench", name: "#werkbank")

    private let adapter = BenchAdapter()
    private let inbox: BoundedInbox
    private let store: SQLiteStore
    private let facilitator: Facilitator
    private let running: Task<Void, any Error>
    private var count = 0

    /// - Parameter conversation: what the group said before.
    init(_ conversation: PreparedConversation, by interpreter: Interpreter, in folder: String) async throws {
        let logger = Logger(label: "benchmark", factory: { _ in SwiftLogNoOpLogHandler() })
        let store = try SQLiteStore(at: "\(folder)/\(UUID().uuidString).sqlite", logger: logger)
        for change in conversation.changes { _ = try await store.append(change) }
        let group = Group(
            name: Self.group, rooms: [Self.room], guide: conversation.guide, language: Language(rawValue: "de"),
            anyoneMayStart: true)
        let inbox = BoundedInbox()
        let facilitator = Facilitator(
            .init(groups: [group]), inbox: inbox, store: store, adapters: [adapter], outcomes: NoOutcomes(),
            interpreter: interpreter, logger: logger)
        (self.store, self.inbox, self.facilitator) = (store, inbox, facilitator)
        running = Task { try await facilitator.run() }
    }

    /// Says `lines` one after the other, each when the one before is dealt with, and waits until all answers are said.
    mutating func say(_ lines: [String]) async {
        for line in lines {
            count += 1
            let id = "m\(count)"
            let message = IncomingMessage(
                place: .room(Self.room), sender: PreparedConversation.sender, text: line, id: id,
                at: PreparedConversation.evening.addingTimeInterval(Double(count) * 30))
            await adapter.wait(for: id) { inbox.deliver(.message(message)) }
        }
        while facilitator.waitingLines.values.contains(where: { $0 > 0 }) { await Task.yield() }
    }

    /// How many lines the bot has said.
    var saidCount: Int { adapter.count }

    consuming func close() async throws {
        inbox.finish()
        try await running.value
        await store.close()
    }
}

/// Tells when a line is dealt with, and counts what is said.
private final class BenchAdapter: ChatAdapter {
    private struct State {
        var waiting: [String: CheckedContinuation<Void, Never>] = [:]
        var count = 0
    }

    let name = Workbench.room.adapter
    private let state = Mutex(State())

    var count: Int { state.withLock(\.count) }

    func wait(for id: String, after deliver: () -> Bool) async {
        await withCheckedContinuation { continuation in
            state.withLock { $0.waiting[id] = continuation }
            if !deliver() { dealtWith(id) }
        }
    }

    func send(_ message: OutgoingMessage, to destination: Destination) async -> Bool {
        state.withLock { $0.count += 1 }
        return true
    }

    func dealtWith(_ messageID: String) {
        state.withLock { $0.waiting.removeValue(forKey: messageID) }?.resume()
    }

    func run() async throws {}
}

private struct NoOutcomes: FilelessOutcomes {
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

/// What is shipped: the guide and the words that everything is measured with.
struct ShippedFiles {
    let guide: Dialog
    let interpreter: Interpreter

    /// Reads them from the folder that the benchmark is started in.
    init() throws {
        guard let guide = DialogFile.check("Dialogs/kommunale-netzwerke.yaml").value,
            let interpreter = Interpreter(
                phrasebooks: try WordingFiles.read(folder: "Dialogs/wording"), botName: "lotse", timeZone: .gmt)
        else { throw Failure("start it in the folder of the package, where Dialogs is") }
        self.guide = guide
        self.interpreter = interpreter
    }
}
