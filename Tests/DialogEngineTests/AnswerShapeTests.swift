import DialogEngine
import Testing

@Suite("Entries of an answer")
struct AnswerShapeTests {
    struct Case: CustomTestStringConvertible {
        let question: Question.ID
        let text: String
        let entries: [Entry]

        init(_ question: Question.ID, _ text: String, _ entries: [Entry]) {
            (self.question, self.text, self.entries) = (question, text, entries)
        }

        var testDescription: String { "\(question): \(text)" }
    }

    static func entry(
        _ text: String, section: String? = nil, kind: String? = nil, subject: String? = nil, detail: String? = nil,
        cells: [String] = []
    ) -> Entry {
        Entry(section: section, kind: kind, subject: subject, text: text, detail: detail, cells: cells)
    }

    static let texts = [
        Case(
            "describe.innovation", "Rigolen; und Filter, ein Speicher: groß",
            [entry("Rigolen; und Filter, ein Speicher: groß")]),
        Case("describe.innovation", "  ", []),
        Case("describe.problem", "Wasser fehlt; Bäume sterben.", [entry("Wasser fehlt; Bäume sterben.")]),
        Case(
            "describe.problem", "Für wen: Bauhof; Schule",
            [entry("Bauhof", section: "for_whom"), entry("Schule", section: "for_whom")]),
        Case(
            "describe.problem", "Wasser fehlt; fuer WEN: Bauhof",
            [entry("Wasser fehlt"), entry("Bauhof", section: "for_whom")]),
        Case(
            "describe.problem", "Wasser fehlt.\nBäume sterben.\nFor whom: Bauhof",
            [
                entry("Wasser fehlt. Bäume sterben."), entry("Bauhof", section: "for_whom"),
            ]),
        Case("describe.problem", "Für wen:", []),
        Case("describe.problem", "Wichtig: Wasser fehlt", [entry("Wichtig: Wasser fehlt")]),
    ]

    static let lists = [
        Case("prepare.everyday", "Gießen; ; Mähen;", [entry("Gießen"), entry("Mähen")]),
        Case("prepare.everyday", "Gießen\nMähen, Harken", [entry("Gießen"), entry("Mähen, Harken")]),
        Case("prepare.everyday", ";;", []),
        Case("prepare.everyday", "Plan: https://musterow.de/plan", [entry("Plan: https://musterow.de/plan")]),
        Case(
            "prepare.resources", "Geld: 5000 Euro; platz: Bauhof; Zeit: viel; Lkw",
            [
                entry("5000 Euro", kind: "money"), entry("Bauhof", kind: "space"), entry("Zeit: viel"), entry("Lkw"),
            ]),
        Case("prepare.resources", "Geld:5000 Euro", [entry("Geld:5000 Euro")]),
        Case(
            "prepare.changes", "Technisch: Rigolen; Filter; Sozial: Gießpaten",
            [
                entry("Rigolen", section: "technical"), entry("Filter", section: "technical"),
                entry("Gießpaten", section: "social"),
            ]),
        Case(
            "prepare.changes", "Rigolen; administrativ: Bauvorgaben\nFilter",
            [
                entry("Rigolen"), entry("Bauvorgaben", section: "social"), entry("Filter"),
            ]),
        Case("prepare.changes", "Tec: Rigolen", [entry("Tec: Rigolen")]),
    ]

    static let rows = [
        Case(
            "prepare.touchpoints", "Anwohner; im Sommer; beim Gießen; täglich",
            [
                entry("Anwohner", cells: ["Anwohner", "im Sommer", "beim Gießen; täglich"])
            ]),
        Case("prepare.touchpoints", "Anwohner", [entry("Anwohner", cells: ["Anwohner", "", ""])]),
        Case("prepare.touchpoints", "; im Sommer", [entry("", cells: ["", "im Sommer", ""])]),
        Case("prepare.touchpoints", ";;\n \nBauhof;;Filter", [entry("Bauhof", cells: ["Bauhof", "", "Filter"])]),
    ]

