import ArgumentParser
import ConsoleAdapter
import DialogEngine
import DialogFiles
import Facilitation
import Foundation
import IRCAdapter
import Logging
import SQLiteStore
import Wording

/// `lotse`: the embedded default, for trying it out and for one group at one machine.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Facilitate in this terminal and for IRC clients on this machine (the default).")

    /// The group of the terminal.
    private static let group = "lotse"

    @OptionGroup var store: StoreOptions
    @OptionGroup var dialogs: DialogOptions

    @Option(name: .long, help: "The guide: the name of a file in the folder of the guides, or a path.")
    var guide = "kommunale-netzwerke"

    @Option(name: .long, help: "The language: a language that the guide has.")
    var language: String?

    @Option(name: .long, help: "The port that IRC clients on this machine connect to; 0 for none.")
    var port = 6667

    @Option(name: .long, help: "Your name in the session.")
    var name: String?

    func run() async throws {
        let folder = try dialogs.folder()
        let guide = try await usableGuide(in: folder)
        let wording = "\(folder)/wording"
        let language = language.map { Language(rawValue: $0) } ?? guide?.languages[0] ?? Language(rawValue: "de")
        if let guide, !guide.languages.contains(language) {
            let known = guide.languages.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("The guide has no language \(language.rawValue). It has: \(known).")
        }
        let template = Group(
            name: Self.group, rooms: [ConsoleAdapter.room, Room(adapter: "local", name: "#lotse")], guide: guide,
            language: language, anyoneMayStart: true)
        var wiring = Wiring(
            storePath: store.path, exportFolder: store.folder + "/exports", wordingFolder: wording, groups: [template],
            otherRooms: { room in
                var group = template
                group.name = room.description
                group.rooms = [room]
                return group
            },
            logger: Logger(label: "lotse"))
        wiring.logger.logLevel = .warning
        if port != 0 {
            let interpreter = try wiring.interpreter()
            var listener = IRCListener.Configuration(
                overloadedNotice: interpreter.text(Line(.overloaded), in: language))
            listener.port = port
            listener.channels = ["#lotse"]
            listener.isBotEverywhere = true
            listener.accountsFile = store.folder + "/accounts"
            wiring.listener = listener
        }
        wiring.personAtTerminal = name ?? ProcessInfo.processInfo.environment["USER"] ?? "terminal"
        wiring.opening = "!start"
        try await wiring.run()
    }

    /// The guide; nil where it cannot be used and a running session goes on with the version that it began with.
    private func usableGuide(in folder: String) async throws -> Dialog? {
        let checked = DialogFile.check(Places.guide(guide, in: folder))
        if let guide = checked.value { return guide }
        let running = try? await store.forReading().running(in: Self.group)
        guard running != nil else { throw FileProblems(checked.problems) }
        FileHandle.standardError.write(Data("\(FileProblems(checked.problems))\n".utf8))
        return nil
    }
}
