import ArgumentParser
import DialogEngine
import DialogFiles
import Foundation
import Outcome

/// `lotse worksheet`: a guide as sheets of paper to write on.
struct WorksheetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worksheet", abstract: "Make sheets of paper of a guide, to print on A4 and write on by hand.",
        discussion: """
            Each question stands there with its key. What people write is copied later: by !papier in the chat, or by \
            lotse capture.
            """)

    @Argument(help: "The guide: the name of a file in the folder of the guides, or a path.")
    var guide: String

    @Option(name: .long, help: "The order of the questions; else the guide's first.")
    var order: String?

    @Option(name: .long, help: "The language: a language that the guide has.")
    var language: String?

    @Option(name: .shortAndLong, help: "The file to write; else it is printed.")
    var output: String?

    @OptionGroup var dialogs: DialogOptions

    func run() throws {
        let dialog = try DialogFile.read(Places.existingGuide(guide, in: try dialogs.folder()))
        if let order, dialog.orders.allSatisfy({ $0.id != order }) {
            throw CommandError("the guide has no order \(order)\(suggestion(for: order, in: dialog.orders.map(\.id)))")
        }
        let sheet = Worksheet(
            of: dialog, order: order, in: try dialogs.phrasebook(try dialog.language(named: language)))
        guard let output else { return print(sheet.text, terminator: "") }
        try Data(sheet.text.utf8).write(toFile: output)
    }
}
