import DialogEngine
import FoundationEssentials
import Testing

@Suite("The gallery walk in one group")
struct GalleryTests {
    static let m1 = RecordID(.remark, 1)
    static let south = exhibit("Süd", "prepare.legal", "Die Entnahme braucht eine Erlaubnis")
    static let east = exhibit("Ost", "prepare.legal", "Keine Hürden")
    static let visitor = Visitor(session: "süd", people: [4])

    static func exhibit(_ group: String, _ question: Question.ID, _ text: String, session: String = "s2") -> Exhibit {
        Exhibit(
            group: group, session: session, question: question, key: Guide.text("recht", "legal"),
            prompt: Guide.text("recht?", "legal?"), text: text)
    }

    /// A group with an agreed answer to »problem« that is walking.
    private static func walking() -> Play {
        var play = agreed()
        play.take(.called(.openGallery([south, east]), from: "Süd"))
        play.pass(.minute)
        return play
    }

    private static func agreed() -> Play {
        var play = Play.begun()
        play.tell(.bernd, .propose("Bäume vertrocknen", from: []))
        play.tell(.anna, .agree(nil))
        return play
    }

    /// One's own answer as others see it.
    private static var own: Exhibit { exhibit("Nord", "describe.problem", "Bäume vertrocknen", session: "s1") }

    private static func calls(_ decision: Decision) -> [Circular] {
        decision.outputs.compactMap { if case .circular(let circular) = $0.content { circular } else { nil } }
    }

    @Test("Answers come one by one, the question once, and then what was being discussed goes on")
    func walk() {
        var play = Self.agreed()
        let opened = play.take(.called(.openGallery([Self.south, Self.east]), from: "Süd"))
        #expect(opened.phrases == [.galleryOpened, .galleryHowTo, .explanation, .exhibit])
        play.pass(.minute)
        let next = play.tell(.anna, .next(confirmed: false))
        #expect(next.phrases == [.exhibit])
        #expect(next.line(.exhibit)?.values[.name] == .text("Ost"))
        #expect(play.tell(.anna, .next(confirmed: false)).phrases == [.confirmNext])
        #expect(play.tell(.anna, .back).line(.exhibit)?.values[.name] == .text("Süd"))
        #expect(play.tell(.anna, .back).phrases == [.galleryAtBeginning])
        play.pass(.minute)
        play.tell(.anna, .next(confirmed: false))
        play.pass(.minute)
        let last = play.tell(.anna, .next(confirmed: false))
        #expect(last.phrases == [.galleryClosed, .questionHeader, .prompt, .presentAgreed])
        #expect(play.session.current == "describe.problem" && play.session.gallery == nil)
    }

    @Test("The question's time and readiness stand still meanwhile; one set in the walk is for the walk")
    func clocks() {
        var play = Self.agreed()
        play.tell(.anna, .timebox(.set(minutes: 10)))
        play.tell(.bernd, .ready)
        let before = play.session.timebox
        play.take(.called(.openGallery([Self.south, Self.east]), from: "Süd"))
        #expect(play.session.timebox == nil && play.session.ready.isEmpty)
        play.tell(.anna, .timebox(.set(minutes: 3)))
        play.tell(.bernd, .ready)
        play.pass(.hour)
        play.tell(.anna, .next(confirmed: false))
        #expect(play.session.timebox == nil && play.session.ready.isEmpty)
        play.take(.called(.closeGallery, from: "Süd"))
        #expect(play.session.timebox?.until == before.map { $0.until + .hour })
        #expect(play.session.ready == [2])
    }

