import DialogEngine
import Foundation
import Testing

@testable import Wording

@Suite("Speaking")
struct RendererTests {
    private func renderer(_ language: String) throws -> Renderer {
        let phrasebook = try #require(
            try ShippedWording.phrasebooks.first { $0.language == Language(rawValue: language) })
        return Renderer(phrasebook: phrasebook, timeZone: ShippedWording.timeZone)
    }

    @Test("one and many have their own forms")
    func choosesTheForm() throws {
        let german = try renderer("de")
        let one = Line(.welcomeAgreed, [.questions: .list([.text("»a«")]), .total: .count(1)])
        let two = Line(.welcomeAgreed, [.questions: .list([.text("»a«"), .text("»b«")]), .total: .count(2)])
        #expect(german.text(one) == "»a« ist vereinbart.")
        #expect(german.text(two) == "»a«, »b« sind vereinbart.")
    }

    @Test(
        "days are written as the language writes them",
        arguments: [("de", "02.12.2026"), ("de-simple", "2.12.2026"), ("en", "2 Dec 2026")])
    func writesDays(language: String, day: String) throws {
        #expect(try renderer(language).day(ShippedWording.moment("2026-12-02 12:00")) == day)
    }

    @Test("a clock time is shown only where one was named")
    func writesClockTimes() throws {
        let moment = ShippedWording.moment("2026-12-02 18:00")
        let due = DueDate(moment: moment, isWholeDay: false, reminder: moment)
        #expect(try renderer("de").text(due) == "02.12.2026, 18:00 Uhr")
    }

    @Test("dates in the columns of a row are found, and what is none is known to be none")
    func readsColumns() throws {
        let now = ShippedWording.moment("2026-11-22 19:00")
        let dates = try renderer("de").dates(in: "+ Antrag; Bauamt; bis 15.1.", at: now)
        #expect(dates["bis 15.1."]??.moment == ShippedWording.moment("2027-01-15 23:59:59"))
        #expect(dates["Bauamt"] == .some(nil))
        #expect(try renderer("de").dates(in: "s/Ende Februar/28.2./", at: now)["28.2."]??.isWholeDay == true)
        #expect(try renderer("de").dates(in: "+ morgen", at: now).isEmpty)
    }

    @Test(
        "the greeting fits the hour",
        arguments: [(6, "Guten Morgen"), (12, "Guten Tag"), (19, "Guten Abend"), (2, "Guten Abend")])
    func greets(hour: Int, greeting: String) throws {
        let moment = ShippedWording.moment("2026-12-02 \(hour):00")
        let line = Line(.greeting, [.greeting: .greeting(moment), .text: .text("Hallo")])
        #expect(try renderer("de").text(line).hasPrefix(greeting))
    }

    @Test("every phrase fills all of its slots in every language")
    func fillsEverySlot() throws {
        for phrasebook in try ShippedWording.phrasebooks {
            let renderer = Renderer(phrasebook: phrasebook, timeZone: ShippedWording.timeZone)
            for phrase in Phrase.allCases {
                let values = phrase.slots.map { ($0, Value.text("⟨\($0.rawValue)⟩")) }
                let text = renderer.text(Line(phrase, Dictionary(uniqueKeysWithValues: values)))
                #expect(!text.isEmpty && !text.contains("{") && !text.contains("}"), "\(phrase)")
            }
        }
    }
}
