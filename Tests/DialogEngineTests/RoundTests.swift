import DialogEngine
import Testing

@Suite("Rounds")
struct RoundTests {
    static let problem = "describe.problem"

    /// Anna has proposed, bernd consents, dirk objects.
    static func round() -> Play {
        var play = Play.begun()
        play.tell(.anna, .propose("Regenwasser wird abgeleitet", from: []))
        play.tell(.bernd, .consent(nil))
        play.tell(.dirk, .object("Das ist Satzungslage"))
        return play
    }

    @Test("Proposing counts as the proposer's consent")
    func proposing() throws {
        var play = Play.begun()
        let decision = play.tell(.bernd, .propose("Regenwasser fehlt", from: []))
        #expect(decision.phrases == [.proposed])
        #expect(decision.line(.proposed)?.values[.name] == .text("bernd"))
        let draft = try #require(play.session.answer(to: Self.problem).draft)
        #expect(draft.consenting == [2] && draft.objections.isEmpty && draft.abstaining.isEmpty)
    }

    @Test("A proposal is made from live contributions, in the sequence they are named")
    func fromContributions() {
        var play = Play.begun()
        play.tell(.bernd, .contribute("Bäume vertrocknen.", question: nil))
        play.tell(.dirk, .contribute("Für wen: Bauhof; Schule", question: nil))
        #expect(play.tell(.anna, .propose(nil, from: [.b1, RecordID(.contribution, 9)])).phrases == [.noSuchRecord])
        play.tell(.anna, .propose(nil, from: [.b1, .b2]))
        play.tell(.anna, .agree(nil))
        let entries = play.session.entries(of: Guide.questions[0])
        #expect(entries.map(\.text) == ["Bäume vertrocknen.", "Bauhof", "Schule"])
        #expect(entries.map(\.section) == [nil, "for_whom", "for_whom"])
        play.tell(.dirk, .withdraw(.b2))
        #expect(play.session.entries(of: Guide.questions[0]) == entries)
        #expect(play.tell(.anna, .propose(nil, from: [.b2])).phrases == [.noSuchRecord])
        #expect(play.tell(.anna, .propose(nil, from: [])).phrases == [.emptyText])
    }

    @Test("Where only facilitators propose, others are told who does")
    func facilitatorsPropose() {
        var settings = Play.settings
        settings.facilitatorsPropose = true
        var play = Play.begun(settings: settings)
        let decision = play.tell(.bernd, .propose("Regenwasser fehlt", from: []))
        #expect(decision.isRefusal)
        #expect(decision.line(.facilitatorsPropose)?.values == [.names: .list([.text("anna")])])
        #expect(play.tell(.anna, .propose("Regenwasser fehlt", from: [])).phrases == [.proposed])
    }

    @Test("The last word of each person counts")
    func lastWord() throws {
        var play = Self.round()
        #expect(play.tell(.bernd, .consent(nil)).phrases == [.consentStands])
        #expect(play.tell(.bernd, .object("Doch nicht")).phrases == [.objectionNoted])
        #expect(play.tell(.dirk, .abstain("problem")).phrases == [.abstentionNoted])
        let draft = try #require(play.session.answer(to: Self.problem).draft)
        #expect(draft.consenting == [1] && draft.abstaining == [3] && draft.objections == [2: "Doch nicht"])
    }

    @Test("A vote is acknowledged to the voter alone")
    func quietVotes() {
        var play = Self.round()
        #expect(play.tell(.ceyda, .consent(nil)).outputs.map(\.audience) == [.addressed(Speaker.ceyda.identity)])
    }

