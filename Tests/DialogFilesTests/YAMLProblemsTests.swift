import Testing

@testable import DialogFiles

@Suite("Problems of the YAML itself")
struct YAMLProblemsTests {
    private func headings(_ old: String, _ new: String) -> [String] {
        GuideSample.headings(GuideSample.text.replacing(old, with: new))
    }

    @Test("Every duplicate key is named, and the reading goes on behind it")
    func duplicates() {
        let new = "attribution: Lotse\nattribution: Nochmal\n\"version\": \"3\"\ntitle: {}\nclossing: x"
        #expect(
            headings("attribution: Lotse", new) == [
                "klein.yaml:9:1: error: duplicate key \"attribution\"; the first is in line 8",
                "klein.yaml:10:1: error: duplicate key \"version\"; the first is in line 2",
                "klein.yaml:11:1: error: duplicate key \"title\"; the first is in line 4",
                "klein.yaml:12:1: error: clossing: unknown key; did you mean \"closing\"?",
            ])
    }

    @Test("A key that is there three times is reported twice")
    func triplicate() {
        #expect(
            headings("attribution: Lotse", "attribution: Lotse\nattribution: A\nattribution: B") == [
                "klein.yaml:9:1: error: duplicate key \"attribution\"; the first is in line 8",
                "klein.yaml:10:1: error: duplicate key \"attribution\"; the first is in line 8",
            ])
    }

    @Test(
        "Bad syntax is reported where the parser stumbled",
        arguments: [
            ("attribution: Lotse: x", "8:19: error: no YAML: mapping values are not allowed in this context"),
            ("- x", "8:1: error: no YAML: did not find expected key (while parsing a block mapping that began at 1:1)"),
            (
                "attribution: @x",
                "8:14: error: no YAML: found character that cannot start any token (while scanning for the next token)"
            ),
            (
                "attribution: Lotse\n---\na: b",
                "9:1: error: no YAML: but found another document (expected a single document in the stream that began at 1:1)"
            ),
        ])
    func syntax(new: String, problem: String) {
        #expect(headings("attribution: Lotse", new) == ["klein.yaml:" + problem])
    }

    @Test("A quotation or a bracket that never ends is reported where it begins")
    func neverEnds() {
        #expect(
            GuideSample.headings("dialog: klein\ntitle: \"Klein\nsteps: []\n") == [
                "klein.yaml:2:8: error: no YAML: it never ends (while scanning a quoted scalar)"
            ])
    }

    @Test("Anchors, aliases and tags are refused, so a small file cannot become a huge one")
    func anchors() {
        var bomb = "a0: &a0 [x, x]\n"
        for level in 1...60 { bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        let headings = GuideSample.headings(bomb)
        #expect(
            headings.contains(
                "klein.yaml:1:5: error: anchors (&) and aliases (*) are not used here; write the value out"))
        #expect(headings.count { $0.contains("anchors") } == 61)
        #expect(
            self.headings("attribution: Lotse", "attribution: !secret x") == [
                "klein.yaml:8:14: error: tags (!) are not used here"
            ])
    }

    @Test("A nesting without end is a problem, not a crash", arguments: ["[", "{a: ", "- "])
    func nesting(opening: String) {
        #expect(!GuideSample.headings(String(repeating: opening, count: 20_000)).isEmpty)
    }

    @Test("Every tab is named, and what follows from it is not")
    func tabs() {
        #expect(
            headings("attribution: Lotse", "attribution: Lotse\n\tx: y\n# a\tb") == [
                "klein.yaml:9:1: error: contains a tab; use spaces",
                "klein.yaml:10:4: error: contains a tab; use spaces",
            ])
    }

    @Test("Characters that are no text are named by their code")
    func controls() {
        #expect(
            headings("attribution: Lotse", "attribution: Lot\u{2028}se\u{0}") == [
                "klein.yaml:8:17: error: contains the control character U+2028",
                "klein.yaml:8:20: error: contains the control character U+0000",
            ])
    }

    @Test("Bytes that are not UTF-8 are named line by line, and the rest is read")
    func encoding() {
        let latin1 = GuideSample.text.replacing("version: \"1.0\"", with: "version: 2").unicodeScalars.map {
            UInt8(truncatingIfNeeded: $0.value)
        }
        let problems = DialogFile.check(latin1, file: "klein.yaml").problems
        #expect(problems.map(\.position) == [Position(line: 2, column: 10), Position(line: 31, column: 17)])
        #expect(
            problems.map(\.what) == [
                "expected text, found the number 2; put it in quotes", "is not UTF-8; save the file as UTF-8",
            ])
        let utf16: [UInt8] = [0xFF, 0xFE, 0x61, 0x00]
        #expect(
            DialogFile.check(utf16, file: "klein.yaml").problems.map(\.description) == [
                "klein.yaml: error: is UTF-16; save it as UTF-8"
            ])
    }

    @Test("Line ends of Windows and a byte order mark do no harm")
    func windows() {
        let text = "\u{FEFF}" + GuideSample.text.replacing("\n", with: "\r\n")
        #expect(GuideSample.problems(text) == [])
        let broken = text.replacing("attribution", with: "atribution")
        #expect(
            GuideSample.headings(broken) == [
                "klein.yaml:8:1: error: atribution: unknown key; did you mean \"attribution\"?"
            ])
    }

    @Test("An empty file is a problem", arguments: ["", "\n\n", "# only a comment\n", "null\n", "~"])
    func empty(text: String) {
        #expect(GuideSample.headings(text) == ["klein.yaml:1:1: error: is empty"])
    }

    @Test(
        "A file that is no map is a problem",
        arguments: [("- a\n", "a list"), ("Text\n", "text"), ("7", "the number 7")])
    func noMap(text: String, found: String) {
        #expect(GuideSample.headings(text) == ["klein.yaml:1:1: error: expected a map, found \(found)"])
    }
}
