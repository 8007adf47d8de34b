import DialogEngine
import Testing

@Suite("The table of question states")
struct QuestionStateTests {
    /// What the table calls inputs.
    enum Act: String, CaseIterable {
        case contribute, propose, consent, object, abstain, agree, skip, ruleOut, raise, withdrawContribution
        case withdrawProposal

        var command: Command {
            switch self {
            case .contribute: .contribute("Noch etwas", question: nil)
            case .propose: .propose("Eine Fassung", from: [])
            case .consent: .consent(nil)
            case .object: .object("Zu kurz")
            case .abstain: .abstain(nil)
            case .agree: .agree(nil)
            case .skip: .skip(nil)
            case .ruleOut: .ruleOut("Gibt es hier nicht")
            case .raise: .raise("Wer weiß das?")
            case .withdrawContribution: .withdraw(.b1)
            case .withdrawProposal: .withdraw(nil)
            }
        }
    }

    struct Row: CustomTestStringConvertible {
        let state: QuestionState
        let act: Act
        let next: QuestionState
        let isRefused: Bool

        init?(_ cells: [String]) {
            guard cells.count == 4, let state = QuestionState(rawValue: cells[0]), let act = Act(rawValue: cells[1]),
                let next = QuestionState(rawValue: cells[2])
            else { return nil }
            (self.state, self.act, self.next, isRefused) = (state, act, next, cells[3].hasPrefix("refused"))
        }

        var testDescription: String { "\(state) + \(act)" }

        static let all = MarkdownTable.rows(of: "QuestionState.swift").compactMap(Row.init)
    }

    @Test("The table has every state with every input once, and no line that cannot be read")
    func isComplete() {
        let pairs = Row.all.map { "\($0.state) \($0.act)" }
        #expect(Row.all.count == MarkdownTable.rows(of: "QuestionState.swift").count)
        #expect(pairs.count == QuestionState.allCases.count * Act.allCases.count)
        #expect(Set(pairs).count == pairs.count)
    }

    @Test("A question does what its row says", arguments: Row.all)
    func follows(_ row: Row) {
        var play = Self.play(in: row.state)
        #expect(play.state() == row.state)
        let decision = play.tell(.anna, row.act.command)
        #expect(play.state() == row.next)
        #expect(decision.isRefusal == row.isRefused)
        #expect(decision.events.isEmpty == row.isRefused)
    }

    /// A session whose first question is in `state`, and the present one; what was contributed is bernd's.
    static func play(in state: QuestionState) -> Play {
        var play = Play.begun()
        switch state {
        case .empty: break
        case .collected:
            play.tell(.bernd, .contribute("Bäume vertrocknen", question: nil))
        case .draft:
            play = Self.play(in: .collected)
            play.tell(.anna, .propose("Regenwasser fehlt", from: []))
        case .agreed:
            play = Self.play(in: .draft)
            play.tell(.anna, .agree(nil))
        case .notApplicable:
            play.tell(.anna, .ruleOut("Gibt es nicht"))
            play.tell(.anna, .goTo("problem"))
        }
        return play
    }

    @Test("A proposal that is withdrawn leaves an empty question where nothing was collected")
    func withdrawnToEmpty() {
        var play = Play.begun()
        play.tell(.bernd, .propose("Regenwasser fehlt", from: []))
        play.tell(.bernd, .withdraw(nil))
        #expect(play.state() == .empty)
    }

    @Test("A proposal that is withdrawn leaves the earlier agreed answer standing")
    func withdrawnToAgreed() {
        var play = Self.play(in: .agreed)
        play.tell(.bernd, .propose("Etwas anderes", from: []))
        #expect(play.state() == .draft)
        #expect(play.session.answer(to: "describe.problem").agreed?.text == "Regenwasser fehlt")
        play.tell(.bernd, .withdraw(nil))
        #expect(play.state() == .agreed)
        #expect(play.session.answer(to: "describe.problem").agreed?.text == "Regenwasser fehlt")
    }

    @Test("An agreed answer that is ruled out and then taken up again is agreed as before")
    func ruledOutAgreed() {
        var play = Self.play(in: .agreed)
        play.tell(.anna, .ruleOut("Gibt es nicht"))
        #expect(play.session.entries(of: Guide.questions[0]).isEmpty)
        play.tell(.bernd, .contribute("Doch", question: "problem"))
        #expect(play.state() == .agreed)
    }
}
