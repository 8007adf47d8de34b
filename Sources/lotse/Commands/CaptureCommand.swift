import ArgumentParser
import ConsoleAdapter
import DialogEngine
import DialogFiles
import Facilitation
import Foundation
import Logging
import SQLiteStore
import Wording

/// `lotse capture`: copies what a group wrote on paper, from a file that somebody typed.
struct CaptureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capture", abstract: "Copy what was written on paper into a session; Lotse must not be running.",
        discussion: """
            One line for each answer, with the key of the question that stands on the worksheet:
              recht: text       a contribution
              recht= text       a joint wording, to be voted on
              recht? text       something unclear
              text              one more for the question of the line before
              von: Tisch 3      whose sheet the following lines are from
              // text           a note, not copied
            Every line that cannot be read is printed to standard error as file:line:column, and then nothing is stored.
            """)

    @Argument(help: "The session, as `lotse sessions` lists it.")
    var session: String

    @Argument(help: "The file; else standard input.")
    var file: String?

    @Option(name: .long, help: "The name of whoever types.")
    var name: String?

    @OptionGroup var store: StoreOptions
    @OptionGroup var dialogs: DialogOptions

    func run() async throws {
        let found = try await store.session(session)
        let interpreter = try Wiring.interpreter(folder: "\(try dialogs.folder())/wording", .current)
        let source = SourceText(try bytes(), file: file ?? "standard input")
        let typist = Speaker(
            identity: ConsoleAdapter.identity,
            name: name ?? ProcessInfo.processInfo.environment["USER"] ?? "terminal")
        var copying = PaperCopying(session: found, typist: typist, interpreter: interpreter, at: Date())
        copying.copy(source)
        guard copying.problems.isEmpty else { throw FileProblems(copying.problems) }
        try await keep(copying, in: found)
        print(copying.summary)
    }

    private func bytes() throws -> [UInt8] {
        guard let file else { return [UInt8](try FileHandle.standardInput.readToEnd() ?? Data()) }
        return try SourceFile.yaml(at: file)
    }

    private func keep(_ copying: PaperCopying, in found: Session) async throws {
        let writing = try SQLiteStore(at: store.path, logger: Logger(label: "lotse"))
        do {
            let group = try await writing.sessions().first { $0.id == found.id }?.group ?? ""
            _ = try await writing.append(
                Change(
                    session: found.id, group: group, expectedSeq: found.seq, events: copying.events,
                    outputs: copying.outputs, snapshot: copying.session))
            await writing.close()
        } catch {
            await writing.close()
            throw error
        }
    }
}
