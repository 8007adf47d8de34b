import DialogEngine
import Foundation
import Testing

@testable import Outcome

@Suite("Remarks of other groups")
struct RemarkTests {
    /// A session in which »problem« is agreed and two remarks were left, one of which was withdrawn.
    private static func session() throws -> Session {
        var session = try Played.session("bernd: = Trees dry out", "anna: !agree")
        let question = try #require(session.dialog.questions.first)
        let exhibit = Exhibit(
            group: "North", session: session.id, question: question.id, key: question.key, prompt: question.prompt,
            text: "Trees dry out")
        for text in ["Mulch <helps>", "Zqremoved"] {
            let call = WorkshopCall.remark(text, on: exhibit, by: Visitor(session: "s-2", people: [3]))
            _ = session.advance(by: Input(at: Played.beginning, kind: .called(call, from: "South & East")))
        }
        let withdrawal = WorkshopCall.withdrawRemark(nil, by: Visitor(session: "s-2", people: [3]))
        _ = session.advance(by: Input(at: Played.beginning, kind: .called(withdrawal, from: "South & East")))
        return session
    }

    @Test(
        "stand beside the answer with the group's name, escaped",
        arguments: [
            (OutcomeFormat.markdown, ["M1", "South", "Mulch"]), (.html, ["South &amp; East", "Mulch &lt;helps&gt;"]),
            (.json, [#""group": "South & East""#, #""text": "Mulch <helps>""#, #""remarks""#]),
        ])
    func shown(format: OutcomeFormat, texts: [String]) throws {
        let document = try Self.session().document(format)
        for text in texts { #expect(document.text.contains(text), "\(text)") }
        if format == .json {
            #expect(try SchemaCheck(OutcomeDocument.jsonSchema).problems(in: document.text) == [])
        }
        #expect(!document.text.contains("Zqremoved") && !document.text.contains("s-2"))
    }
}
