import DialogEngine
import FoundationEssentials
import Testing

@testable import Outcome

@Suite("What was copied from paper, and what a former version asked")
struct PaperTests {
    private static func copied() throws -> Session {
        try Played.session(
            "bernd: + Trees dry out", "private carla: !paper by table 3", "paper carla: The sewer overflows",
            "paper carla: innovation= Trenches store rain", "private carla: !paper end", "private carla: quietly")
    }

    @Test("The minutes say so, with whoever wrote it and without whoever copied it")
    func minutes() throws {
        let text = try Self.copied().document(.markdown).text
        #expect(text.contains("The sewer overflows (B2, on paper, table 3)"))
        #expect(text.contains("* **Source:** on paper") && !text.contains("Proposed by"))
        let nameless = try Self.copied().document(.markdown, withNames: false).text
        #expect(nameless.contains("on paper") && !nameless.contains("table 3"))
    }

    @Test("The JSON has its source, after the schema")
    func json() throws {
        let text = try Self.copied().document(.json).text
        #expect(text.contains("\"source\": \"paper\"") && text.contains("\"writer\": \"table 3\""))
        #expect(try SchemaCheck(OutcomeDocument.jsonSchema).problems(in: text).isEmpty)
        #expect(try !Self.copied().document(.json, withNames: false).text.contains("table 3"))
    }

    @Test(
        "Questions of a former version stand under a heading of their own",
        arguments: [OutcomeFormat.markdown, .html, .json])
    func former(format: OutcomeFormat) throws {
        var session = try Played.session("bernd: + Trees dry out", "bernd: +everyday Fewer watering trips")
        let text = { try session.document(format).text }
        #expect(try !text().contains(format == .json ? "formerQuestions" : "Questions of a former version"))
        let input = Input(
            at: Played.beginning.addingTimeInterval(600),
            kind: .command(
                .guide(.adopt(confirmed: true)),
                by: Speaker(identity: Identity(rawValue: "test/account/anna"), name: "anna"), source: .chat),
            guide: try Self.without("prepare.everyday"))
        _ = session.advance(by: input)
        let changed = try session.document(format).text
        #expect(changed.contains(format == .json ? "formerQuestions" : "Questions of a former version"))
        #expect(changed.contains("Fewer watering trips"))
        if format == .json { #expect(try SchemaCheck(OutcomeDocument.jsonSchema).problems(in: changed).isEmpty) }
    }

    /// The shipped guide without a question.
    private static func without(_ id: Question.ID) throws -> Dialog {
        let old = try Guide.dialog()
        return Dialog(
            id: old.id, version: "next", contentHash: "next", languages: old.languages, title: old.title,
            introduction: old.introduction, about: old.about, closing: old.closing, attribution: old.attribution,
            steps: old.steps, questions: old.questions.filter { $0.id != id },
            orders: old.orders.map { order in
                Dialog.Order(id: order.id, title: order.title, questions: order.questions.filter { $0 != id })
            }, network: old.network)
    }
}
