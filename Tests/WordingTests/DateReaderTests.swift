import DialogEngine
import Foundation
import Testing

@testable import Wording

@Suite("Dates as people type them")
struct DateReaderTests {
    /// A Sunday evening.
    static let now = ShippedWording.moment("2026-11-22 19:00")

    let reader: DateReader

    init() throws {
        reader = DateReader(phrasebooks: try ShippedWording.phrasebooks, timeZone: ShippedWording.timeZone)
    }

    @Test(
        "a day ends with its last second",
        arguments: [
            ("2.12.", "2026-12-02"), ("02.12.", "2026-12-02"), ("2.12", "2026-12-02"), ("2. 12.", "2026-12-02"),
            ("2.12.26", "2026-12-02"), ("02.12.2026", "2026-12-02"), ("2.12.2027", "2027-12-02"),
            ("22.11.", "2026-11-22"), ("21.11.", "2027-11-21"), ("1.1.", "2027-01-01"), ("29.2.", "2028-02-29"),
            ("2. Dezember", "2026-12-02"), ("2. Dez", "2026-12-02"), ("2 Dec 2026", "2026-12-02"),
            ("Dec 2", "2026-12-02"), ("3. März", "2027-03-03"), ("3. maerz 2027", "2027-03-03"),
            ("2026-12-02", "2026-12-02"), ("heute", "2026-11-22"), ("morgen", "2026-11-23"),
            ("übermorgen", "2026-11-24"), ("uebermorgen", "2026-11-24"), ("tomorrow", "2026-11-23"),
            ("Montag", "2026-11-23"), ("Freitag", "2026-11-27"), ("fr", "2026-11-27"), ("Sonntag", "2026-11-29"),
            ("nächsten Freitag", "2026-11-27"), ("friday", "2026-11-27"), ("in 2 Wochen", "2026-12-06"),
            ("in 3 Tagen", "2026-11-25"), ("in 1 Monat", "2026-12-22"), ("in 2 weeks", "2026-12-06"),
        ])
    func readsDays(typed: String, day: String) {
        let expected = ShippedWording.moment("\(day) 23:59:59")
        guard case .due(let due) = reader.read(typed, now: Self.now) else {
            Issue.record("\(typed) is no date")
            return
        }
        #expect(due.moment == expected)
        #expect(due.isWholeDay)
    }

    @Test(
        "a clock time counts to the minute",
        arguments: [
            ("2.12. 18:00", "2026-12-02 18:00"), ("2.12., 18 Uhr", "2026-12-02 18:00"),
            ("2.12. um 18.30 Uhr", "2026-12-02 18:30"), ("Freitag 9:05", "2026-11-27 09:05"),
            ("2026-12-02T18:00", "2026-12-02 18:00"), ("2026-12-02 18:00", "2026-12-02 18:00"),
            ("20:15", "2026-11-22 20:15"), ("18:00", "2026-11-23 18:00"), ("morgen 10 Uhr", "2026-11-23 10:00"),
            ("in 20 Minuten", "2026-11-22 19:20"), ("in 2 Stunden", "2026-11-22 21:00"),
        ])
    func readsClockTimes(typed: String, moment: String) {
        let expected = ShippedWording.moment(moment)
        guard case .due(let due) = reader.read(typed, now: Self.now) else {
            Issue.record("\(typed) is no time")
            return
        }
        #expect(due.moment == expected)
        #expect(!due.isWholeDay)
        #expect(due.reminder == expected.addingTimeInterval(-3600))
    }

    @Test(
        "what names no day is no date",
        arguments: [
            "", "bald", "in Wochen", "in 0 Tagen", "25:00", "2.12. 24:61", "12",
            "99999999999999999999.1.", "in 99999999999 Tagen", "nächsten", "zweiter Dezember",
        ])
    func refusesNonsense(typed: String) {
        #expect(reader.read(typed, now: Self.now) == .notADate)
    }

    @Test(
        "a day that the calendar does not have is told apart",
        arguments: ["31.2.", "30.2.2027", "0.1.", "1.13.", "2026-13-01", "31. Februar", "Feb 30 2027"])
    func knowsTheCalendar(typed: String) {
        #expect(reader.read(typed, now: Self.now) == .noSuchDay)
    }

    @Test(
        "a day that has passed is told apart",
        arguments: ["gestern", "yesterday", "1.1.2026", "21.11.2026", "2020-05-05", "21.11.26 10:00"])
    func refusesThePast(typed: String) {
        #expect(reader.read(typed, now: Self.now) == .past)
    }

    @Test("the reminder for a day comes at nine on the day before")
    func remindsTheDayBefore() {
        guard case .due(let due) = reader.read("2.12.", now: Self.now) else {
            Issue.record("no date")
            return
        }
        #expect(due.reminder == ShippedWording.moment("2026-12-01 09:00"))
    }

    @Test("days are right over the change of the clocks")
    func countsOverTheChangeOfTheClocks() {
        let now = ShippedWording.moment("2027-03-27 23:30")
        guard case .due(let due) = reader.read("morgen", now: now) else {
            Issue.record("no date")
            return
        }
        #expect(due.moment == ShippedWording.moment("2027-03-28 23:59:59"))
    }
}
