import DialogEngine
import FoundationEssentials
import Testing

@testable import Wording

@Suite("Versions of the guide, and lines from paper")
struct PaperLinesTests {
    private static let now = Date(timeIntervalSince1970: 1_795_366_800)

    private func reader() throws -> LineReader {
        LineReader(
            phrasebooks: try ShippedWording.phrasebooks, botName: "lotse", timeZone: ShippedWording.timeZone)
    }

    static let verbs: [(String, Command)] = [
        ("!leitfaden", .guide(.show)), ("!leitfaden vergleich", .guide(.compare)), ("!guide compare", .guide(.compare)),
        ("!leitfaden übernehmen", .guide(.adopt(confirmed: false))),
        ("!Leitfaden uebernehmen wirklich", .guide(.adopt(confirmed: true))),
        ("!guide adopt really", .guide(.adopt(confirmed: true))),
        ("!leitfaden zurück", .guide(.goBack)), ("!guide back", .guide(.goBack)),
        ("!leitfaden bitte", .incomplete("guide", .missing)),
        ("!leitfaden übernehmen bitte", .incomplete("guide", .missing)),
        ("!arbeitsblatt", .worksheet(order: nil)), ("!worksheet sheet", .worksheet(order: "sheet")),
        ("!papier", .paper(.begin(writer: nil))), ("!papier von Tisch 3", .paper(.begin(writer: "Tisch 3"))),
        ("!paper by table 3", .paper(.begin(writer: "table 3"))), ("!papier ende", .paper(.end)),
        ("!paper end", .paper(.end)), ("!papier Tisch 3", .incomplete("paper", .missing)),
        ("!hilfe leitfaden", .help(.guide)),
    ]

    @Test("Verbs in every language", arguments: verbs)
    func reads(line: String, command: Command) throws {
        #expect(try reader().read(line, at: Self.now, in: Language(rawValue: "de")) == command)
    }

    private static func copy(
        _ word: String?, _ text: String, _ mark: PaperLine.Mark = .contribution, of whole: String
    ) -> (String, Command) {
        (whole, .copy(PaperLine(word: word, mark: mark, text: text, whole: whole.trimmed)))
    }

    static let lines: [(String, Command)] = [
        copy("recht", "Satzung", of: "recht: Satzung"), copy("recht", "Satzung", of: "  recht :  Satzung "),
        copy("recht", "Satzung", .proposal, of: "recht= Satzung"),
        copy("recht", "Wem gehört der Weg?", .openPoint, of: "recht? Wem gehört der Weg?"),
        copy("recht", "", of: "recht:"), copy("recht", "Satzung", of: "+recht Satzung"),
        copy(nil, "Satzung", of: "Satzung"), copy(nil, "Satzung", of: "+ Satzung"),
        copy(nil, "Satzung", .proposal, of: "= Satzung"), copy(nil, "Satzung", .openPoint, of: "? Satzung"),
        copy(nil, "Bauamt; 18:00; Saal", of: "Bauamt; 18:00; Saal"),
        copy(nil, "https://example.org ansehen", of: "https://example.org ansehen"),
        copy(nil, "Für wen: Bauhof", of: "Für wen: Bauhof"), copy(nil, "wort+", of: "wort+"), copy(nil, "3", of: "3"),
        copy("Warum", "Weil es regnet", .openPoint, of: "Warum? Weil es regnet"),
        ("von: Tisch 3", .paper(.begin(writer: "Tisch 3"))), ("by: table 3", .paper(.begin(writer: "table 3"))),
        ("von:", .paper(.begin(writer: nil))),
        ("von Hand gegossen", copy(nil, "von Hand gegossen", of: "von Hand gegossen").1),
        ("// unleserlich", .aside), ("!papier ende", .paper(.end)), ("!stand", .status), ("lotse stand", .status),
        ("exit", .bare(.leave)), ("s/alt/neu/", .substitute("alt", by: "neu")),
    ]

    @Test("Lines that somebody copies", arguments: lines)
    func copies(line: String, command: Command) throws {
        #expect(try reader().copied(line, at: Self.now, in: Language(rawValue: "de")) == command)
    }
}
