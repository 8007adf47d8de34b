import Testing

@testable import Outcome

@Suite("Text on the map")
struct MapTextTests {
    static let names = [
        "Stadtwerke", "Ingenieurbüro für Regenwasserbewirtschaftung und Grünflächenunterhaltung",
        "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
        "Landesamt für Umwelt, Naturschutz und Geologie Mecklenburg-Vorpommern", "Straßenverkehrsbehörde", "A",
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    ]

    @Test("No line is broader than its room, and there are no more lines than wanted", arguments: names, [1, 3])
    func lines(name: String, limit: Int) {
        let lines = MapText.lines(name, size: 14, isBold: true, width: 172, limit: limit)
        #expect((1...limit).contains(lines.count))
        for line in lines { #expect(MapText.width(line, size: 14, isBold: true) <= 172, "\(line)") }
    }

    @Test("A text that fits keeps all of its words; one that does not ends in an ellipsis")
    func ellipsis() {
        let words = "Amt für Stadtentwicklung"
        #expect(MapText.lines(words, size: 14, isBold: true, width: 172, limit: 3).joined(separator: " ") == words)
        #expect(MapText.lines(words, size: 14, isBold: true, width: 60, limit: 1).last?.hasSuffix("…") == true)
    }

    @Test("A long word is parted at a syllable, with a hyphen")
    func syllables() {
        let lines = MapText.lines("Regenwasserbewirtschaftung", size: 17, isBold: true, width: 172, limit: 3)
        #expect(lines == ["Regenwasser-", "bewirtschaf-", "tung"] || lines.dropLast().allSatisfy { $0.hasSuffix("-") })
        #expect(lines.map { $0.filter { $0 != "-" } }.joined() == "Regenwasserbewirtschaftung")
    }

    @Test("Every line of a card fits on it", arguments: names)
    func card(name: String) throws {
        let session = try Played.session(
            "anna: !goto partners", "anna: + \(name.replacing(",", with: ""))", "anna: !goto tasks",
            "anna: + \(name.replacing(",", with: "")): Finance: \(name.replacing(",", with: ""))",
            "anna: !contact O1 anna by 9 Dec 2026")
        let words = Words(phrasebook: try Guide.phrasebook(Guide.english), timeZone: Played.timeZone)
        let report = Report(
            session, for: .group, words: words,
            options: .init(withNames: true, timeZone: Played.timeZone))
        let card = CardText(try #require(NetworkMap(report: report, words: words).cards.first), width: 202)
        for line in card.lines {
            #expect(MapText.width(line.text, size: line.size, isBold: line.isBold) <= 202 - 2 * CardText.padding)
        }
    }
}
