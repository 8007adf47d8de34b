import DialogEngine
import Foundation
import Testing

@testable import Outcome

@Suite("The summary on one page")
struct HTMLSummaryTests {
    private func count(_ part: String, in text: String) -> Int {
        text.components(separatedBy: part).count - 1
    }

    @Test(
        "It has the landmarks, headings and tables that a screen reader goes by", arguments: ["full", "half", "empty"])
    func structure(transcript: String) throws {
        let text = try Played.transcript(transcript).document(.html).text
        #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"de\">"))
        for part in ["<title>", "<header ", "<main>", "<footer>", "<h1>"] {
            #expect(count(part, in: text) == 1, "\(part)")
        }
        #expect(count("<h2 id=\"step", in: text) == 4)
        #expect(count("<h3>", in: text) == 17)
        #expect(count("<table ", in: text) == count("<caption", in: text))
        #expect(count("<th ", in: text) == count("<th scope=", in: text) && count("<th>", in: text) == 0)
        #expect(count("<svg", in: text) == count("aria-hidden=\"true\"", in: text))
    }

    @Test("It needs nothing from outside and runs nothing")
    func selfContained() throws {
        let text = try Played.transcript("full").document(.html).text
        for part in ["<script", "<link", "<img", "<iframe", "http://", "https://", "url(", "@import", "src="] {
            #expect(!text.contains(part), "\(part)")
        }
        #expect(text.contains("default-src 'none'"))
    }

    @Test("Each state is a word and a sign")
    func states() throws {
        let session = try Played.session(
            "anna: + a", "anna: !goto innovation", "anna: = b", "anna: !goto legal", "anna: = c", "anna: !agree",
            "anna: !goto prior", "anna: !na no")
        let text = try session.document(.html).text
        for (state, word) in [
            ("collected", "collected"), ("draft", "proposal open"), ("agreed", "agreed"), ("empty", "still empty"),
            ("notApplicable", "does not apply"),
        ] {
            #expect(
                text.contains(
                    "<p class=\"state \(state)\"><svg class=\"sign\" aria-hidden=\"true\"><use href=\"#sign-\(state)\"/></svg>\(word)</p>"
                ))
            #expect(text.contains("<symbol id=\"sign-\(state)\""))
        }
    }

    @Test("In large print it is upright and in twelve points, and so it is in Einfache Sprache")
    func large() throws {
        let session = try Played.transcript("full")
        let large = "size: A4 portrait"
        #expect(try !session.document(.html).text.contains(large))
        let text = try session.document(.large).text
        #expect(text.contains(large) && text.contains("html { font-size: 12pt; }"))
        let simple = OutcomeDocument.render(
            session, as: .html, in: try Guide.phrasebook(Language(rawValue: "de-simple")),
            options: .init(withNames: true, timeZone: Played.timeZone))
        #expect(simple.text.contains(large))
    }

    @Test("What is printed is never under a readable size, and fills its pages", arguments: [0, 1, 5, 40, 400])
    func printSize(count: Int) throws {
        let lines = (0..<count).map { "anna: + \($0) " + String(repeating: "wort ", count: 40) }
        let session = try Played.session(["anna: !goto legal"] + lines)
        let words = Words(phrasebook: try Guide.phrasebook(Guide.english), timeZone: Played.timeZone)
        let report = Report(
            session, for: .shared, words: words, options: .init(withNames: true, timeZone: Played.timeZone))
        #expect((PrintSize.least...PrintSize.greatest).contains(PrintSize(of: report).points))
    }

    @Test("A step has both of its names")
    func stepNames() throws {
        let text = try Played.transcript("full").document(.html).text
        #expect(text.contains("Verstetigen <small>Umsetzung und nächste Schritte</small></h2>"))
        #expect(
            try Played.transcript("full").document(.markdown).text.contains(
                "## 3. Umsetzung und nächste Schritte · Verstetigen"))
        let sheet = Worksheet(of: try Guide.dialog(), in: try Guide.phrasebook(Guide.german)).text
        #expect(sheet.contains("Umsetzung und nächste Schritte · Verstetigen</h2>"))
    }

    @Test("Objections stand with the answer; open points are linked to their row")
    func beside() throws {
        let session = try Played.session("anna: = a", "dirk: !object no", "anna: !agree", "dirk: ? why?")
        let text = try session.document(.html).text
        #expect(text.contains("<b>Objection (dirk):</b> no</p>"))
        #expect(text.contains("<a href=\"#K1\">K1</a>") && text.contains("<tr role=\"row\" id=\"K1\">"))
    }

    @Test("The tally counts every question, also the one that stays with the group")
    func tally() throws {
        let text = try Played.session("anna: + a").document(.html, audience: .shared).text
        let tally = try #require(text.components(separatedBy: "<ul class=\"tally\">").last?.prefix { $0 != "\n" })
        let counts = tally.components(separatedBy: "<b>").dropFirst().compactMap { Int($0.prefix(while: \.isNumber)) }
        #expect(counts == [1, 15, 1] && tally.contains("<b>1</b> internal"))
    }

    @Test("A resource that nobody was named for is flagged, in the summary and in the minutes")
    func flagsWhatNobodyBrings() throws {
        let session = try Played.session(
            "anna: !goto resources", "anna: + Money: 500 euros; Space: old shop; Logistics: a van",
            "anna: !goto holders",
            "anna: + 500 Euros: Bank; van: Depot")
        let text = try session.document(.html).text
        #expect(text.contains("<dt>old shop</dt><dd class=\"gap\">") && count("nobody yet", in: text) == 1)
        #expect(try session.document(.markdown).text.contains("- **old shop**: *nobody yet*"))
    }

    /// Everything that can be typed, in every place where it can be.
    @Test("Hostile text stays text", arguments: [true, false])
    func hostile(withNames: Bool) throws {
        let evil = "<script>alert(1)</script><img src=x onerror=y>'\"></style></title>&lt;"
        let session = try Played.session(
            "anna: !here \(evil), \(evil)", "bernd: + \(evil)", "anna: = \(evil); For whom: \(evil)",
            "bernd: !object \(evil)",
            "anna: ? \(evil)", "anna: !expert K1 \(evil) by 2 Dec 2026", "anna: !action \(evil): \(evil)",
            "anna: !park \(evil)", "anna: !goto steps", "anna: + \(evil); \(evil); \(evil)", "anna: !goto tasks",
            "anna: + \(evil): Finance: \(evil)", "anna: !goto holders", "anna: + \(evil): \(evil)", "anna: !goto legal",
            "anna: !na \(evil)", "anna: !goto prior", "anna: !skip \(evil)")
        let text = try session.document(.html, withNames: withNames).text
        let allowed: Set = [
            "html", "head", "meta", "title", "style", "body", "svg", "symbol", "circle", "path", "use", "header", "div",
            "p", "h1", "ul", "ol", "li", "b", "strong", "main", "section", "h2", "span", "article", "h3", "a", "table",
            "caption", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "footer", "br", "wbr", "!DOCTYPE", "rect",
            "ellipse", "g", "text", "small",
        ]
        let tags = text.split(separator: "<").dropFirst().map {
            $0.prefix { $0.isLetter || $0.isNumber || $0 == "/" || $0 == "!" }
        }
        let names = Set(tags.map { String($0.drop { $0 == "/" }) })
        #expect(names.subtracting(allowed) == [])
        #expect(count("</style>", in: text) == 1 && count("</title>", in: text) == 1)
        #expect(!text.contains("onerror=y>"))
    }
}