    @Test("Editing withdraws the consents, says whose, and keeps objections until their author speaks again")
    func editing() throws {
        var play = Self.round()
        let decision = play.tell(.anna, .substitute("wird", by: "wird nach Satzung"))
        #expect(
            decision.line(.proposalEditedConsentsGone)?.values == [
                .names: .list([.text("bernd")]), .people: .list([.text("bernd"), .text("dirk")]),
            ])
        var draft = try #require(play.session.answer(to: Self.problem).draft)
        #expect(draft.consenting == [1] && draft.objections == [3: "Das ist Satzungslage"])
        let again = play.tell(.anna, .substitute("Satzung", by: "geltender Satzung"))
        #expect(again.line(.proposalEditedAskAgain)?.values == [.people: .list([.text("dirk")])])
        play.tell(.dirk, .consent(nil))
        draft = try #require(play.session.answer(to: Self.problem).draft)
        #expect(draft.consenting == [1, 3] && draft.objections.isEmpty)
    }

    @Test("Editing a proposal that nobody spoke on withdraws nothing")
    func editingAlone() {
        var play = Play.begun()
        play.tell(.bernd, .propose("Regenwasser fehlt", from: []))
        #expect(play.tell(.bernd, .substitute("fehlt", by: "fehlt im Sommer")).phrases == [.proposalEdited])
        #expect(play.tell(.dirk, .substitute("fehlt", by: "stinkt")).phrases == [.nothingToSubstitute])
    }

    @Test("A wording that is edited privately is shown to the room, with whose consent it takes")
    func editingPrivately() {
        var play = Self.round()
        let decision = play.tell(.anna, .substitute("wird", by: "wurde"), .private)
        #expect(decision.phrases == [.presentDraft, .proposalEditedConsentsGone])
        #expect(decision.outputs.allSatisfy { $0.audience == .room })
    }

    @Test("A new proposal says whose consent to the old one is gone, and keeps the objections")
    func replacing() throws {
        var play = Self.round()
        let decision = play.tell(.ceyda, .propose("Regenwasser fehlt", from: []))
        #expect(decision.phrases == [.proposed, .proposalEditedConsentsGone])
        let draft = try #require(play.session.answer(to: Self.problem).draft)
        #expect(draft.consenting == [4] && draft.objections == [3: "Das ist Satzungslage"])
    }

    @Test("Agreeing prints who consented, who abstained, and every objection")
    func agreeing() {
        var play = Self.round()
        play.tell(.ceyda, .abstain(nil))
        let decision = play.tell(.anna, .agree(nil))
        #expect(decision.phrases == [.agreed, .agreedAbstentions, .agreedObjection, .missionAgreed])
        #expect(decision.line(.agreed)?.values[.names] == .list([.text("anna"), .text("bernd")]))
        #expect(
            decision.line(.agreedObjection)?.values == [.name: .text("dirk"), .text: .text("Das ist Satzungslage")])
        #expect(decision.outputs.allSatisfy { $0.audience == .room })
        #expect(play.tell(.anna, .agree(nil)).phrases == [.agreedStands])
    }

    @Test("An answer that nobody consents to says so")
    func agreedByNobody() {
        var play = Play.begun()
        play.tell(.anna, .propose("Regenwasser fehlt", from: []))
        play.tell(.anna, .abstain(nil))
        #expect(play.tell(.anna, .agree(nil)).phrases == [.agreedByNobody, .agreedAbstentions, .missionAgreed])
    }

    @Test("An agreed answer is spoken on afterwards, and stands until the next one is agreed")
    func reopening() {
        var play = Self.round()
        play.tell(.anna, .agree(nil))
        #expect(play.tell(.ceyda, .object("Zu kurz")).phrases == [.objectionAfterwards])
        #expect(play.session.answer(to: Self.problem).agreed?.objections[4] == "Zu kurz")
        play.tell(.bernd, .propose("Anders", from: []))
        #expect(play.session.answer(to: Self.problem).agreed?.text == "Regenwasser wird abgeleitet")
        #expect(play.session.entries(of: Guide.questions[0]).map(\.text) == ["Regenwasser wird abgeleitet"])
        #expect(play.session.answer(to: Self.problem).draft?.objections.isEmpty == true)
        play.tell(.bernd, .withdraw(nil))
        #expect(play.state() == .agreed)
        play.tell(.bernd, .propose("Anders", from: []))
        play.tell(.anna, .agree("problem"))
        #expect(play.session.entries(of: Guide.questions[0]).map(\.text) == ["Anders"])
    }

    @Test("A question can be spoken on from any place")
    func fromElsewhere() {
        var play = Self.round()
        play.tell(.anna, .goTo("recht"))
        #expect(play.tell(.ceyda, .consent("problem")).phrases == [.consentNoted])
        #expect(play.tell(.ceyda, .consent(nil)).phrases == [.noProposal])
        #expect(play.tell(.ceyda, .consent("wetter")).phrases == [.noSuchQuestion])
        #expect(play.tell(.anna, .agree("problem")).phrases.first == .agreed)
    }

    @Test("A proposal is made from contributions to the same question only")
    func fromAnotherQuestion() {
        var play = Play.begun()
        play.tell(.bernd, .contribute("Satzung", question: "recht"))
        let decision = play.tell(.anna, .propose("Text", from: [.b1]))
        #expect(decision.isRefusal && decision.phrases == [.belongsElsewhere])
    }

    @Test("A part of the answer that was contributed and is not in the proposal is named")
    func missingSection() {
        var play = Play.begun()
        play.tell(.bernd, .contribute("Wasser fehlt", question: nil))
        play.tell(.dirk, .contribute("Für wen: Bauhof", question: nil))
        let decision = play.tell(.anna, .propose("Es fehlt Wasser", from: [.b1]))
        #expect(decision.phrases == [.proposed, .sectionMissing])
        #expect(decision.line(.sectionMissing)?.values[.ids] == .list([.text("B2")]))
        #expect(play.tell(.anna, .propose("Es fehlt Wasser; Für wen: Bauhof", from: [])).phrases == [.proposed])
    }

    @Test("After the agreement, what would change the answer says how to begin anew")
    func agreedStands() {
        var play = QuestionStateTests.play(in: .agreed)
        let text = play.session.answer(to: "describe.problem").agreed?.text ?? ""
        #expect(play.tell(.anna, .agree(nil)).phrases == [.agreedStands])
        #expect(play.tell(.ceyda, .substitute(text, by: "Anders")).phrases == [.agreedStands])
        #expect(play.tell(.ceyda, .consent(nil)).phrases == [.consentAfterwards])
    }
}
