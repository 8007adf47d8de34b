import DialogEngine
import Foundation
import Testing

@testable import Outcome

@Suite("The records as JSON")
struct JSONRecordsTests {
    @Test(
        "Whatever is written is as the schema says", arguments: ["full", "half", "empty"],
        [(true, OutcomeDocument.Audience.group), (true, .shared), (false, .group), (false, .shared)])
    func schema(transcript: String, option: (withNames: Bool, audience: OutcomeDocument.Audience)) throws {
        let document = try Played.transcript(transcript).document(
            .json, withNames: option.withNames, audience: option.audience)
        let schema = try SchemaCheck(OutcomeDocument.jsonSchema)
        #expect(schema.problems(in: document.text) == [])
    }

    @Test("The check finds what is not as the schema says")
    func control() throws {
        let schema = try SchemaCheck(OutcomeDocument.jsonSchema)
        let text = try Played.transcript("full").document(.json).text
        for (good, bad) in [
            ("\"format\": \"lotse-outcome\"", "\"format\": \"other\""),
            ("\"participants\": 4", "\"participants\": \"4\""),
            ("\"isDone\"", "\"done\""), ("\"id\": \"A1\"", "\"id\": \"a1\""),
            ("\"state\": \"agreed\"", "\"state\": \"good\""),
        ] {
            #expect(text.contains(good))
            #expect(schema.problems(in: text.replacing(good, with: bad)) != [], "\(bad)")
        }
    }

    @Test("Members come in the sequence of the schema, moments are ISO 8601")
    func sequence() throws {
        let text = try Played.transcript("empty").document(.json).text
        #expect(
            text.hasPrefix(
                """
                {
                  "format": "lotse-outcome",
                  "version": 2,
                  "asOf": "2026-11-22T17:00:00Z",
                  "timeZone": "Europe/Berlin",
                  "language": "de",

                """))
    }

    @Test("A date in a row is read, with the day of the document's time zone")
    func dates() throws {
        let session = try Played.session("anna: !goto steps", "anna: + ask; Bernd; by 10 Dec 2026")
        let text = try session.document(.json).text
        #expect(text.contains("\"day\": \"2026-12-10\"") && text.contains("\"until\": \"2026-12-10T22:59:59Z\""))
    }

    @Test(
        "A string is escaped as RFC 8259 wants it",
        arguments: [
            ("a\"b", #""a\"b""#), ("a\\b", #""a\\b""#), ("a\nb\tc\r", #""a\nb\tc\r""#),
            ("\u{1}\u{1F}", #""\u0001\u001f""#),
            ("\u{2028}", #""\u2028""#), ("Grüße 🌳", "\"Grüße 🌳\""), ("</script>", "\"</script>\""),
        ])
    func strings(text: String, written: String) {
        #expect(JSONValue.string(text).text() == written)
    }
}
