import DialogEngine
import Wording

extension Report {
    /// One line of the account: what it counts, and the words of the questions, or the ids of what is open.
    struct AccountLine {
        let term: Term
        let values: [String]
        /// Whether each value is long enough for a line of its own.
        var isListed = true
    }

    /// What is agreed, collected, proposed, not applicable, empty and open; nothing about masked questions.
    var account: [AccountLine] {
        let told = questions.filter { !$0.isMasked }
        let terms: [(Term, QuestionState)] = [
            (.accountAgreed, .agreed), (.accountCollected, .collected), (.accountDraft, .draft),
            (.accountNotApplicable, .notApplicable), (.accountEmpty, .empty),
        ]
        var lines = terms.map { term, state in
            AccountLine(term: term, values: told.filter { $0.state == state }.map(\.prompt))
        }
        lines.append(
            AccountLine(
                term: .accountOpen,
                values: openPoints.filter(\.isOpen).map(\.id.description)
                    + actions.filter { !$0.isDone }.map(\.id.description), isListed: false))
        return lines.filter { !$0.values.isEmpty }
    }
}
