import DialogEngine
import Foundation
import Testing

@testable import Outcome

@Suite("What nobody may read")
struct PrivacyTests {
    /// Every name, organisation and account in it has `zq` in it, and no text that anybody typed has.
    private static func marked() throws -> Session {
        try Played.session(
            "anna: !here Zqanna Zqberg, Zqoffice", "zqbernd: + trees dry out", "zqdirk: !here Dirk Zqjansen, Zqboard",
            "private zqceyda: + said in private", "zqbernd: = trees dry out in summer; For whom: families",
            "zqdirk: !object too short", "zqceyda: !abstain", "anna: s/summer/dry summers/", "zqbernd: !ok",
            "anna: !agree", "zqdirk: !object still too short", "zqdirk: ? who owns the ground?",
            "zqdirk: !expert K1 Frau Zqberg by 2 Dec 2026", "zqbernd: ? how deep is the sewer?",
            "zqbernd: !expert K2 Water Board by 3 Dec 2026", "zqbernd: !cleared K2 two metres",
            "anna: !action zqbernd by 5 Dec 2026: measure the pits", "anna: !action Zqstranger: take photos",
            "zqceyda: !park the allotments", "anna: !goto steps", "zqbernd: + ask the board; Ms Zqberg; 10 Dec 2026",
            "zqbernd: + ask again; zqceyda; 11 Dec 2026", "anna: !answer from B4 B5", "zqceyda: !ok", "anna: !agree",
            "anna: !goto concerns", "zqdirk: + Shops: fewer customers", "zqdirk: !forgetme really")
    }

    @Test(
        "Without names, no name, organisation or identity of a participant is in any format",
        arguments: OutcomeFormat.allCases, OutcomeDocument.Audience.allCases)
    func withoutNames(format: OutcomeFormat, audience: OutcomeDocument.Audience) throws {
        let document = try Self.marked().document(format, withNames: false, audience: audience)
        #expect(!document.text.lowercased().contains("zq"))
        #expect(!document.fileName.contains("zq"))
    }

    @Test("With names, they are there", arguments: [OutcomeFormat.markdown, .html, .json, .ics])
    func withNames(format: OutcomeFormat) throws {
        let text = try Self.marked().document(format).text
        #expect(text.contains("Zqanna") || text.contains("zqbernd"))
        #expect(!text.contains("test/account"))
    }

    @Test("A forgotten person is somebody, whatever the format", arguments: OutcomeFormat.allCases)
    func forgotten(format: OutcomeFormat) throws {
        let text = try Self.marked().document(format, audience: .group).text
        #expect(!text.contains("Zqboard") && !text.contains("test/account/zqdirk"))
        #expect(!text.contains("too short"))
        if format == .markdown { #expect(text.contains("- somebody\n") || text.contains("- someone\n")) }
    }

    @Test("A contribution that came privately shows no author")
    func privately() throws {
        let session = try Played.session("private bernd: + in confidence", "dirk: + aloud")
        let text = try session.document(.markdown).text
        #expect(text.contains("in confidence (B1)"))
        #expect(text.contains("aloud (B2, dirk)"))
        #expect(try session.document(.json).text.components(separatedBy: "\"author\"").count == 2)
    }

    @Test("Who proposed, voted or objected privately is counted and not named", arguments: OutcomeFormat.allCases)
    func privateRound(format: OutcomeFormat) throws {
        let lines = [
            "private zora: = rain water is missing", "bernd: !ok", "private zora: !ok", "private zora: ? who pays?",
            "private zora: !expert K1 Board by 2 Dec 2026",
        ]
        for end in [[], ["private zora: !object too short", "anna: !agree"], ["anna: !agree"]] {
            let text = try Played.session(lines + end).document(format, audience: .group).text
            let naming = text.split(separator: "\n").filter { $0.contains("zora") }
            // She is one of the people who took part, and that is all.
            #expect(naming.count <= 1, "\(naming)")
            #expect(text.components(separatedBy: "\"person\": 2").count == 1)
        }
    }

    @Test("Withdrawn and still hidden contributions are in no format", arguments: OutcomeFormat.allCases)
    func hidden(format: OutcomeFormat) throws {
        let session = try Played.session(
            "bernd: + zqwithdrawn", "bernd: !withdraw B1", "anna: !goto partners", "bernd: + Zqwithdrawn Ltd",
            "bernd: !withdraw B2", "anna: !silent 5", "private bernd: + Zqhidden Ltd")
        let text = try session.document(format, audience: .group).text
        #expect(!text.lowercased().contains("zq"))
    }

    @Test("Others learn of an internal question only that there is one", arguments: OutcomeFormat.allCases)
    func internalQuestions(format: OutcomeFormat) throws {
        let session = try Played.session(
            "anna: !goto concerns", "bernd: + Zqshops: zqfear", "dirk: ? zqhow many?",
            "dirk: !expert K1 Zqchamber by 2 Dec 2026", "anna: = Zqshops: zqfear", "bernd: !object zqwrong",
            "anna: !agree")
        #expect(try !session.document(format, audience: .shared).text.lowercased().contains("zq"))
        #expect(try session.document(format, audience: .group).text.lowercased().contains("zq"))
    }

    @Test(
        "What is meant for others masks internal questions unless told otherwise",
        arguments: [
            (OutcomeFormat.markdown, OutcomeDocument.Audience.group), (.json, .group), (.html, .shared),
            (.csv, .shared),
            (.ics, .shared),
        ])
    func usualAudience(format: OutcomeFormat, audience: OutcomeDocument.Audience) {
        #expect(format.usualAudience == audience)
    }
}
