import DialogEngine
import Testing

@testable import DialogFiles

/// A change to the sample and the first lines of the problems it has to lead to.
struct Breakage: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let problems: [String]

    init(_ old: String, _ new: String, _ problems: String...) {
        self.old = old
        self.new = new
        self.problems = problems
    }

    var testDescription: String { new }
}

@Suite("Problems of a guide")
struct GuideProblemsTests {
    @Test("The sample is good")
    func sample() throws {
        let checked = DialogFile.check(Array(GuideSample.text.utf8), file: "klein.yaml")
        #expect(checked.problems == [])
        let dialog = try checked.get()
        #expect(dialog.questions.map(\.id) == ["first.needs", "first.partners"])
        #expect(dialog.questions[1].answer.about == "first.needs")
        // sha256sum of the same bytes.
        #expect(dialog.contentHash == "71cc8a8369eaa73b45f0e4ecfbf7f8b2f0e41eb3d4e380c4da7ca4f63f564966")
    }

    @Test("Every problem of a file is printed at once, each with its line and a caret")
    func severalAtOnce() {
        let text = GuideSample.text
            .replacing("version: \"1.0\"", with: "version: 1.0")
            .replacing("{de: Erstens, en: First}", with: "{de: Erstens, fr: Premier}")
            .replacing("form: list", with: "form: lisst")
            .replacing("[first.needs, first.partners]", with: "[first.needs, first.partner]")
        let printed = """
            klein.yaml:2:10: error: version: expected text, found the number 1.0; put it in quotes
            version: 1.0
                     ^
            klein.yaml:11:12: error: steps[0].title.en: is missing; every text needs de, en
                title: {de: Erstens, fr: Premier}
                       ^
            klein.yaml:11:26: error: steps[0].title.fr: unknown language; allowed: de, en
                title: {de: Erstens, fr: Premier}
                                     ^
            klein.yaml:20:17: error: steps[0].questions[0].answer.form: unknown value "lisst"; did you mean "list"?
                      form: lisst
                            ^
            klein.yaml:32:16: error: orders[0].questions: lacks first.partners
                questions: [first.needs, first.partner]
                           ^
            klein.yaml:32:30: error: orders[0].questions[1]: there is no question "first.partner"; did you mean "first.partners"?
                questions: [first.needs, first.partner]
                                         ^
            """
        #expect(GuideSample.problems(text).joined(separator: "\n") == printed)
    }

    @Test("A guide with an error is never made into a dialog; one with a warning is")
    func severity() {
        let bad = DialogFile.check(
            Array(GuideSample.text.replacing("form: list", with: "form: x").utf8), file: "klein.yaml")
        #expect(bad.value == nil)
        #expect(throws: FileProblems(bad.problems)) { try bad.get() }
        let long = String(repeating: "lang ", count: 90)
        let warned = DialogFile.check(
            Array(GuideSample.text.replacing("de: Zweck", with: "de: \(long)").utf8), file: "klein.yaml")
        #expect(warned.problems.map(\.severity) == [.warning])
        #expect(warned.value != nil)
    }

