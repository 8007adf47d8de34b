import DialogEngine
import Facilitation
import SQLiteStore
import Foundation

/// Erases a session, or one person from it.
struct EraseOperation: Operation {
    static let name = "erase"
    static let need = OperationNeed.writing

    var session: Session.ID
    /// Her name, or her number where several bear it; nil for the whole session.
    var person: String?
    /// Whether it is to be done; else it is only said what that would be.
    var isConfirmed: Bool

    func perform(by steward: Steward) async throws -> Answer {
        let found = try await steward.session(session)
        let meant = try person.map { try MeantPerson($0, in: found) }
        guard isConfirmed else {
            return Answer(text: meant.map { "\($0.summary(in: found)) from »\(found.name)«" } ?? "»\(found.name)«")
        }
        let files = OutcomeFiles(folder: try steward.exportsPath())
        // Before anything is erased, so that none is left after a crash.
        var withdrawn = try await files.withdraw(found.id).count
        if let meant {
            withdrawn += try await erase(meant, from: found, files, by: steward)
        } else {
            try await steward.changes().erase(session)
        }
        guard withdrawn > 0 else { return Answer(text: "Erased.") }
        let remedy = meant == nil ? "" : " Write it anew with: lotse export \(found.id)"
        let count = withdrawn == 1 ? "1 file" : "\(withdrawn) files"
        return Answer(text: "Erased.\nWhat Lotse had written of it is gone as well, \(count).\(remedy)")
    }

    /// Returns how many files of other sessions went that had been written with her remarks in them.
    private func erase(
        _ meant: MeantPerson, from found: Session, _ files: OutcomeFiles, by steward: Steward
    ) async throws -> Int {
        let desk = try steward.changes()
        var withdrawn = 0
        if let record = meant.record {
            // What she remarked on other groups' answers is in their sessions, where nobody knows her name.
            let visitor = found.visitor(record.id)
            for other in try await steward.sessions().sessions() where other.id != session {
                guard let visited = try await steward.sessions().load(other.id),
                    Change(forgetting: visitor, in: visited, of: other.group, at: Date()) != nil
                else { continue }
                withdrawn += try await files.withdraw(other.id).count
                try await desk.change(other.id) { visited, group in
                    Change(forgetting: visitor, in: visited, of: group, at: Date())
                }
            }
            try await desk.change(session) { session, group in
                Change(forgetting: record.id, in: session, of: group, at: Date())
            }
        }
        if let writer = meant.writer {
            try await desk.change(session) { session, group in
                Change(forgettingWriter: writer, in: session, of: group, at: Date())
            }
        }
        return withdrawn
    }
}

/// Who is to be erased: somebody who was there, or who wrote on paper, or both under one name.
struct MeantPerson {
    let record: Person?
    /// The name under which something was copied from paper.
    let writer: String?

    /// The one who is meant; a name that several records bear is not enough.
    init(_ name: String, in session: Session) throws {
        let known = session.people.filter { !$0.isForgotten }
        if let numbered = known.first(where: { "\($0.id)" == name }) {
            (record, writer) = (numbered, nil)
            return
        }
        writer = session.writers.first { $0.folded == name.folded }
        let called = known.filter { $0.name.folded == name.folded || $0.handle.folded == name.folded }
        guard !called.isEmpty || writer != nil else {
            throw CommandError(
                "there is nobody called \(name) in \(session.id); who is there: lotse show \(session.id)")
        }
        guard called.count < 2 else {
            let choices = called.map { "  \($0.summary(in: session))" }.joined(separator: "\n")
            throw CommandError("several records are called \(name); name one by its number:\n\(choices)")
        }
        record = called.first
    }

    func summary(in session: Session) -> String {
        let onPaper = session.contributions.filter { $0.writer != nil && $0.writer?.folded == writer?.folded }
        let copied = writer.map { "\($0) on paper \(onPaper.map(\.id.description).joined(separator: " "))" }
        return [record?.summary(in: session), copied].compactMap(\.self).joined(separator: " and ")
    }
}

extension Person {
    /// `2 anna, B1 B4, facilitator`: enough to know which record it is, without anybody's words and
    /// without what she did privately.
    func summary(in session: Session) -> String {
        let shown = session.contributions.filter { $0.author == id && $0.source != .private && !$0.isWithdrawn }
        let parts = [
            "\(id) \(name)", shown.map(\.id.description).joined(separator: " "), isFacilitator ? "facilitator" : "",
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
