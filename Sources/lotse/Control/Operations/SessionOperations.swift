import DialogEngine
import Facilitation
import Foundation
import Outcome
import SQLiteStore
import Wording

/// Which sessions there are.
struct SessionsOperation: Operation {
    static let name = "sessions"
    static let need = OperationNeed.reading

    func perform(by steward: Steward) async throws -> Answer {
        let sessions = try await steward.sessions().sessions()
        guard !sessions.isEmpty else {
            return Answer(text: "There is no session in \(Place.store(in: steward.state)).")
        }
        let rows = sessions.map { session in
            [
                session.id, session.group, session.name, session.dialogID, day(session.startedAt),
                session.endedAt.map(day) ?? "running", day(session.retainedUntil),
            ]
        }
        let head = ["session", "group", "name", "guide", "started", "ended", "kept until"]
        return Answer(text: Table(head: head, rows: rows).text)
    }

    private func day(_ date: Date) -> String {
        date.formatted(.iso8601.year().month().day())
    }
}

/// How far a session is.
struct ShowOperation: Operation {
    static let name = "show"
    static let need = OperationNeed.reading

    var session: Session.ID

    func perform(by steward: Steward) async throws -> Answer {
        let session = try await steward.session(session)
        let interpreter = try steward.present().interpreter()
        var lines = [
            "\(session.name) (\(session.id))",
            "\(session.dialog.id) \(session.dialog.version), \(session.state.rawValue)",
        ]
        lines += session.people.filter { !$0.isForgotten }.map { $0.summary(in: session) }
        let reader = Speaker(identity: Identity(rawValue: "operator"), name: "operator")
        for command in [Command.status, .openItems] {
            let input = Input(at: Date(), kind: .command(command, by: reader, source: .private))
            for output in session.decide(input).outputs {
                lines += output.lines.map { interpreter.text($0, in: session.language) }
            }
        }
        return Answer(text: lines.joined(separator: "\n"))
    }
}

/// A session in one format.
struct ExportOperation: Operation {
    static let name = "export"
    static let need = OperationNeed.reading

    var session: Session.ID
    var format: OutcomeFormat
    var withNames: Bool
    var audience: OutcomeDocument.Audience?
    var language: Language?

    func perform(by steward: Steward) async throws -> Answer {
        let session = try await steward.session(session)
        let means = try steward.present()
        let document = OutcomeDocument.render(
            session, as: format, in: try means.phrasebook(language ?? session.language),
            options: .init(
                withNames: withNames, audience: audience, timeZone: try means.interpreter().timeZone))
        return Answer(text: document.text)
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
