import ArgumentParser
import DialogFiles
import Foundation

/// `lotse capture`: copies what a group wrote on paper, from a file that somebody typed.
struct CaptureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capture", abstract: "Copy what was written on paper into a session, also while its group writes.",
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

    @OptionGroup var place: PlaceOptions
    @OptionGroup var dialogs: DialogOptions

    func run() async throws {
        let typist = name ?? ProcessInfo.processInfo.environment["USER"] ?? "terminal"
        try await place.lotse(dialogs: dialogs).ask(
            CaptureOperation(session: session, typist: typist, file: file ?? "standard input", bytes: try bytes()))
    }

    private func bytes() throws -> Data {
        guard let file else { return try FileHandle.standardInput.readToEnd() ?? Data() }
        return Data(try SourceFile.yaml(at: file))
    }
}
