import ArgumentParser
import DialogEngine
import Facilitation
import Foundation
import Logging
import SQLiteStore

/// `lotse erase`: removes a session, or what is about one person in it, for good.
struct EraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erase a session, or one person from it, for good; Lotse must not be running.",
        discussion: """
            Of a person go her name, her contributions, open proposals, objections, open points and parked topics, \
            and what she remarked on other groups' answers; what the group has agreed stays, without her name. What was \
            copied from paper as hers (`von: NAME`) goes by the same name.

            The files that Lotse wrote of the session, in the folder exports, go as well; `lotse export` writes them anew. \
            Backups, and copies that somebody made, are yours to delete.
            """)

    @Argument(help: "The session, as `lotse sessions` lists it.")
    var session: String

    @Option(name: .long, help: "Erase only this person: her name, or her number where several bear it.")
    var person: String?

    @OptionGroup var store: StoreOptions

    @Flag(name: .long, help: "Do not ask again.")
    var yes = false

    func run() async throws {
        let found = try await store.session(session)
        let meant = try person.map { try Meant($0, in: found) }
        // Before asking: the question would be for nothing while Lotse is running.
        let writing = try SQLiteStore(at: store.path, logger: Logger(label: "lotse"))
        let isMeant = yes || isConfirmed(meant, in: found)
        let withdrawn = isMeant ? try await erase(meant, from: found, in: writing) : 0
        await writing.close()
        guard isMeant else { throw CommandError("nothing was erased") }
        print("Erased.")
        guard withdrawn > 0 else { return }
        let remedy = meant == nil ? "" : " Write it anew with: lotse export \(found.id)"
        print("What Lotse had written of it is gone as well, \(withdrawn) file\(withdrawn == 1 ? "" : "s").\(remedy)")
    }

    private func isConfirmed(_ meant: Meant?, in found: Session) -> Bool {
        let what = meant.map { "\($0.summary(in: found)) from »\(found.name)«" } ?? "»\(found.name)«"
        let answer = person ?? session
        print("Erase \(what) for good? Type once more: \(answer)")
        return readLine() == answer
    }

    /// Erases, and returns how many files went that had been written of it: before, so that none is left after a crash.
    private func erase(_ meant: Meant?, from found: Session, in writing: SQLiteStore) async throws -> Int {
        let files = OutcomeFiles(folder: StoreOptions.exports(in: store.folder))
        var withdrawn = try await files.withdraw(found.id).count
        guard let meant else {
            try await writing.erase(session)
            return withdrawn
        }
        let sessions = try await writing.sessions()
        let group = sessions.first { $0.id == session }?.group ?? ""
        if let record = meant.record {
            // What she remarked on other groups' answers is in their sessions, where nobody knows her name.
            let visitor = found.visitor(record.id)
            for other in sessions where other.id != session {
                guard let visited = try await writing.load(other.id),
                    let change = Change(forgetting: visitor, in: visited, of: other.group, at: Date())
                else { continue }
                withdrawn += try await files.withdraw(other.id).count
                _ = try await writing.append(change)
            }
            _ = try await writing.append(Change(forgetting: record.id, in: found, of: group, at: Date()))
        }
        if let writer = meant.writer, let present = try await writing.load(session) {
            _ = try await writing.append(Change(forgettingWriter: writer, in: present, of: group, at: Date()))
        }
        return withdrawn
    }
}

/// Who is to be erased: somebody who was there, or who wrote on paper, or both under one name.
private struct Meant {
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
