import DialogEngine
import FoundationEssentials
import Testing
import Wording

@testable import DialogFiles

@Suite("Commands that a wording tells people to type")
struct WordingCommandsTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Dialogs/wording").path

    private static func text(_ language: String) throws -> String {
        String(decoding: try SourceFile.yaml(at: "\(folder)/\(language).yaml"), as: UTF8.self)
    }

    struct Slip: Sendable, CustomTestStringConvertible {
        let language: String
        let old: String
        let new: String
        let problem: String
        var testDescription: String { "\(old) → \(new)" }
    }

    static let slips = [
        Slip(
            language: "en", old: #"settleContact: "!contact {id} done""#, new: #"settleContact: "!contact {id} made""#,
            problem:
                #"phrases.settleContact: "!contact O3 made" means something else than "!kontakt O3 erledigt" in de"#),
        Slip(
            language: "de", old: "Ansehen: !parkplatz", new: "Ansehen: !parkhaus",
            problem: #"phrases.parked: tells people to type "!parkhaus", which is no command in de"#),
        Slip(
            language: "de", old: "Zum Beispiel: !still 5", new: "Zum Beispiel: !still lange",
            problem:
                #"phrases.badSilence: tells people to type "!still lange", which lacks something or has it in another form"#
        ),
        Slip(
            language: "en", old: "usage: \"!withdraw B7", new: "usage: \"!withdraw seven",
            problem:
                #"verbs.withdraw.usage: tells people to type "!withdraw seven", which lacks something or has it in another form"#
        ),
    ]

    @Test("What is no command, or another one than in the first language, is a problem at its place", arguments: slips)
    func slip(slip: Slip) throws {
        let sources = try ["de", "de-simple", "en"].map { language in
            var text = try Self.text(language)
            if language == slip.language {
                #expect(text.contains(slip.old))
                text = text.replacing(slip.old, with: slip.new)
            }
            return SourceText(Array(text.utf8), file: "\(language).yaml")
        }
        let problems = WordingFiles.check(sources).problems
        #expect(problems.map { "\($0.path): \($0.what)" } == [slip.problem])
        #expect(problems.allSatisfy { $0.file == "\(slip.language).yaml" && $0.position != nil })
    }

    static let texts: [(text: String, commands: [String])] = [
        ("Bitte !ok, !einwand Grund oder !enthaltung", ["!ok", "!einwand Grund", "!enthaltung"]),
        ("!experte K1 Amt bis 2.12. · mehr: !hilfe", ["!experte K1 Amt bis 2.12.", "!hilfe"]),
        ("Ist es getan? !erledigt A2. Neuer Tag: !ändern A2", ["!erledigt A2", "!ändern A2"]),
        ("Halt! Das geht nicht!", []), ("Nachtragen (!geklärt) geht.", ["!geklärt"]),
    ]

    @Test("A command ends where its sentence or its example does", arguments: texts)
    func pieces(text: String, commands: [String]) {
        #expect(WordingCommands.pieces(of: text) == commands)
    }
}