    @Test(
        "Everything that a participant writes with + goes to the group whose answer is looked at, without her name",
        arguments: [Command.contribute("Gut", question: nil), .remark("Gut"), .raise("Gut")])
    func remarks(command: Command) {
        var play = Self.walking()
        let decision = play.tell(.bernd, command)
        #expect(decision.phrases.isEmpty)
        #expect(
            Self.calls(decision) == [
                .call(.remark("Gut", on: Self.south, by: Visitor(session: "s1", people: [2])), to: "Süd")
            ])
        #expect(play.session.contributions.isEmpty && play.session.openPoints.isEmpty)
        #expect(play.tell(.bernd, .contribute("Zur Sache", question: "recht")).phrases == [.notedElsewhere])
    }

    @Test("Plain lines are remarks where they count, and talk where they do not")
    func plain() {
        var play = Self.walking()
        #expect(play.tell(.bernd, .plain("Hm")).isNothing)
        #expect(Self.calls(play.tell(.bernd, .plain("Gut"), .private)).count == 1)
        play.tell(.anna, .mode(.collect))
        #expect(Self.calls(play.tell(.bernd, .plain("Gut"))).count == 1)
    }

    @Test(
        "What would change the question that waits is for afterwards",
        arguments: [
            Command.propose("Text", from: []), .goTo("recht"), .skip(nil), .ruleOut("Nein"), .silence(minutes: 5),
            .dots(.open(each: 3)),
        ])
    func afterwards(command: Command) {
        var play = Self.walking()
        #expect(play.tell(.anna, command).phrases == [.galleryGoesOn])
    }

    @Test("A remark is kept with the group's name, told at the end of the own walk, and shown with the question")
    func kept() {
        var play = Self.walking()
        let noted = play.take(.called(.remark("Bei uns auch", on: Self.own, by: Self.visitor), from: "Süd"))
        #expect(noted.phrases == [.remarkNoted] && noted.outputs[0].audience == .asker)
        #expect(play.session.remark(Self.m1)?.text == "Bei uns auch")
        #expect(play.take(.called(.closeGallery, from: "Süd")).phrases.first == .galleryClosedWithRemarks)
        let later = play.take(.called(.remark("Noch etwas", on: Self.own, by: Self.visitor), from: "Süd"))
        #expect(later.phrases == [.remarkNoted, .remarkCame])
        #expect(play.tell(.bernd, .showRemarks(question: nil)).phrases == [.remarkItem, .remarkItem])
        #expect(play.tell(.bernd, .showRemarks(question: "recht")).phrases == [.noRemarks])
        #expect(play.tell(.anna, .start(name: nil)).phrases.contains(.presentRemarks))
        #expect(play.tell(.anna, .question(nil)).phrases == [.explanation, .presentAgreed, .remarkItem, .remarkItem])
    }

    @Test("A remark on what is not agreed any more, or was said in another session, is refused")
    func tooLate() {
        var play = Play.begun()
        let call = WorkshopCall.remark("Gut", on: Self.own, by: Self.visitor)
        #expect(play.take(.called(call, from: "Süd")).phrases == [.remarkTooLate])
        play = Self.agreed()
        let former = Self.exhibit("Nord", "describe.problem", "Bäume", session: "s0")
        #expect(play.take(.called(.remark("Gut", on: former, by: Self.visitor), from: "Süd")).isRefusal)
        play.tell(.anna, .end(confirmed: true))
        #expect(play.take(.called(call, from: "Süd")).phrases == [.remarkTooLate])
        #expect(play.session.remarks.isEmpty)
    }

    @Test("Whoever left a remark takes it back, the latest without an id; nobody else of her group can")
    func withdrawn() {
        var play = Self.agreed()
        for text in ["eins", "zwei"] {
            play.take(.called(.remark(text, on: Self.own, by: Self.visitor), from: "Süd"))
        }
        let other = Visitor(session: "süd", people: [5])
        #expect(play.take(.called(.withdrawRemark(Self.m1, by: other), from: "Süd")).phrases == [.remarkNotYours])
        #expect(play.take(.called(.withdrawRemark(nil, by: other), from: "Süd")).phrases == [.nothingToWithdraw])
        // Found again by a later record of the same person.
        let her = Visitor(session: "süd", people: [4, 9])
        #expect(play.take(.called(.withdrawRemark(nil, by: her), from: "Süd")).phrases == [.withdrawn])
        #expect(play.session.remarks(on: "describe.problem").map(\.text) == ["eins"])
        #expect(play.tell(.bernd, .withdraw(Self.m1)).phrases == [.remarkOfAnotherGroup])
        #expect(play.tell(.anna, .withdraw(Self.m1)).phrases == [.withdrawn])
        #expect(play.tell(.anna, .withdraw(Self.m1)).phrases == [.noSuchRecord])
        #expect(play.tell(.anna, .edit(Self.m1, "drei")).phrases == [.remarkStands])
    }

    @Test("What she takes back goes to the group that is looked at, or to the one she names")
    func withdrawing() {
        var play = Self.walking()
        let bernd = Visitor(session: "s1", people: [2])
        #expect(
            Self.calls(play.tell(.bernd, .withdraw(nil))) == [.call(.withdrawRemark(nil, by: bernd), to: "Süd")])
        #expect(
            Self.calls(play.tell(.bernd, .withdrawRemark(Self.m1, of: "West"))) == [
                .call(.withdrawRemark(Self.m1, by: bernd), to: "West")
            ])
    }

    @Test("Who has herself forgotten has her remarks erased everywhere, in the events too")
    func forgotten() throws {
        var play = Self.walking()
        play.tell(.bernd, .consent(nil))
        let asked = play.tell(.bernd, .forgetMe(confirmed: true))
        #expect(Self.calls(asked) == [.call(.forget(Visitor(session: "s1", people: [2])), to: nil)])

        var owner = Self.agreed()
        owner.take(.called(.remark("Geheimnis", on: Self.own, by: Self.visitor), from: "Süd"))
        owner.take(.called(.remark("Bleibt", on: Self.own, by: Visitor(session: "ost", people: [4])), from: "Ost"))
        let forgotten = owner.take(.called(.forget(Self.visitor), from: "Süd"))
        let erasure = try #require(forgotten.erasing)
        let redacted = owner.events.map { $0.redacted(by: erasure) }
        #expect(try Folded.json(Folded.session(redacted)) == Folded.json(owner.session))
        #expect(try !Folded.json(redacted).contains("Geheimnis") && !Folded.json(owner.session).contains("Geheimnis"))
        #expect(owner.session.remarks(on: "describe.problem").map(\.text) == ["Bleibt"])
        #expect(owner.take(.called(.forget(Self.visitor), from: "Süd")).isNothing)
        let byOperator = Visitor(session: "ost", people: [4])
        #expect(owner.session.erasure(of: byOperator)?.records == [RecordID(.remark, 2)])
        #expect(owner.session.forget(byOperator, at: owner.now).count == 1)
        #expect(owner.session.remarks(on: "describe.problem").isEmpty)
    }

    @Test("What is internal, not agreed or asked of a paused group is not shown; people in columns for people never")
    func exhibits() {
        var play = Self.agreed()
        play.tell(.anna, .goTo("bedenken"))
        play.tell(.bernd, .propose("Gewerbeverein: Parkplätze", from: []))
        play.tell(.anna, .agree(nil))
        play.tell(.anna, .goTo("recht"))
        play.tell(.bernd, .propose("Satzung", from: []))
        #expect(play.session.exhibits(of: "Nord", at: nil).map(\.text) == ["Bäume vertrocknen"])
        #expect(play.session.exhibits(of: "Nord", at: "alliances.opponents").isEmpty)
        #expect(play.tell(.anna, .openGallery(question: "bedenken")).phrases == [.galleryNotInternal])
        play.tell(.anna, .pause(until: nil))
        #expect(play.session.exhibits(of: "Nord", at: nil).isEmpty)

        var dialog = Guide.dialog
        dialog = dialog.replacing(
            "proceed.next_steps",
            by: AnswerShape(
                form: .rows,
                columns: [
                    .init(label: Guide.label("what", "Was", "What"), kind: .text),
                    .init(label: Guide.label("who", "Wer", "Who"), kind: .person),
                ]))
        var named = Play.begun(dialog: dialog)
        named.tell(.anna, .goTo("schritte"))
        named.tell(.bernd, .propose("Mulden messen; Bernd Maier", from: []))
        named.tell(.anna, .agree(nil))
        #expect(named.session.exhibits(of: "Nord", at: nil).map(\.text) == ["Mulden messen"])
    }

    @Test(
        "A group that cannot walk says why",
        arguments: [
            Phrase.gallerySkipsPaused, .gallerySkipsEnded, .galleryIsOpen,
            .gallerySkipsSilent, .gallerySkipsAlone,
        ])
    func skipped(phrase: Phrase) {
        var play = Self.agreed()
        var exhibits = [Self.south]
        switch phrase {
        case .gallerySkipsPaused: play.tell(.anna, .pause(until: nil))
        case .gallerySkipsEnded: play.tell(.anna, .end(confirmed: true))
        case .galleryIsOpen: play = Self.walking()
        case .gallerySkipsSilent: play.tell(.anna, .silence(minutes: 5))
        default: exhibits = []
        }
        let decision = play.take(.called(.openGallery(exhibits), from: "Süd"))
        #expect(decision.isRefusal && decision.phrases == [phrase])
    }

    @Test("In a walk, help, the question and a late-comer's welcome are about the walk")
    func looking() {
        var play = Self.walking()
        #expect(
            play.tell(.anna, .help(.moment)).phrases == [.helpGallery, .helpGalleryLead, .helpMore, .answeredPrivately])
        #expect(play.tell(.bernd, .question(nil)).phrases == [.explanation, .exhibit])
        let welcomed = play.take(.joined(.dirk))
        #expect(welcomed.line(.welcome)?.nested.map(\.phrase).contains(.welcomeGallery) == true)
        #expect(welcomed.output(.exhibit)?.audience == .addressed(Speaker.dirk.identity))
    }
}

extension Dialog {
    /// The guide with another form of one answer.
    fileprivate func replacing(_ id: Question.ID, by shape: AnswerShape) -> Dialog {
        let questions = questions.map { question in
            question.id != id
                ? question
                : Question(
                    id: id, step: question.step, key: question.key, prompt: question.prompt, help: question.help,
                    example: question.example, answer: shape, isInternal: question.isInternal)
        }
        return Dialog(
            id: self.id, version: version, contentHash: contentHash, languages: languages, title: title,
            introduction: introduction, about: about, closing: closing, attribution: attribution, steps: steps,
            questions: questions, orders: orders, network: network)
    }
}
