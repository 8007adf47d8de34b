import DialogEngine
import Wording

extension Report {
    /// One line of the closing account: what it counts, and the questions or open points.
    struct AccountLine {
        let term: Term
        let values: [String]
    }

    /// What is agreed, collected, proposed, not applicable, empty and open; nothing about masked questions.
    var account: [AccountLine] {
        let told = questions.filter { !$0.isMasked }
        let terms: [(Term, QuestionState)] = [
            (.accountAgreed, .agreed), (.accountCollected, .collected), (.accountDraft, .draft),
            (.accountNotApplicable, .notApplicable), (.accountEmpty, .empty),
        ]
        var lines = terms.map { term, state in
            AccountLine(term: term, values: told.filter { $0.state == state }.map(\.key))
        }
        lines.append(
            AccountLine(
                term: .accountOpen,
                values: openPoints.filter(\.isOpen).map(\.id.description)
                    + actions.filter { !$0.isDone }.map(\.id.description)))
        return lines.filter { !$0.values.isEmpty }
    }
}
