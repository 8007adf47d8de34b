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
    static let group = "lotse"
    private static let usualGuide = "kommunale-netzwerke"

    @OptionGroup var store: StoreOptions
    @OptionGroup var dialogs: DialogOptions

    @Option(
        name: .long,
        help: "The guide: the name of a file in the folder of the guides, or a path; else kommunale-netzwerke."
    )
    var guide: String?

    @Option(name: .long, help: "The language: a language that the guide has.")
    var language: String?

    @Option(name: .long, help: "The port that IRC clients on this machine connect to; 0 for none.")
    var port = 6667

    @Option(name: .long, help: "Your name in the session.")
    var name: String?

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port \(port) is no port; allowed: 1 to 65535, or 0 for none.")
        }
    }

    func run() async throws {
        let signals = await SignalService.trap()
        let place = try Place(state: store.state, configuration: nil, environment: ProcessInfo.processInfo.environment)
        let state = place.state
        try KeptFolder(path: state).check()
        guard Self.hasInput else {
            throw CommandError(
                "there is no terminal, and standard input has nothing in it; type in a terminal, pipe lines in (lotse < FILE), or run in the background with: lotse serve --config FILE",
                .noInput)
        }
        let folder = try dialogs.folder()
        let running = try await runningSession(in: state)
        let guide = try usableGuide(in: folder, insteadOf: running)
        let wording = "\(folder)/wording"
        let language = try guide?.language(named: language) ?? running?.language ?? Language(rawValue: "de")
        for note in running.map(withoutEffect) ?? [] { tell(note) }
        let template = Group(
            name: Self.group, rooms: [ConsoleAdapter.room, Room(adapter: "local", name: "#lotse")], guide: guide,
            language: language, anyoneMayStart: true, workshop: Self.group)
        let interpreter = try Wiring.interpreter(folder: wording, .current)
        var wiring = Wiring(
            signals: signals, state: state, exportFolder: Place.exports(in: state), wordingFolder: wording,
            interpreter: interpreter,
            groups: [template],
            otherRooms: { room in
                var group = template
                group.name = room.description
                group.rooms = [room]
                return group
            },
            logger: Logger(label: "lotse"))
        wiring.logger.logLevel = .warning
        wiring.guideFiles = [Places.guide(self.guide ?? Self.usualGuide, in: folder)]
        if port != 0 {
            var listener = IRCListener.Configuration(
                overloadedNotice: interpreter.text(Line(.overloaded), in: language))
            listener.port = port
            listener.channels = ["#lotse"]
            listener.isBotEverywhere = true
            listener.accountsFile = Place.accounts(in: state)
            wiring.listener = listener
            wiring.addresses = [ListeningAddress(host: listener.host, port: port)]
        }
        wiring.personAtTerminal = name ?? ProcessInfo.processInfo.environment["USER"] ?? "terminal"
        wiring.opening = await hasHomework(in: state) ? "!hilfe" : "!start"
        try await wiring.run()
    }

    /// Whether somebody can type, or has: a terminal, a pipe, or a file that is not empty.
    private static var hasInput: Bool {
        if isatty(STDIN_FILENO) == 1 { return true }
        var status = stat()
        guard fstat(STDIN_FILENO, &status) == 0 else { return false }
        return switch status.st_mode & S_IFMT {
        case S_IFCHR, S_IFDIR: false
        case S_IFREG: lseek(STDIN_FILENO, 0, SEEK_CUR) < status.st_size
        default: true
        }
    }

    /// Whether the last session is over, and something in it is still to be reminded of.
    private func hasHomework(in state: String) async -> Bool {
        guard let reading = try? SQLiteStore(readingFrom: Place.store(in: state)),
            let id = try? await reading.latest(in: Self.group),
            let session = try? await reading.load(id)
        else { return false }
        return session.state == .ended && session.nextDeadline != nil
    }

    private func runningSession(in state: String) async throws -> Session? {
        let path = Place.store(in: state)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let store = try SQLiteStore(readingFrom: path)
        guard let id = try await store.running(in: Self.group) else { return nil }
        return try await store.load(id)
    }

    /// The guide; nil where none was asked for, the usual one cannot be used, and a running session goes on with the
    /// version that it began with.
    private func usableGuide(in folder: String, insteadOf running: Session?) throws -> Dialog? {
        let path = try guide.map { try Places.existingGuide($0, in: folder) }
        let checked = DialogFile.check(path ?? Places.guide(Self.usualGuide, in: folder))
        if let guide = checked.value { return guide }
        guard guide == nil, running != nil else { throw FileProblems(checked.problems) }
        tell("\(FileProblems(checked.problems))")
        return nil
    }

    /// What was asked for, and is for the next session only.
    private func withoutEffect(on session: Session) -> [String] {
        let person = session.person(with: ConsoleAdapter.identity)
        let others = [
            guide.map { ($0, "guide", session.dialog.id, "!ende, then !start") },
            language.map { ($0, "language", session.language.rawValue, "!sprache \($0)") },
            person.flatMap { person in name.map { ($0, "name", person.name, "!hier \($0)") } },
        ]
        return others.compactMap { $0 }.filter { $0.0 != $0.2 }.map { wanted, option, present, verb in
            "»\(session.name)« is running with the \(option) \(present); --\(option) \(wanted) changes nothing. To change it: \(verb)"
        }
    }

    private func tell(_ note: String) {
        FileHandle.standardError.write(Data("\(note)\n".utf8))
    }
}
