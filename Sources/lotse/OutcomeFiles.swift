import DialogEngine
import Facilitation
import Foundation
import Outcome
import Wording

/// Writes outcomes as files into a folder that only their owner can read.
struct OutcomeFiles: OutcomeWriter {
    let folder: String
    let interpreter: Interpreter

    func write(
        _ session: Session, as format: OutcomeFormat, withNames: Bool, in language: Language
    ) async throws -> String {
        let document = ""  // filled when Outcome is in place
        let path = "\(folder)/\(session.id).\(format.rawValue)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try Data(document.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return path
    }
}
