import DialogEngine
import FoundationEssentials
import Testing

@Suite("Contributions")
struct CollectingTests {
    @Test("Plain lines count where everything is collected, privately and in the terminal")
    func plain() {
        var play = Play.begun()
        #expect(play.tell(.bernd, .plain("Guten Abend")).isNothing)
        #expect(
            play.tell(.bernd, .plain("Eins"), .private).phrases == [
                .noted, .contributedPrivately, .howPrivateLinesCount,
            ])
        #expect(play.tell(.bernd, .plain("Zwei"), .console).phrases == [.noted])
        #expect(play.tell(.anna, .mode(.collect)).phrases == [.modeCollect])
        #expect(play.tell(.bernd, .plain("Drei")).phrases == [.noted])
        #expect(play.tell(.bernd, .aside).isNothing)
        #expect(play.tell(.anna, .mode(.talk)).phrases == [.modeTalk])
        #expect(play.session.contributions.map(\.text) == ["Eins", "Zwei", "Drei"])
    }

    @Test("Whoever writes privately for the first time is told what becomes of it, and how to take it back")
    func firstPrivateLine() {
        var play = Play.begun()
        #expect(play.tell(.bernd, .plain("Eins"), .private).line(.howPrivateLinesCount)?.values == [.id: .id(.b1)])
        #expect(play.tell(.bernd, .plain("Zwei"), .private).line(.howPrivateLinesCount) == nil)
        #expect(play.tell(.dirk, .plain("Drei"), .private).line(.howPrivateLinesCount) != nil)
    }

    @Test("After the end a line in the room is talk again, whatever the mode was")
    func plainAfterwards() {
        var play = Play.begun()
        play.tell(.anna, .mode(.collect))
        play.tell(.anna, .end(confirmed: true))
        #expect(play.tell(.bernd, .plain("Danke!")).isNothing)
        #expect(play.tell(.bernd, .plain("Noch etwas"), .private).phrases == [.sessionEnded])
    }

    @Test("A private contribution is shown to the room without a name")
    func privately() throws {
        var play = Play.begun()
        let decision = play.tell(.bernd, .contribute("Der Zweckverband mauert", question: nil), .private)
        let shown = try #require(decision.output(.contributedPrivately))
        #expect(shown.audience == .room)
        #expect(!shown.lines.flatMap { $0.values.values }.flatMap(\.typed).contains("bernd"))
        #expect(decision.output(.noted)?.audience == .asker)
    }

    @Test(
        "Nobody learns in the room whose a private contribution is",
        arguments: [
            Command.withdraw(.b1), .edit(.b1, "Anders"), .consent("B1"), .status, .openItems, .recap, .showParked,
        ])
    func staysPrivate(_ command: Command) {
        var play = Play.begun()
        play.tell(.bernd, .contribute("Der Zweckverband mauert", question: nil), .private)
        play.tell(.bernd, .raise("Mauert er?"), .private)
        play.tell(.bernd, .park("Satzung"), .private)
        play.tell(.dirk, .edit(.b1, "Der Zweckverband zögert"), .private)
        let words = play.tell(.ceyda, command).outputs.flatMap(\.lines).flatMap { $0.values.values }.flatMap(\.typed)
        #expect(!words.contains("bernd") && !words.contains("dirk"))
    }

    @Test("What is corrected, withdrawn or given as a task privately is shown to the room")
    func privateCorrections() {
        var play = Play.begun()
        play.tell(.bernd, .contribute("Der Kanal ist alt", question: nil))
        #expect(
            play.tell(.bernd, .edit(.b1, "Der Kanal ist eng"), .private).phrases == [.edited, .contributedPrivately])
        #expect(play.tell(.bernd, .withdraw(.b1), .private).outputs.map(\.audience) == [.asker, .room])
        let task = play.tell(.bernd, .assign(to: "dirk", "Fragen", due: nil), .private)
        #expect(task.output(.actionItem)?.audience == .room)
    }

    @Test("An open point that was raised privately is shown to the room")
    func privateOpenPoint() {
        var play = Play.begun()
        let decision = play.tell(.bernd, .raise("Wem gehört das Wasser?"), .private)
        #expect(decision.output(.openPointItem)?.audience == .room)
        #expect(decision.line(.openPointItem)?.values[.text] == .text("Wem gehört das Wasser?"))
        #expect(decision.output(.openPointRaised)?.audience == .asker)
    }

    @Test(
        "A contribution says where it went",
        arguments: [
            (nil, Phrase.noted), ("problem", .noted), ("recht", .notedElsewhere), ("legal", .notedElsewhere),
        ] as [(String?, Phrase)])
    func places(_ question: String?, _ phrase: Phrase) {
        var play = Play.begun()
        #expect(play.tell(.bernd, .contribute("Text", question: question)).phrases == [phrase])
    }

    @Test("A word behind + that is like no question's key begins the text", arguments: ["Ohne", "in", "an", "Geld:"])
    func beginsText(_ word: String) {
        var play = Play.begun()
        #expect(play.tell(.bernd, .contribute("Leerzeichen", question: word)).phrases == [.noted])
        #expect(play.session.contributions.map(\.text) == ["\(word) Leerzeichen"])
    }

    @Test("A word behind + that is nearly a question's key is asked about", arguments: ["rehct", "kontakt", "Alltage"])
    func asksForQuestion(_ word: String) {
        var play = Play.begun()
        let decision = play.tell(.bernd, .contribute("Text", question: word))
        #expect(decision.isRefusal)
        #expect(decision.line(.questionOrText)?.values[.text] == .text("\(word) Text"))
    }

    @Test(
        "The rest of a line that the client cut is put behind what was kept of it", arguments: [Source.chat, .private])
    func joinsCutLines(_ source: Source) {
        var play = Play.begun()
        let beginning = Command.contribute("Wasser", question: nil)
        play.tell(.bernd, beginning, source)
        play.tell(.dirk, .contribute("Schatten", question: nil))
        let rest = play.tell(.bernd, .goOn(beginning, with: "fehlt im Sommer", isSure: true), source)
        #expect(rest.phrases.first == .continued)
        #expect(play.session.contributions.map(\.text) == ["Wasser fehlt im Sommer", "Schatten"])
    }

    @Test("The rest finds every record that has a text")
    func joinsEverywhere() {
        var play = Play.begun()
        func goOn(_ beginning: Command) {
            play.tell(.bernd, beginning)
            play.tell(.bernd, .goOn(beginning, with: "und Ende", isSure: true))
        }
        goOn(.raise("Wem gehört"))
        goOn(.park("Später"))
        goOn(.assign(to: nil, "Angebot holen", due: nil))
        play.tell(.anna, .propose("Satz", from: []))
        goOn(.object("zu teuer"))
        #expect(play.session.openPoints.map(\.text) == ["Wem gehört und Ende"])
        #expect(play.session.parked.map(\.text) == ["Später und Ende"])
        #expect(play.session.actions.map(\.text) == ["Angebot holen und Ende"])
        let objections = play.session.answer(to: "describe.problem").draft?.objections.values.sorted()
        #expect(objections == ["zu teuer und Ende"])
    }

    @Test("The rest of a proposal is shown with all of it, and who agreed to the half is asked again")
    func joinsCutProposals() {
        var play = Play.begun()
        let beginning = Command.propose("Wasser", from: [])
        play.tell(.bernd, beginning)
        play.tell(.dirk, .consent(nil))
        let decision = play.tell(.bernd, .goOn(beginning, with: "fehlt", isSure: true))
        #expect(decision.phrases == [.proposalWhole, .proposalEditedConsentsGone])
        #expect(decision.line(.proposalWhole)?.values[.text] == .text("Wasser fehlt"))
        #expect(decision.output(.proposalWhole)?.audience == .room)
        #expect(play.session.answer(to: "describe.problem").draft?.text == "Wasser fehlt")
    }

    @Test("Where only the speaker can say whether a line belongs to the one before it, she is asked")
    func asksWhetherItGoesOn() {
        var play = Play.begun()
        let beginning = Command.contribute("Wasser", question: nil)
        play.tell(.bernd, beginning)
        #expect(play.tell(.bernd, .goOn(beginning, with: "so ist es", isSure: false)).phrases == [.doesItGoOn])
        #expect(play.tell(.bernd, .goOn(.plain("Hallo"), with: "so ist es", isSure: false)).isNothing)
        #expect(play.tell(.bernd, .goOn(.next(confirmed: false), with: "Rest", isSure: true)).phrases == [.restNotKept])
        #expect(play.tell(.bernd, .append(nil)).phrases == [.nothingToGoOnWith])
        #expect(play.session.contributions.map(\.text) == ["Wasser"])
        // Where every line counts, the line is kept as one of its own.
        play.tell(.anna, .mode(.collect))
        #expect(play.tell(.bernd, .goOn(beginning, with: "so ist es", isSure: false)).phrases == [.noted])
    }

    @Test("In a column for dates, what was understood is repeated, and what was not is said")
    func dates() {
        var play = Play.begun()
        let due = DueDate.at(play.now.addingTimeInterval(.day))
        let row = Command.contribute("Antrag; Bauamt; morgen", question: "schritte")
        #expect(play.tell(.bernd, row, dates: ["morgen": due]).phrases == [.notedElsewhere, .dateUnderstood])
        let vague = play.tell(
            .bernd, .contribute("Antrag; Bauamt; Ende Februar", question: "schritte"), dates: ["Ende Februar": nil])
        #expect(vague.phrases == [.notedElsewhere, .dateNotUnderstood])
        #expect(vague.line(.dateNotUnderstood)?.values[.text] == .text("Ende Februar"))
        #expect(play.tell(.bernd, .contribute("Antrag", question: "schritte")).phrases == [.notedElsewhere])
        play.tell(.anna, .goTo("schritte"))
        let proposal = play.tell(.anna, .propose("Antrag; Amt; bald", from: []), dates: ["Amt": nil, "bald": nil])
        #expect(proposal.phrases == [.proposed, .dateNotUnderstood])
    }

    @Test("Beside an agreed answer a contribution is kept and says that the answer stands")
    func besideAgreed() {
        var play = QuestionStateTests.play(in: .agreed)
        #expect(play.tell(.bernd, .contribute("Noch etwas", question: nil)).phrases == [.notedBesideAgreed])
    }

    @Test("s/old/new/ takes the speaker's latest text that contains the old words")
    func substitute() {
        var play = Play.begun()
        play.tell(.bernd, .contribute("Der Kanal läuft über", question: nil))
        play.tell(.bernd, .contribute("Der Kanal ist alt", question: nil))
        #expect(play.tell(.bernd, .substitute("Kanal", by: "Regenkanal")).phrases == [.edited])
        #expect(play.session.contributions.map(\.text) == ["Der Kanal läuft über", "Der Regenkanal ist alt"])
        #expect(play.tell(.bernd, .substitute("Bach", by: "Fluss")).phrases == [.nothingToSubstitute])
        #expect(play.tell(.dirk, .substitute("Kanal", by: "Fluss")).phrases == [.nothingToSubstitute])
        #expect(play.tell(.bernd, .substitute("", by: "Fluss")).phrases == [.nothingToSubstitute])
        #expect(play.tell(.bernd, .substitute("Der Regenkanal ist alt", by: " ")).phrases == [.emptyText])
    }

    @Test("Without an id, withdrawing takes the open proposal of the speaker, then her latest contribution")
    func withdrawLatest() {
        var play = Play.begun()
        play.tell(.bernd, .contribute("Eins", question: nil))
        play.tell(.bernd, .propose("Zwei", from: []))
        #expect(play.tell(.bernd, .withdraw(nil)).phrases == [.proposalWithdrawn])
        #expect(play.tell(.bernd, .withdraw(nil)).phrases == [.withdrawn])
        #expect(play.tell(.bernd, .withdraw(nil)).phrases == [.nothingToWithdraw])
        #expect(play.tell(.dirk, .withdraw(nil)).phrases == [.nothingToWithdraw])
        #expect(play.session.entries(of: Guide.questions[0]).isEmpty)
        #expect(play.tell(.dirk, .recap).phrases == [.recapNothing])
    }

    @Test("An organisation named twice is one record, and its id is never given to another")
    func organisations() {
        var play = Play.begun()
        play.tell(.bernd, .contribute("Stadtwerke: Betrieb; BUND", question: "aufgaben"))
        play.tell(.dirk, .contribute("stadtwerke, Land", question: "bedenken"))
        #expect(play.session.organisations.map(\.name) == ["Stadtwerke", "BUND", "Land"])
        #expect(play.session.organisations.map(\.id.description) == ["O1", "O2", "O3"])
        #expect(play.session.contributions[1].mentions.map(\.id.description) == ["O1", "O3"])
    }
}

extension String {
    fileprivate var trimmingBlanks: String { split(separator: " ").joined(separator: " ") }
}
