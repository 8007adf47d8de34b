import DialogEngine
import DialogFiles
import Foundation
import Testing
import Wording

@testable import lotse

@Suite("Copying a file from paper")
struct PaperCopyingTests {
    private static let now = Date(timeIntervalSince1970: 1_795_366_800)
    private static let anna = Speaker(identity: Identity(rawValue: "local/anna"), name: "anna", appointment: .starter)
    private static let dialogs =
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path() + "Dialogs"

    private static func copying(_ text: String, isEnded: Bool = false) throws -> PaperCopying {
        let guide = try DialogFile.read("\(dialogs)/kommunale-netzwerke.yaml")
        let settings = StartSettings(
            session: "s1", name: "Tisch", language: Language(rawValue: "de"),
            retainedUntil: now.addingTimeInterval(86_400 * 180))
        var session = Session(dialog: guide, settings: settings)
        for command in [Command.start(name: nil)] + (isEnded ? [.end(confirmed: true)] : []) {
            _ = session.advance(by: Input(at: now, kind: .command(command, by: anna, source: .chat)))
        }
        var copying = PaperCopying(
            session: session, typist: Speaker(identity: Identity(rawValue: "console"), name: "maria"),
            interpreter: try Wiring.interpreter(folder: "\(dialogs)/wording", .gmt), at: now)
        copying.copy(SourceText([UInt8](text.utf8), file: "tisch.txt"))
        return copying
    }

    private static let sheet = """
        von: Tisch 3
        problem: Junge Bäume vertrocknen
        Der Kanal läuft über
        // unleserlich
        ressourcen:
        Geld: 5000 Euro

        schritte: Antrag stellen; Bauamt; 5.12.
        innovation= Rigolen unter den Bäumen
        recht? Brauchen wir eine Erlaubnis?
        """

    @Test("A whole sheet is copied, and the group is told what came")
    func sheet() throws {
        let copying = try Self.copying(Self.sheet)
        #expect(copying.problems.isEmpty)
        #expect(
            copying.session.contributions.map(\.text) == [
                "Junge Bäume vertrocknen", "Der Kanal läuft über", "Geld: 5000 Euro", "Antrag stellen; Bauamt; 5.12.",
            ])
        #expect(copying.session.contributions.allSatisfy { $0.source == .paper && $0.writer == "Tisch 3" })
        #expect(copying.summary == "s1: 4 contributions, 1 proposals, 1 open points")
        #expect(copying.outputs.allSatisfy { $0.audience == .room } && copying.outputs.count == 2)
        #expect(copying.session.person(with: Identity(rawValue: "console"))?.isPresent == false)
        #expect(copying.events.map(\.seq) == Array(4...(3 + copying.events.count)))
    }

    @Test(
        "Every line that cannot be read is named with its place",
        arguments: [
            ("Bäume", 1, 1, "no question's key"), ("  porblem: Text", 1, 3, "did you mean \"problem\"?"),
            ("Stadtwerke: Betrieb", 1, 1, "there is no question"), ("problem: Text\n!stand", 2, 1, "is a command"),
            ("bedenken: Herr Müller: Lärm", 1, 1, "names of individuals"),
        ])
    func problems(text: String, line: Int, column: Int, what: String) throws {
        let problems = try Self.copying(text).problems
        #expect(problems.first?.position == Position(line: line, column: column))
        #expect(problems.first.map { "\($0)".contains(what) } == true, "\(problems)")
    }

    @Test("A sheet that is copied once more brings only what is new")
    func again() throws {
        let first = try Self.copying(Self.sheet)
        var second = PaperCopying(
            session: first.session, typist: Speaker(identity: Identity(rawValue: "console"), name: "maria"),
            interpreter: try Wiring.interpreter(folder: "\(Self.dialogs)/wording", .gmt), at: Self.now)
        second.copy(SourceText([UInt8]((Self.sheet + "\nDarf man das?\n").utf8), file: "tisch.txt"))
        #expect(second.problems.isEmpty)
        #expect(second.summary.hasPrefix("s1: 1 contributions, 0 proposals, 0 open points; left out"))
        #expect(second.summary.hasSuffix(" already: 6"))
        #expect(second.session.contributions.last?.question == "prepare.legal")
        // Another table may have written the same.
        var other = PaperCopying(
            session: first.session, typist: Speaker(identity: Identity(rawValue: "console"), name: "maria"),
            interpreter: try Wiring.interpreter(folder: "\(Self.dialogs)/wording", .gmt), at: Self.now)
        other.copy(SourceText([UInt8]("von: Tisch 4\nproblem: Junge Bäume vertrocknen\n".utf8), file: "tisch.txt"))
        #expect(other.summary == "s1: 1 contributions, 0 proposals, 0 open points")
        var third = PaperCopying(
            session: first.session, typist: Speaker(identity: Identity(rawValue: "console"), name: "maria"),
            interpreter: try Wiring.interpreter(folder: "\(Self.dialogs)/wording", .gmt), at: Self.now)
        third.copy(SourceText([UInt8](Self.sheet.utf8), file: "tisch.txt"))
        #expect(third.problems.map(\.what) == ["is in the session already, all of it"])
    }

    @Test("All problems come at once")
    func several() throws {
        #expect(try Self.copying("porblem: A\n!weiter\nbedenken: Frau Klein: Lärm").problems.count == 3)
    }

    @Test("An empty file, and a session that has ended, are said")
    func nothing() throws {
        #expect(try Self.copying("\n// nur Notizen\n").problems.map(\.what) == ["has no line that could be copied"])
        let ended = try Self.copying(Self.sheet, isEnded: true).problems
        #expect(ended.count == 1 && ended.first?.what.contains("!resume") == true)
    }
}
