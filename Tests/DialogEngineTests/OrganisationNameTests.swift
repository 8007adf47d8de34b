import Testing

@testable import DialogEngine

@Suite("Names of organisations that are alike")
struct OrganisationNameTests {
    struct Pair: CustomTestStringConvertible {
        let first: String
        let second: String
        let isAlike: Bool

        var testDescription: String { "\(first) · \(second)" }

        /// Those of the table in the source.
        static let documented = MarkdownTable.rows(of: "OrganisationName.swift").map { cells in
            let names = cells[0].split(separator: " · ").map { $0.filter { $0 != "`" } }
            return Pair(first: names[0], second: names[1], isAlike: cells[1] == "yes")
        }

        static let further: [Pair] = [
            ("Stadt-Werke", "Stadtwerke", true), ("Stadtwerke Musterow", "Stadtwerke Musterow GmbH & Co. KG", true),
            ("Untere Wasserbehörde", "Wasserbehörde", true), ("Untere Wasserbehörde", "Obere Wasserbehörde", false),
            ("Bauamt", "Bauamt des Landkreises", false), ("Kita Sonne", "Kita Mond", false),
            ("Schule 1", "Schule 2", false), ("BUND", "Bund", true), ("Land", "Landkreis", false),
            ("the Water Board", "Water Board Ltd", true), ("Friends of the School", "School", false),
            ("Naturschutzverein Musterow", "Naturschutzverein", true), ("Sparkasse", "Sparkase", true),
            ("der Verein", "die Gemeinde", false),
        ].map { Pair(first: $0.0, second: $0.1, isAlike: $0.2) }
    }

    @Test("The table says whether, in both directions", arguments: Pair.documented + Pair.further)
    func alike(_ pair: Pair) {
        let words = NetworkSample.names
        let first = OrganisationName(pair.first, knowing: words)
        let second = OrganisationName(pair.second, knowing: words)
        #expect(first.isAlike(second) == pair.isAlike)
        #expect(second.isAlike(first) == pair.isAlike)
    }
}