    static let breakages: [Breakage] = [
        Breakage("title: {de: Klein", "titel: {de: Klein", "4:1: error: titel: unknown key; did you mean \"title\"?"),
        Breakage("    purpose: {de: Zweck, en: Purpose}\n", "", "10:5: error: steps[0].purpose: is missing"),
        Breakage(
            "dialog: klein", "dialog: Klein",
            "1:9: error: dialog: \"Klein\" is no name for a guide; use lower-case letters a to z, digits and -"),
        Breakage(
            "dialog: klein", "dialog: gross",
            "1:9: error: dialog: is \"gross\", but the file is called \"klein\"; both have to be the same"),
        Breakage("languages: [de, en]", "languages: []", "3:12: error: languages: is empty"),
        Breakage(
            "languages: [de, en]", "languages: [de, enn]",
            "3:17: error: languages[1]: the title is not in enn; did you mean \"en\"?"),
        Breakage("languages: [de, en]", "languages: [de, en, de]", "3:21: error: languages[2]: de is listed twice"),
        Breakage("attribution: Lotse", "attribution:", "8:13: error: attribution: is empty"),
        Breakage("attribution: Lotse", "attribution: [Lotse]", "8:14: error: attribution: expected text, found a list"),
        Breakage("attribution: Lotse", "attribution: \" \"", "8:14: error: attribution: is empty"),
        Breakage("attribution: Lotse", "attribution: |\n  Lotse", "8:14: error: attribution: must be one line"),
        Breakage("attribution: Lotse", "attribution: \"a\\x02b\"", "8:14: error: attribution: has a control character"),
        Breakage(
            "de: Zweck", "de: true", "12:19: error: steps[0].purpose.de: expected text, found true; put it in quotes"),
        Breakage(
            "- id: needs", "- id: Needs",
            "14:13: error: steps[0].questions[0].id: \"Needs\" is no id; use lower-case letters a to z, digits and _",
            "28:46: error: steps[0].questions[1].answer.about: there is no question \"first.needs\"; allowed: first.partners",
            "32:17: error: orders[0].questions[0]: there is no question \"first.needs\"; allowed: first.partners"),
        Breakage(
            "- id: partners", "- id: needs",
            "23:13: error: steps[0].questions[1].id: \"needs\" is used already in line 14",
            "28:46: error: steps[0].questions[1].answer.about: a question cannot be about itself",
            "32:30: error: orders[0].questions[1]: there is no question \"first.partners\"; allowed: first.needs"
        ),
        Breakage(
            "de: bedarf", "de: Be darf", "15:19: error: steps[0].questions[0].key.de: \"Be darf\" is not one word"),
        Breakage(
            "de: bedarf", "de: Bedarf", "15:19: error: steps[0].questions[0].key.de: \"Bedarf\" has upper-case letters"),
        Breakage(
            "de: bedarf", "de: \"+\"",
            "15:19: error: steps[0].questions[0].key.de: \"+\" is no word; use letters, digits and -"),
        Breakage(
            "de: bedarf", "de: first",
            "15:19: error: steps[0].questions[0].key.de: \"first\" is the id of a step; choose another word"),
        Breakage(
            "en: partners}", "en: bedarf}",
            "24:32: error: steps[0].questions[1].key.en: \"bedarf\" is the key of first.needs already (line 15)"),
        Breakage(
            "form: list", "form: rows", "20:11: error: steps[0].questions[0].answer.columns: is missing",
            "21:11: error: steps[0].questions[0].answer.kinds: does not go with the form rows, only with list and organisations"
        ),
        Breakage(
            "about: first.needs}", "about: first.neds}",
            "28:46: error: steps[0].questions[1].answer.about: there is no question \"first.neds\"; did you mean \"first.needs\"?"
        ),
        Breakage(
            "\"Geld: 5 Euro\"", "\" ; ;\"",
            "18:23: error: steps[0].questions[0].example.de: contains no answer of the form list"),
        Breakage(
            "\"Geld: 5 Euro\"", "5 Euro",
            "18:23: warning: steps[0].questions[0].example.de: shows no kind; it stands before a colon and a space"),
        Breakage(
            "\"Geld: Sparkasse\"", "Sparkasse",
            "27:23: warning: steps[0].questions[1].example.de: does not show what it is about; that stands before a colon and a space"
        ),
        Breakage(
            "form: list\n", "form: list\n          ordered: ja\n          suggested: 0\n",
            "21:20: error: steps[0].questions[0].answer.ordered: expected true or false, found text",
            "22:22: error: steps[0].questions[0].answer.suggested: 0 is not between 1 and 50"),
        Breakage(
            "en: Money}}", "en: Money}}\n            - {id: cash, title: {de: GELD, en: Cash}}",
            "23:15: error: steps[0].questions[0].answer.kinds[1]: its id or a title means \"money\" already"),
        Breakage(
            "[first.needs, first.partners]", "[first.needs, first.needs]",
            "32:16: error: orders[0].questions: lacks first.partners",
            "32:30: error: orders[0].questions[1]: \"first.needs\" is used already in line 32"),
        Breakage(
            "answer: {form: organisations, about: first.needs}",
            "answer: {form: organisations, detail: {id: x}, about: first.needs}",
            "28:47: error: steps[0].questions[1].answer.detail.title: is missing"),
        Breakage(
            "answer: {form: organisations, about: first.needs}", "answer: rows",
            "28:17: error: steps[0].questions[1].answer: rows need columns; write a map with form and columns"),
    ]

    @Test("Each rule of the schema has its problem at its place", arguments: breakages)
    func rule(breakage: Breakage) {
        #expect(GuideSample.text.contains(breakage.old))
        let text = GuideSample.text.replacing(breakage.old, with: breakage.new)
        #expect(GuideSample.headings(text) == breakage.problems.map { "klein.yaml:" + $0 })
    }

    @Test("A key is not the id of a step, whichever comes first in the file")
    func keysAndSteps() {
        let later = """
              - id: bedarf
                title: {de: Zweitens, en: Second}
                purpose: {de: Zweck, en: Purpose}
                questions: []
            orders:
            """
        #expect(
            GuideSample.headings(GuideSample.text.replacing("orders:", with: later)) == [
                "klein.yaml:29:9: error: steps[1].id: \"bedarf\" is the key of first.needs already (line 15)",
                "klein.yaml:32:16: error: steps[1].questions: is empty",
            ])
    }
}
