import DialogEngine
import FoundationEssentials

extension Report {
    /// One question with everything that may be told of it.
    struct Question {
        let id: DialogEngine.Question.ID
        let key: String
        let prompt: String
        let shape: Shape
        let isInternal: Bool
        /// Whether the readers only learn that the group keeps the answer to itself.
        let isMasked: Bool
        let state: QuestionState
        /// Why it was left open; empty without a reason.
        let skipped: String?
        /// Why it does not apply.
        let ruledOut: String?
        /// What was agreed last.
        let agreed: Wording?
        /// The proposal that is open.
        let draft: Wording?
        let contributions: [Contribution]
        /// Contributions that are looked at as one.
        let groups: [ContributionGroup]
        /// The result of the last vote with dots, the most first.
        let dots: [DotCount]
        /// The contributions, read in the shape of the question.
        let collected: Content
        let openPoints: [OpenPoint]
        /// What other groups remarked on the agreed answer.
        let remarks: [Remark]
        /// The last event that changed its answer.
        let revision: Int

        /// What the group has to the question at present: the agreed wording, else the open one, else the contributions.
        var content: Content {
            state == .notApplicable ? Content(groups: []) : (agreed ?? draft)?.content ?? collected
        }

        /// The contribution with this id; they lie in the sequence of their numbers.
        func contribution(_ id: RecordID) -> Contribution? {
            var (low, high) = (0, contributions.count)
            while low < high {
                let middle = (low + high) / 2
                if contributions[middle].id.number < id.number { low = middle + 1 } else { high = middle }
            }
            return low < contributions.count && contributions[low].id == id ? contributions[low] : nil
        }
    }

    /// How an answer to a question is laid out, with its titles in the document's language.
    struct Shape {
        let form: AnswerShape.Form
        let isOrdered: Bool
        let columns: [String]
        let columnIDs: [String]
        let hasKinds: Bool
        /// What stands behind an organisation's name.
        let detail: String?
        /// The key of the question whose entries the organisations are named for.
        let about: String?
    }

    /// A proposal, open or agreed.
    struct Wording {
        let text: String
        let content: Content
        let from: [RecordID]
        let proposer: Name?
        /// Whether it was copied from paper.
        let isOnPaper: Bool
        let at: Date
        let consenting: Voices
        let abstaining: Voices
        let objections: [Objection]
    }

    /// How many voted in one way, and who of them may be named.
    struct Voices {
        let count: Int
        let names: [Name]
    }

    struct Objection {
        let by: Name?
        let reason: String
        let isToFormerWording: Bool
    }

    struct Contribution {
        let id: RecordID
        let text: String
        /// Nobody where no names are wanted, and for what came privately.
        let author: Name?
        /// The expert whose result it is.
        let expert: String?
        /// Whether it was copied from paper, and who wrote it there, where that was said and names are wanted.
        let isOnPaper: Bool
        let writer: String?
        let at: Date
    }
}

extension Report {
    /// What somebody of another group remarked; only the group's name is kept of her.
    struct Remark {
        let id: RecordID
        let text: String
        let group: String
        let at: Date
    }

    struct ContributionGroup {
        let id: RecordID
        let text: String
        let members: [RecordID]
    }

    /// What another question lists and `question` names nobody for, such as a resource that nobody can bring.
    ///
    /// People shorten what they name, so that one text within the other is a match.
    func withoutAnybody(at question: Question) -> [String] {
        guard let about = question.shape.about, !question.content.isEmpty,
            let listed = questions.first(where: { $0.key == about })
        else { return [] }
        let exactly = Set(question.content.entries.compactMap { $0.subject?.folded }.filter { !$0.isEmpty })
        return listed.content.entries.map(\.text).filter { text in
            let folded = text.folded
            return !exactly.contains(folded) && !exactly.contains { $0.contains(folded) || folded.contains($0) }
        }
    }
}
