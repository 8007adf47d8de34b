import DialogEngine
import Facilitation
import Foundation
import Outcome
import Wording

/// Writes outcomes as files into a folder of their own, which only its owner can read.
struct OutcomeFiles: OutcomeWriter {
    let folder: String
    /// Whether the folder is Lotse's alone, so that what belongs to no session is a remnant. Another one may be shared.
    var isOwnFolder = false

    func write(
        _ session: Session, as format: OutcomeFormat, withNames: Bool, by interpreter: Interpreter, at now: Date
    ) async throws -> String {
        let document = document(session, as: format, withNames: withNames, by: interpreter, at: now)
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

    func withdraw(_ id: Session.ID) async throws -> [String] {
        let files = FileManager.default
        let own = folder(of: id)
        guard files.fileExists(atPath: own) else { return [] }
        let names = try files.contentsOfDirectory(atPath: own)
        try files.removeItem(atPath: own)
        try Self.sync(folder)
        return names.sorted()
    }

    func renew(_ names: [String], of session: Session, by interpreter: Interpreter, at now: Date) async throws {
        for format in OutcomeFormat.allCases where names.contains(where: { $0.hasSuffix(".\(format.rawValue)") }) {
            for withNames in [true, false] {
                let document = document(session, as: format, withNames: withNames, by: interpreter, at: now)
                if names.contains(document.fileName) {
                    _ = try write(document.text, as: document.fileName, of: session)
                }
            }
        }
    }

    func withdrawAll(but sessions: Set<Session.ID>) async throws -> [Session.ID] {
        // A new store beside old outcomes is rather a store that was lost.
        guard isOwnFolder, !sessions.isEmpty, FileManager.default.fileExists(atPath: folder) else { return [] }
        let strays = try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
            name.contains(Self.sessionID) && !sessions.contains(name)
        }
        for id in strays { _ = try await withdraw(id) }
        return strays.sorted()
    }

    /// `stadtbaeume-2026-11-22` or `stadtbaeume-2026-11-22-2`.
    private static var sessionID: Regex<Substring> { /^.+-[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[0-9]+)?$/ }

    /// Makes sure that what went from the folder is gone after a power cut, too.
    private static func sync(_ folder: String) throws {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CocoaError(.fileReadUnknown) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    private func document(
        _ session: Session, as format: OutcomeFormat, withNames: Bool, by interpreter: Interpreter, at now: Date
    ) -> OutcomeDocument {
        OutcomeDocument.render(
            session, as: format, in: interpreter.phrasebook(session.language),
            options: .init(withNames: withNames, timeZone: interpreter.timeZone))
    }

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