    static let organisations = [
        Case(
            "alliances.opponents", "Stadtwerke: Betrieb, Wartung; BUND, Land",
            [
                entry("Stadtwerke", detail: "Betrieb, Wartung"), entry("BUND"), entry("Land"),
            ]),
        Case(
            "alliances.opponents", "Anwohner, Händler: Sorge um Parkplätze",
            [
                entry("Anwohner", detail: "Sorge um Parkplätze"), entry("Händler", detail: "Sorge um Parkplätze"),
            ]),
        Case("alliances.opponents", "Stadtwerke:", [entry("Stadtwerke:")]),
        Case("alliances.opponents", ", ,;", []),
        Case(
            "alliances.holders", "Geld: Sparkasse, Land; BUND",
            [
                entry("Sparkasse", subject: "Geld"), entry("Land", subject: "Geld"), entry("BUND"),
            ]),
        Case(
            "alliances.tasks", "Stadtwerke: Technik: Rigolen bauen; Land: zahlen; Netzwerk: Zusammenhalt",
            [
                entry("Stadtwerke", kind: "technology", detail: "Rigolen bauen"), entry("Land", detail: "zahlen"),
                entry("Zusammenhalt", section: "network"),
            ]),
    ]

    @Test("A text is one entry, and one for each part of its sections", arguments: texts)
    func readsTexts(_ row: Case) { check(row) }

    @Test("A list has an entry for each item, with its section and kind", arguments: lists)
    func readsLists(_ row: Case) { check(row) }

    @Test("A row has a cell for each column; the last one takes the rest", arguments: rows)
    func readsRows(_ row: Case) { check(row) }

    @Test("Organisations come with what stands behind them", arguments: organisations)
    func readsOrganisations(_ row: Case) { check(row) }

    private func check(_ row: Case) {
        #expect(Guide.shape(row.question).entries(in: row.text) == row.entries)
    }
}

@Suite("Names and ids as people type them")
struct NamingTests {
    @Test(
        "Case, umlauts, accents and marks make no difference",
        arguments: [
            ("Gespräch", "gespraech"), ("GESPRÄCH", "gespraech"), ("Gespra\u{308}ch", "gespraech"),
            ("Für wen", "fuerwen"),
            ("fuer-wen", "fuerwen"), ("Straße", "strasse"), ("STRASSE", "strasse"), ("Café", "cafe"),
            ("Ångström", "angstroem"),
            ("Łódź", "lodz"), ("Møller", "moller"), ("Schritt 4", "schritt4"), ("", ""), ("!?…", ""), ("東京", "東京"),
        ])
    func folding(_ text: String, _ folded: String) {
        #expect(text.folded == folded)
    }

    @Test(
        "An id is a letter of a kind and a number",
        arguments: [
            ("B7", RecordID(.contribution, 7)), ("b7", RecordID(.contribution, 7)), ("K12", RecordID(.openPoint, 12)),
            ("o3", RecordID(.organisation, 3)), ("A1", RecordID(.action, 1)), ("P2", RecordID(.parked, 2)),
            ("B", nil), ("B0", nil), ("B-1", nil), ("B+1", nil), ("B1x", nil), ("X1", nil), ("7", nil), ("", nil),
            ("B½", nil),
            ("B99999999999999999999", nil), ("BB1", nil),
        ] as [(String, RecordID?)])
    func ids(_ text: String, _ id: RecordID?) {
        #expect(RecordID(text) == id)
    }

    @Test(
        "A question is found by its id, its key in any language, or a beginning that only one has",
        arguments: [
            ("describe.problem", "describe.problem"), ("problem", "describe.problem"), ("PROBLEM", "describe.problem"),
            ("veraenderung", "prepare.changes"), ("Veränderung", "prepare.changes"), ("changes", "prepare.changes"),
            ("le", "prepare.legal"), ("ressourcen", "prepare.resources"), ("ressourcengeber", "alliances.holders"),
            ("ressourcen g", "alliances.holders"), ("ress", nil), ("wetter", nil), ("", nil), ("…", nil),
        ] as [(String, Question.ID?)])
    func questions(_ name: String, _ id: Question.ID?) {
        #expect(Guide.dialog.question(named: name)?.id == id)
    }

    @Test(
        "A step is found by its id or its number",
        arguments: [
            ("4", "alliances"), ("schritt4", "alliances"), ("Step 1", "describe"), ("prepare", "prepare"), ("0", nil),
            ("5", nil), ("schritt", nil), ("", nil), ("99999999999999999999", nil),
        ] as [(String, Dialog.Step.ID?)])
    func steps(_ name: String, _ id: Dialog.Step.ID?) {
        #expect(Guide.dialog.step(named: name)?.id == id)
    }
}
