import DialogEngine
import Facilitation
import Foundation
import Outcome
import Wording

/// Writes outcomes as files into a folder of their own, which only its owner can read.
struct OutcomeFiles: OutcomeWriter {
    let folder: String

    func write(
        _ session: Session, as format: OutcomeFormat, withNames: Bool, by interpreter: Interpreter, at now: Date
    ) async throws -> String {
        let document = OutcomeDocument.render(
            session, as: format, in: interpreter.phrasebook(session.language),
            options: .init(withNames: withNames, timeZone: interpreter.timeZone))
        return try write(document.text, as: document.fileName, of: session)
    }

    func writeWorksheet(
        of session: Session, order: Dialog.Order.ID?, by interpreter: Interpreter
    ) async throws -> String {
        let sheet = Worksheet(
            of: session.dialog, order: order ?? session.presentOrder?.id,
            in: interpreter.phrasebook(session.language))
        return try write(sheet.text, as: sheet.fileName, of: session)
    }

    /// A session's id keeps the files of two sessions of one name apart.
    func folder(of session: Session.ID) -> String { "\(folder)/\(session)" }

    private func write(_ text: String, as fileName: String, of session: Session) throws -> String {
        let files = FileManager.default
        try files.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let own = folder(of: session.id)
        let path = "\(own)/\(fileName)"
        try files.createDirectory(
            atPath: own, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return path
    }
}
