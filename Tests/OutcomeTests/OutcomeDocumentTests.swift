import DialogEngine
import Foundation
import Testing

@testable import Outcome

@Suite("A document of a session")
struct OutcomeDocumentTests {
    @Test(
        "The file is named after the session and what it is",
        arguments: [
            (OutcomeFormat.markdown, "stadtbaeume-musterow-protokoll.md"),
            (.html, "stadtbaeume-musterow-zusammenfassung.html"), (.json, "stadtbaeume-musterow-daten.json"),
            (.csv, "stadtbaeume-musterow-organisationen.csv"), (.ics, "stadtbaeume-musterow-termine.ics"),
            (.large, "stadtbaeume-musterow-zusammenfassung-in-grossdruck.html"),
        ])
    func fileName(format: OutcomeFormat, name: String) throws {
        #expect(try Played.transcript("full").document(format).fileName == name)
    }

    @Test("The name says what departs from the usual, so that files do not mix")
    func departures() throws {
        let session = try Played.transcript("full")
        #expect(
            try session.document(.markdown, withNames: false, audience: .shared).fileName
                == "stadtbaeume-musterow-protokoll-ohne-namen-zur-weitergabe.md")
        #expect(
            try session.document(.html, audience: .group).fileName == "stadtbaeume-musterow-zusammenfassung-intern.html"
        )
    }

    @Test("A name without any usable character still gives a file name")
    func strangeName() throws {
        let session = try Played.session("anna: + a")
        #expect(try session.document(.csv).fileName == "trees-organisations.csv")
        let strange = try Played.transcript("full").document(.ics).fileName
        #expect(strange.allSatisfy { $0.isASCII && !$0.isUppercase && $0 != "/" && $0 != " " })
    }

    @Test(
        "The same session gives the same bytes, also when it was read from a snapshot",
        arguments: OutcomeFormat.allCases)
    func stable(format: OutcomeFormat) throws {
        let session = try Played.transcript("full")
        let decoder = JSONDecoder()
        decoder.userInfo[try #require(Session.dialogKey)] = session.dialog
        let stored = try decoder.decode(Session.self, from: JSONEncoder().encode(session))
        #expect(try session.document(format) == stored.document(format))
    }

    @Test("Every format copes with a session in which nothing was said", arguments: OutcomeFormat.allCases)
    func empty(format: OutcomeFormat) throws {
        #expect(try !Played.transcript("empty").document(format).text.isEmpty)
    }
}
