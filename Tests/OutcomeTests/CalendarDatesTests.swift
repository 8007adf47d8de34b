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
        #expect(lines.contains("SUMMARY:A1 measure") && lines.contains("UID:q7x2-A1@lotse"))
    }

    /// UID, status and the first words of each event.
    private func events(_ session: Session) throws -> [String] {
        let lines = unfolded(try calendar(session))
        return lines.split(separator: "BEGIN:VEVENT").dropFirst().map { lines in
            func value(_ name: String) -> Substring {
                lines.first { $0.hasPrefix("\(name):") }?.dropFirst(name.count + 1) ?? "-"
            }
            let id = value("UID").replacing("q7x2-", with: "").replacing("@lotse", with: "")
            return "\(id) \(value("STATUS").prefix(4)) \(value("SUMMARY"))"
        }
    }

    @Test("What is done, cleared, made or withdrawn stays in it as cancelled, so that calendars strike it out")
    func contents() throws {
        let session = try Played.session(
            "dirk: ? who may?", "dirk: !expert K1 Water Board by 2 Dec 2026", "dirk: ? how deep?",
            "dirk: !expert K2 Depot by 3 Dec 2026", "dirk: !cleared K2 two metres", "dirk: ? why?",
            "dirk: !expert K3 Depot by 4 Dec 2026", "dirk: !withdraw K3",
            "anna: !action bernd by 5 Dec 2026: measure", "bernd: !done A1", "anna: !action bernd: think",
            "anna: !action bernd by 6 Dec 2026: secret", "anna: !withdraw A3",
            "anna: !goto steps", "anna: + ask; Bernd; by 10 Dec 2026", "anna: + wait; Bernd; soon",
            "anna: + gone; Bernd; by 11 Dec 2026", "anna: !withdraw B4")
        #expect(
            try events(session) == [
                "K1 CONF K1 who may?", "K2 CANC K2 how deep? (cleared)", "K3 CANC does not apply",
                "A1 CANC A1 measure (done)", "A3 CANC does not apply", "B2-1 CONF ask", "B4-1 CANC does not apply",
            ])
        #expect(try !calendar(session).contains("gone") && !calendar(session).contains("secret"))
    }

    @Test("A row keeps its UID when it is reworded, moved, or agreed on, and two rows never share one")
    func rows() throws {
        let rows = ["anna: !goto steps", "anna: + Вода; Bernd; 10 Dec 2026", "anna: + Лиса; Bernd; 11 Dec 2026"]
        #expect(try events(Played.session(rows)) == ["B1-1 CONF Вода", "B2-1 CONF Лиса"])
        let reworded = try Played.session(rows + ["anna: s/Вода/Вода и лес/", "anna: s/11 Dec/9 Dec/"])
        #expect(try events(reworded) == ["B2-1 CONF Лиса", "B1-1 CONF Вода и лес"])
        let agreed = try Played.session(
            rows + ["anna: = Лиса; Bernd; 12 Dec 2026", "anna: !ok", "anna: !agree", "anna: !agree really"])
        #expect(try events(agreed) == ["B1-1 CANC does not apply", "B2-1 CONF Лиса"])
        let undated = try Played.session(rows + ["anna: s/11 Dec 2026/soon/"])
        #expect(try events(undated).contains("B2-1 CANC does not apply"))
    }

    @Test("A contact comes again until the session is erased, and is cancelled when it comes no more")
    func contacts() throws {
        let planned = ["anna: !goto partners", "anna: + Depot", "anna: !contact O1 anna by 9 Dec 2026 rhythm=4w"]
        let lines = unfolded(try calendar(Played.session(planned)))
        #expect(lines.contains("RRULE:FREQ=WEEKLY;INTERVAL=4;UNTIL=20270531"))
        #expect(lines.filter { $0 == "BEGIN:VALARM" }.count == 1 && lines.contains("TRIGGER:-PT15H"))
        let withdrawn = try Played.session(planned + ["anna: !withdraw B1"])
        #expect(try events(withdrawn) == ["O1-contact CANC does not apply"])
        #expect(try !calendar(withdrawn).contains("VALARM") && !calendar(withdrawn).contains("RRULE"))
        let once = [
            "anna: !goto partners", "anna: + Depot", "anna: !contact O1 anna by 9 Dec 2026", "anna: !contact O1 done",
        ]
        #expect(try events(Played.session(once)) == ["O1-contact CANC Contact: Depot (made)"])
    }

    @Test("No key of a question is in it, but its words")
    func questions() throws {
        let session = try Played.session("dirk: ? who may?", "dirk: !expert K1 Depot by 2 Dec 2026")
        let prompt = try #require(session.currentQuestion?.prompt[session.language])
        #expect(
            unfolded(try calendar(session)).contains { $0.hasPrefix("DESCRIPTION:") && $0.contains(prompt.prefix(12)) })
    }

    @Test("A calendar without any event has the component that RFC 5545 wants")
    func empty() throws {
        let lines = unfolded(try calendar(Played.session()))
        #expect(lines.filter { $0.hasPrefix("BEGIN:") } == ["BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "BEGIN:STANDARD"])
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
        let rows = ["anna: !goto steps", "anna: + a; Bernd; 10 Dec 2026", "anna: + b; Bernd; 11 Dec 2026"]
        let (all, fewer) = (try Played.session(rows), try Played.session(rows + ["anna: !withdraw B2"]))
        let (lowest, highest) = (try sequences(fewer).min() ?? 0, try sequences(all).max() ?? 0)
        #expect(lowest > highest && highest > 0)
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
