import ArgumentParser
import ConsoleAdapter
import DialogEngine
import DialogFiles
import Facilitation
import Foundation
import Wording

/// `lotse rehearse`: plays a guide without storing anything.
struct RehearseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse", abstract: "Play a guide with any number of people and a clock; nothing is stored.",
        discussion: """
            What you type, line by line:
              text                      you say it in the room; begin with !start
              anna: text                anna says it in the room
              private dirk: text        dirk says it to the bot alone
              ceyda joins · ceyda leaves
              clock +10m                time passes: m minutes, h hours, d days, w weeks
              clock 2026-12-01 09:00    the time it is from here on
            Lines of a transcript made with --record are understood too, so that it can be played again.
            """)

    @Argument(help: "The guide: the name of a file in the folder of the guides, or a path.")
    var guide: String

    @OptionGroup var dialogs: DialogOptions

    @Option(name: .long, help: "The language: a language that the guide has.")
    var language: String?

    @Option(name: .long, help: "Your own name.")
    var name = "ich"

    @Option(name: .long, help: "The time at which the rehearsal begins, as 2026-11-22 19:00; else now.")
    var at: String?

    @Option(name: .long, help: "The time zone, as Europe/Berlin; else that of this machine.")
    var timeZone: String?

    @Option(name: .long, help: "The folder for what !export and !ende write.")
    var exports = FileManager.default.temporaryDirectory.appendingPathComponent("lotse-rehearsal").path

    @Option(name: .long, help: "Write everything that is said to this file.")
    var record: String?

    func run() async throws {
        let folder = try dialogs.folder()
        let dialog = try DialogFile.read(Places.existingGuide(guide, in: folder))
        let zone = try timeZone.map { try Self.zone(named: $0) } ?? TimeZone.current
        let clock = RehearsalClock(timeZone: zone)
        guard let begin = try at.map({ try moment($0, clock) }) ?? Date(),
            let interpreter = Interpreter(
                phrasebooks: try WordingFiles.read(folder: "\(folder)/wording"), botName: "lotse", timeZone: zone)
        else { return }
        let group = Group(
            name: dialog.id, rooms: [], guide: dialog,
            language: try dialog.language(named: language), anyoneMayStart: true)
        let rehearsal = try await Rehearsal(
            group, interpreter: interpreter, store: MemorySessionStore(),
            outcomes: OutcomeFiles(folder: exports), at: begin)
        var player = try RehearsalPlayer(rehearsal: rehearsal, clock: clock, ownName: name, record: record)
        try await player.play()
    }

    private static func zone(named name: String) throws -> TimeZone {
        guard let zone = TimeZone(identifier: name) else {
            throw CommandError("there is no time zone \(name); for example: Europe/Berlin")
        }
        return zone
    }

    private func moment(_ text: String, _ clock: RehearsalClock) throws -> Date? {
        guard let moment = clock.moment(text, after: Date()) else {
            throw CommandError("--at \(text) is no time; for example: --at \"2026-11-22 19:00\"")
        }
        return moment
    }
}
