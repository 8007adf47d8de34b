import DialogEngine
import Testing

@testable import Outcome

@Suite("What is due as a calendar file")
struct CalendarDatesTests {
    private func calendar(_ session: Session) throws -> String { try session.document(.ics).text }

    private func unfolded(_ text: String) -> [String] {
        text.replacing("\r\n ", with: "").split(separator: "\r\n").map(String.init)
    }

    @Test("A day is an all-day event, a clock time a moment in UTC")
    func times() throws {
        let session = try Played.session(
            "anna: !action bernd by 5 Dec 2026: measure", "anna: !action dirk by 6 Jul 2027 18:00: ask")
        let lines = unfolded(try calendar(session))
        #expect(lines.contains("DTSTART;VALUE=DATE:20261205") && lines.contains("DTEND;VALUE=DATE:20261206"))
        #expect(lines.contains("DTSTART:20270706T160000Z"))
        #expect(lines.contains("SUMMARY:A1 measure") && lines.contains("UID:s-1-A1@lotse"))
    }

    @Test("Questions to experts and dated rows are in it; what is done, cleared or undated is not")
    func contents() throws {
        let session = try Played.session(
            "dirk: ? who may?", "dirk: !expert K1 Water Board by 2 Dec 2026", "dirk: ? how deep?",
            "dirk: !expert K2 Depot by 3 Dec 2026", "dirk: !cleared K2 two metres", "dirk: ? why?",
            "anna: !action bernd by 5 Dec 2026: measure", "bernd: !done A1", "anna: !action bernd: think",
            "anna: !goto steps", "anna: + ask; Bernd; by 10 Dec 2026", "anna: + wait; Bernd; soon")
        let ids = unfolded(try calendar(session)).filter { $0.hasPrefix("UID:") }
        #expect(ids == ["UID:s-1-K1@lotse", "UID:s-1-proceed.next-steps-ask@lotse"])
    }

    @Test("Events come in the order of their dates, and a row that moves keeps its UID")
    func order() throws {
        let rows = ["anna: !goto steps", "anna: + ask; Bernd; 10 Dec 2026"]
        let before = try Played.session("anna: !action bernd by 12 Dec 2026: measure", rows[0], rows[1])
        let after = try Played.session(rows[0], "anna: + first; Bernd; 1 Dec 2026", rows[1])
        func ids(_ session: Session) throws -> [String] {
            unfolded(try calendar(session)).filter { $0.hasPrefix("UID:") }.map { String($0.dropFirst(8)) }
        }
        #expect(try ids(before) == ["proceed.next-steps-ask@lotse", "A1@lotse"])
        #expect(try ids(after) == ["proceed.next-steps-first@lotse", "proceed.next-steps-ask@lotse"])
    }

    @Test("A change keeps the UID and raises the sequence")
    func revisions() throws {
        let before = try Played.session(
            "anna: !action bernd by 5 Dec 2026: measure", "dirk: ? why?", "dirk: !expert K1 Depot by 3 Dec 2026")
        let after = try Played.session(
            "anna: !action bernd by 5 Dec 2026: measure", "dirk: ? why?", "dirk: !expert K1 Depot by 3 Dec 2026",
            "dirk: !expert K1 Depot by 4 Dec 2026")
        func sequences(_ session: Session) throws -> [Int] {
            unfolded(try calendar(session)).compactMap { $0.hasPrefix("SEQUENCE:") ? Int($0.dropFirst(9)) : nil }
        }
        let (old, new) = (try sequences(before), try sequences(after))
        #expect(old.count == 2 && new.count == 2)
        #expect(new[0] > old[0] && new[1] == old[1])
    }

    @Test(
        "Lines end with CR LF, are at most 75 octets long and cut no character", arguments: ["full", "half", "empty"])
    func folding(transcript: String) throws {
        let text = try calendar(Played.transcript(transcript))
        let lines = Array(text.utf8).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        #expect(lines.last?.isEmpty == true)
        for line in lines.dropLast() {
            #expect(line.last == UInt8(ascii: "\r"))
            #expect(line.count - 1 <= 75)
            #expect(String(validating: line, as: UTF8.self) != nil)
        }
    }

    @Test("A long text comes back whole")
    func whole() throws {
        let long = String(repeating: "Straßenbäume 🌳 überall ", count: 20) + "Ende"
        let session = try Played.session("anna: !action bernd by 5 Dec 2026: \(long)")
        #expect(unfolded(try calendar(session)).contains("SUMMARY:A1 \(long)"))
    }

    @Test("Commas, semicolons, backslashes and line ends are escaped, so that nobody adds a property")
    func escaping() throws {
        let session = try Played.session("anna: !action bernd by 5 Dec 2026: a, b; c\\d\r\nATTENDEE:mailto:x@y")
        let lines = unfolded(try calendar(session))
        #expect(lines.contains(#"SUMMARY:A1 a\, b\; c\\d\nATTENDEE:mailto:x@y"#))
        #expect(!lines.contains { $0.hasPrefix("ATTENDEE") })
    }
}
