import ArgumentParser
import DialogEngine
import DialogFiles
import Facilitation
import Foundation
import Logging
import SQLiteStore
import Wording

/// `lotse sessions`: what is in the store.
struct SessionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions", abstract: "List all sessions, the latest first; also while Lotse is running.")

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let sessions = try await store.forReading().sessions()
        guard !sessions.isEmpty else { return print("There is no session in \(store.path).") }
        let rows = sessions.map { session in
            [
                session.id, session.group, session.name, session.dialogID, day(session.startedAt),
                session.endedAt.map(day) ?? "running", day(session.retainedUntil),
            ]
        }
        print(Table(head: ["session", "group", "name", "guide", "started", "ended", "kept until"], rows: rows).text)
    }
}

/// `lotse show`: how far a session is.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show how far a session is, and what is open in it.")

    @Argument(help: "The session, as `lotse sessions` lists it.")
    var session: String

    @OptionGroup var store: StoreOptions
    @OptionGroup var dialogs: DialogOptions

    func run() async throws {
        let session = try await store.session(session)
        let folder = try dialogs.folder()
        let interpreter = try Wiring.interpreter(folder: "\(folder)/wording", .current)
        print("\(session.name) (\(session.id))")
        print("\(session.dialog.id) \(session.dialog.version), \(session.state.rawValue)")
        for person in session.people where !person.isForgotten { print(person.summary(in: session)) }
        let reader = Speaker(identity: Identity(rawValue: "operator"), name: "operator")
        for command in [Command.status, .openItems] {
            let input = Input(at: Date(), kind: .command(command, by: reader, source: .private))
            for output in session.decide(input).outputs {
                for line in output.lines { print(interpreter.text(line, in: session.language)) }
            }
        }
    }
}

extension StoreOptions {
    func forReading() throws -> SQLiteStore {
        try SQLiteStore(readingFrom: path)
    }

    /// The session `id`, or an error that says where to look.
    func session(_ id: Session.ID) async throws -> Session {
        let store = try forReading()
        if let session = try await store.load(id) { return session }
        let known = try await store.sessions()
        let named = known.filter { $0.name.folded == id.folded }.map(\.id)
        let choice = suggestion(for: id, in: named.isEmpty ? known.map(\.id) : named)
        throw CommandError("there is no session \(id) in \(path)\(choice)")
    }
}

extension Output {
    fileprivate var lines: [Line] {
        switch content {
        case .line(let line): [line]
        case .pages(let lines): lines
        default: []
        }
    }
}

private func day(_ date: Date) -> String {
    date.formatted(.iso8601.year().month().day())
}
