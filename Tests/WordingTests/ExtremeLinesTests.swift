import DialogEngine
import Foundation
import Testing

@testable import Wording

/// Numbers and dates that nobody means, in every line that takes one: a number that is reckoned with unchecked would end
/// the program.
@Suite struct ExtremeLinesTests {
    static let numbers = [
        "\(Int.min)", "\(Int.max)", "-9223372036854775809", "9223372036854775808", "99999999999999999999", "-0", "-1",
        "1e308", "1e400", "NaN", "1" + String(repeating: "0", count: 400), String(repeating: "9", count: 30_000), "１０",
        "²", "0x10",
    ]
    private static let now = ShippedWording.moment("2026-11-22 19:00")
    private static let german = Language(rawValue: "de")

    private let reader: LineReader
    private let dates: DateReader

    init() throws {
        let phrasebooks = try ShippedWording.phrasebooks
        reader = LineReader(phrasebooks: phrasebooks, botName: "lotse", timeZone: ShippedWording.timeZone)
        dates = DateReader(phrasebooks: phrasebooks, timeZone: ShippedWording.timeZone)
    }

    private func read(_ line: String) -> Command { reader.read(line, at: Self.now, in: Self.german) }

    @Test("No verb takes a number that is out of its range", arguments: numbers)
    func refusesNumbers(_ number: String) {
        for verb in ["zeit ", "zeit +", "still ", "punkte "] {
            guard case .incomplete = read("!\(verb)\(number)") else {
                Issue.record("!\(verb)\(number.prefix(30)) is \(read("!\(verb)\(number)"))")
                continue
            }
        }
        for line in ["!zeig B", "!ändern B", "!zurückziehen B", "!punkt B", "!kontakt O", "!geklärt K", "!erledigt A"] {
            _ = read("\(line)\(number) Text")
        }
        for line in ["!kontakt O1 anna takt=", "!gehe schritt", "!gehe ", "+", "= ", "? ", "!aufgabe dirk bis "] {
            _ = read("\(line)\(number)")
            _ = read("\(line)\(number)w")
        }
    }

    @Test("A date with such a number in it is none, or one that the calendar has", arguments: numbers)
    func refusesDates(_ number: String) {
        let patterns = [
            "in # Tagen", "in # Wochen", "in # Monaten", "in # Minuten", "in # Stunden", "#.12.", "2.#.", "2.12.#",
            "2. Dezember #", "# Dezember", "#-12-02", "2026-#-02", "2026-12-#", "#:00", "18:#", "# Uhr", "18.# Uhr",
            "2.12. #:00", "2026-12-02T#:00", "2026-12-02T18:#", "#", "#.#.#", "#-#-#",
        ]
        for pattern in patterns {
            guard case .due(let due) = dates.read(pattern.replacing("#", with: number), now: Self.now) else { continue }
            #expect(due.moment > Self.now && due.moment < ShippedWording.moment("2100-01-01 00:00"), "\(pattern)")
        }
        _ = dates.read("2026-12-02T18:00:\(number)", now: Self.now)
    }

    @Test(
        "The last day that there is can be read and shown", arguments: ["31.12.9999", "9999-12-31", "31.12.9999 23:59"])
    func readsFarDays(_ typed: String) {
        guard case .due(let due) = dates.read(typed, now: Self.now) else {
            Issue.record("\(typed) is no date")
            return
        }
        #expect(due.reminder < due.moment)
    }
}
