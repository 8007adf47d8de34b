import ConsoleAdapter
import DialogEngine
import DialogFiles
import Facilitation
import Foundation
import Synchronization

/// Copies a file that somebody typed from paper.
struct CaptureOperation: Operation {
    static let name = "capture"
    static let need = OperationNeed.writing

    var session: Session.ID
    /// Who types.
    var typist: String
    /// What the file is called in messages.
    var file: String
    var bytes: Data

    func perform(by steward: Steward) async throws -> Answer {
        let found = try await steward.session(session)
        let interpreter = try steward.present().interpreter()
        let speaker = Speaker(identity: ConsoleAdapter.identity, name: typist)
        let source = SourceText([UInt8](bytes), file: file)
        let summary = Mutex("")
        do {
            try await steward.changes().change(found.id) { session, group in
                var copying = PaperCopying(session: session, typist: speaker, interpreter: interpreter, at: Date())
                copying.copy(source)
                guard copying.problems.isEmpty else { throw FileProblems(copying.problems) }
                let text = copying.summary
                summary.withLock { $0 = text }
                return Change(
                    session: session.id, group: group, expectedSeq: session.seq, events: copying.events,
                    outputs: copying.outputs, snapshot: copying.session)
            }
        } catch let problems as FileProblems {
            return Answer(note: "\(problems)", code: 1)
        }
        return Answer(text: summary.withLock(\.self))
    }
}
