import DialogEngine
import FoundationEssentials
import Wording

/// The words of one language for the written outcome, and the days as they are written in it.
struct Words {
    let phrasebook: Phrasebook
    let timeZone: TimeZone
    private let renderer: Renderer

    init(phrasebook: Phrasebook, timeZone: TimeZone) {
        self.phrasebook = phrasebook
        self.timeZone = timeZone
        renderer = Renderer(phrasebook: phrasebook, timeZone: timeZone)
    }

    var language: Language { phrasebook.language }

    subscript(term: Term) -> String { phrasebook.terms[term] ?? term.rawValue }

    subscript(text: LocalizedText) -> String { text[phrasebook.language] }

    /// The word for a state, whatever the question.
    subscript(state: QuestionState) -> String {
        switch state {
        case .empty: self[.stateEmpty]
        case .collected: self[.stateCollected]
        case .draft: self[.stateDraft]
        case .agreed: self[.stateAgreed]
        case .notApplicable: self[.stateNotApplicable]
        }
    }

    func text(_ line: Line) -> String { renderer.text(line) }

    /// What a forgotten person is called.
    var someone: String { renderer.text(Line(.someone)) }

    func state(_ question: Report.Question) -> String {
        question.state == .empty && question.skipped != nil ? self[.stateSkipped] : self[question.state]
    }

    func day(_ date: Date) -> String { renderer.day(date) }

    func dayAndMonth(_ date: Date) -> String { renderer.dayAndMonth(date) }

    func moment(_ date: Date) -> String {
        due(DueDate(moment: date, isWholeDay: false, reminder: date))
    }

    func due(_ due: DueDate) -> String { renderer.text(due) }

    /// The date that somebody typed at `moment` into a column for dates; nil where it is none.
    func date(typed text: String, at moment: Date) -> DueDate? {
        renderer.date(typed: text, at: moment)
    }
}
