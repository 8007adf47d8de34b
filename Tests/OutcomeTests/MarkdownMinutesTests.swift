import DialogEngine
import Testing

@testable import Outcome

@Suite("The minutes")
struct MarkdownMinutesTests {
    @Test("A whole session has every question, every state and every record")
    func whole() throws {
        let session = try Played.transcript("full")
        let text = try session.document(.markdown).text
        for question in session.dialog.questions {
            #expect(text.contains("### \(question.prompt[Guide.german].markdown)\n"))
        }
        let ids =
            session.contributions.filter { !$0.isWithdrawn }.map(\.id) + session.openPoints.map(\.id)
            + session.actions.map(\.id) + session.parked.map(\.id)
        for id in ids { #expect(text.contains("\(id)"), "\(id)") }
    }

    @Test("What was reached stands at the top, in the words of the questions")
    func account() throws {
        let session = try Played.session("anna: = dry", "anna: !agree", "anna: ? why?")
        let text = try session.document(.markdown).text
        let prompt = try #require(session.dialog.questions.first).prompt[Guide.english].markdown
        let account = try #require(text.firstRange(of: "\n## What "))
        let first = try #require(text.firstRange(of: "\n## 1. "))
        #expect(account.lowerBound < first.lowerBound)
        #expect(text[account.lowerBound..<first.lowerBound].contains("* **Agreed:**\n  - \(prompt)\n"))
        #expect(text[account.lowerBound..<first.lowerBound].contains("K1"))
    }

    @Test("An agreed answer shows who agreed, who abstained, every objection, and what it was made from")
    func votes() throws {
        let session = try Played.session(
            "bernd: + trees", "dirk: + dry", "anna: !answer from B1 B2: trees are dry", "bernd: !ok", "ceyda: !abstain",
            "dirk: !object not all of them", "anna: !agree")
        let text = try session.document(.markdown).text
        #expect(text.contains("trees are dry\n"))
        #expect(text.contains("* **In favour:** anna, bernd\n"))
        #expect(text.contains("* **Abstentions:** ceyda\n"))
        #expect(text.contains("  * dirk: not all of them\n"))
        #expect(text.contains("* **Based on:** B1, B2\n"))
        let nameless = try session.document(.markdown, withNames: false).text
        #expect(nameless.contains("* **In favour:** 2\n") && nameless.contains("  * not all of them\n"))
    }

    @Test("An objection to a former wording says so")
    func formerWording() throws {
        let session = try Played.session(
            "anna: = trees are dead", "dirk: !object they live", "anna: s/dead/dry/", "bernd: !ok", "anna: !agree")
        #expect(try session.document(.markdown).text.contains("dirk: they live (to an earlier wording)"))
    }

    @Test("An answer stands while a new proposal is open")
    func reopened() throws {
        let session = try Played.session("anna: = first", "anna: !agree", "anna: = second")
        let text = try session.document(.markdown).text
        #expect(text.contains("**Agreed until then:**\n\nfirst\n"))
        #expect(text.contains("**Open proposal:**\n\nsecond\n"))
    }

    @Test(
        "An answer has the shape of its question",
        arguments: [
            ("legal", "+ by-laws; permits", "- by-laws (B1, anna)\n- permits (B1, anna)"),
            ("changes", "+ Technical: a filter; Administrative: a rule", "**Technical**\n\n- a filter (B1, anna)"),
            ("resources", "+ Money: a lot", "- *Money*: a lot (B1, anna)"),
            ("steps", "+ ask; Bernd; 10 Dec", "| 1 | ask | Bernd | 10 Dec | B1, anna |"),
            ("concerns", "+ Shops: fewer customers", "- **Shops**: fewer customers (B1, anna)"),
            ("holders", "+ Money: Bank, State", "**Money**\n\n- **Bank** (B1, anna)\n- **State** (B1, anna)"),
            ("tasks", "+ Bank: Finance: a grant", "- **Bank**: *Finance*: a grant (B1, anna)"),
        ])
    func shapes(question: String, line: String, expected: String) throws {
        let session = try Played.session("anna: !goto \(question)", "anna: \(line)")
        #expect(try session.document(.markdown).text.contains(expected))
    }

    @Test("An open point shows who asks whom until when, and what came out")
    func openPoints() throws {
        let session = try Played.session(
            "dirk: ? who may?", "dirk: !expert K1 Water Board by 2 Dec 2026", "dirk: ? how deep?",
            "dirk: !cleared K2 two metres")
        let text = try session.document(.markdown).text
        #expect(text.contains("- K1 who may? · **open**\n  * **Who is asked:** Water Board\n  * **Who asks:** dirk\n"))
        #expect(text.contains("- K2 how deep? · **cleared**\n  * **Result:** two metres"))
    }

    @Test("A question that does not apply shows why, one left open as well")
    func reasons() throws {
        let session = try Played.session("anna: !na we know it", "anna: !goto legal", "anna: !skip ask first")
        let text = try session.document(.markdown).text
        #expect(text.contains("**does not apply**\n\nReason: we know it\n"))
        #expect(text.contains("**skipped** (ask first)"))
    }

    @Test(
        "What people type shows as they typed it and formats nothing",
        arguments: [
            ("# no heading", "\\# no heading"), ("- no item", "\\- no item"), ("1. no item", "1\\. no item"),
            ("2026 was dry", "2026 was dry"), ("a | b", "a \\| b"), ("<b>&amp;", "\\<b\\>\\&amp;"),
            ("[x](javascript:y)", "\\[x\\](javascript:y)"), ("**loud** `code`", "\\*\\*loud\\*\\* \\`code\\`"),
            ("two\nlines", "two lines"), ("> quote", "\\> quote"), ("a\\b", "a\\\\b"), ("= rule", "\\= rule"),
            ("Plan: https://c.example/a_b?x=1&y=2", "Plan: https://c.example/a_b?x=1&y=2"),
            ("(https://c.example/a_b) a_b", "(https://c.example/a_b) a\\_b"),
            ("https://c.example/a|b", "https://c.example/a%7Cb"),
        ])
    func escaping(typed: String, written: String) {
        #expect(typed.markdown == written)
    }
}
