import DialogEngine
import Facilitation
import Foundation
import Synchronization
import Wording

/// Keeps outcomes in memory: every text of a session's contributions, proposals and people, under the name of a format.
final class RecordedOutcomes: OutcomeWriter {
    private let files = Mutex<[Session.ID: [String: String]]>([:])
    /// Whether taking something away fails.
    private let isStuck: Bool

    struct Stuck: Error {}

    init(isStuck: Bool = false) {
        self.isStuck = isStuck
    }

    func texts(of id: Session.ID) -> [String] { files.withLock { ($0[id] ?? [:]).values.sorted() } }

    var sessions: Set<Session.ID> { Set(files.withLock(\.keys)) }

    func write(_ session: Session, as format: OutcomeFormat) throws {
        let name = "outcome.\(format.rawValue)"
        let people = session.people.map(\.name)
        let text = (session.contributions.filter { !$0.isWithdrawn }.map(\.text) + people).joined(separator: "\n")
        files.withLock { $0[session.id, default: [:]][name] = text }
    }

    func write(
        _ session: Session, as format: OutcomeFormat, withNames: Bool, by interpreter: Interpreter, at now: Date
    ) async throws -> String {
        try write(session, as: format)
        return "outcome.\(format.rawValue)"
    }

    func writeWorksheet(
        of session: Session, order: Dialog.Order.ID?, by interpreter: Interpreter
    ) async throws -> String {
        "sheet.html"
    }

    func withdraw(_ id: Session.ID) async throws -> [String] {
        if isStuck { throw Stuck() }
        return files.withLock { ($0.removeValue(forKey: id) ?? [:]).keys.sorted() }
    }

    func renew(_ names: [String], of session: Session, by interpreter: Interpreter, at now: Date) async throws {
        for format in OutcomeFormat.allCases where names.contains("outcome.\(format.rawValue)") {
            try write(session, as: format)
        }
    }

    func withdrawAll(but sessions: Set<Session.ID>) async throws -> [Session.ID] {
        let strays = self.sessions.subtracting(sessions)
        files.withLock { files in files = files.filter { sessions.contains($0.key) } }
        return strays.sorted()
    }
}
