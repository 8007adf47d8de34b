import Testing

@testable import DialogFiles

@Suite("How a problem is printed")
struct ProblemTests {
    @Test(
        "The caret stands under the column, whatever stands before it",
        arguments: [
            ("key: x", 6, "     ^"),
            ("größe: x", 8, "       ^"),
            // The same umlaut of two scalars is one character.
            ("gro\u{308}ße: x", 8, "       ^"),
            ("\tkey: x", 7, "\t     ^"),
            // Two cells each.
            ("木🌳: x", 5, "      ^"),
            ("👩‍🌾: x", 4, "    ^"),
            ("ok", 3, "  ^"),
        ])
    func caret(line: String, column: Int, caret: String) {
        let problem = Problem(
            .error, file: "f", at: Position(line: 1, column: column), path: "a", what: "w", excerpt: line)
        #expect(problem.description == "f:1:\(column): error: a: w\n\(line)\n\(caret)")
    }

    @Test("Columns count characters, though YAML counts scalars")
    func columns() {
        let text = GuideSample.text.replacing(
            "{de: Üblich, en: Usual}", with: "{de: \"U\u{308}blich 木👩‍🌾\", fr: x, en: Usual}")
        #expect(
            GuideSample.headings(text) == [
                "klein.yaml:31:30: error: orders[0].title.fr: unknown language; allowed: de, en"
            ])
    }

    @Test("A long line is cut around the caret")
    func longLine() {
        let line = String(repeating: "a", count: 300)
        let lines = Problem(.error, file: "f", at: Position(line: 1, column: 200), what: "w", excerpt: line).description
            .split(separator: "\n")
        #expect(lines[1] == "…" + String(repeating: "a", count: 118) + "…")
        #expect(lines[2] == String(repeating: " ", count: 60) + "^")
    }

    @Test("A line cannot steer the terminal")
    func controls() {
        let problem = Problem(
            .warning, file: "f", at: Position(line: 1, column: 2), what: "w", excerpt: "\u{1B}[2J\u{202E}")
        #expect(problem.description == "f:1:2: warning: w\n\u{FFFD}[2J\u{FFFD}\n ^")
    }

    @Test("A password that was written into a file is not printed")
    func password() {
        let source = SourceText(Array("sasl: {password: geheim, x: y}\n".utf8), file: "f")
        #expect(source.excerpt(at: Position(line: 1, column: 26)) == "sasl: {password: …")
    }

    @Test(
        "The nearest of the allowed words is suggested",
        arguments: [
            ("titel", "title"), ("stepps", "steps"), ("Steps", "steps"), ("attrib", "attribution"),
            ("languges", "languages"), ("xyz", nil), ("q", nil),
        ])
    func suggestions(typed: String, meant: String?) {
        #expect(typed.nearest(in: ["title", "steps", "attribution", "languages"]) == meant)
    }
}
