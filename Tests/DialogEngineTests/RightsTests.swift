import DialogEngine
import Testing

@Suite("Who may do what")
struct RightsTests {
    struct Cell: CustomTestStringConvertible {
        let right: Right
        let role: Role
        let isAllowed: Bool

        var testDescription: String { "\(role): \(right)" }

        static let roles: [Role] = [.stranger, .participant, .facilitator, .operator]

        static let all = MarkdownTable.rows(of: "Rights.swift").flatMap { cells -> [Cell] in
            guard let right = Right(rawValue: cells[0]) else { return [] }
            return zip(roles, cells.dropFirst()).map { Cell(right: right, role: $0, isAllowed: $1 == "yes") }
        }
    }

    @Test("The table has every right with every role")
    func isComplete() {
        #expect(Cell.all.count == Right.allCases.count * Role.allCases.count)
        #expect(Set(Cell.all.map(\.testDescription)).count == Cell.all.count)
    }

    @Test("A role may what its cell says", arguments: Cell.all)
    func follows(_ cell: Cell) {
        #expect(cell.role.may(cell.right) == cell.isAllowed)
    }

    /// Commands of every right that is spoken in a room, with a session in which each would do something.
    static let commands: [Command] = [
        .help(.moment), .more, .unknown("wrot", nearest: nil), .incomplete("time", .badNumber),
        .status, .explain, .example, .listFacilitators,
        .contribute("Text", question: nil), .raise("Text"), .propose("Text", from: []), .consent(nil), .object("Nein"),
        .abstain(nil), .askExpert(.k1, "Amt", due: nil), .clear(.k1, "Ja"), .park("Text"), .showParked,
        .assign(to: "dirk", "Text", due: nil), .finish(.a1), .recap, .openItems, .here(name: nil, organisation: nil),
        .away,
        .edit(.b1, "Anders"), .substitute("Bäume", by: "Linden"), .withdraw(.b1),
        .start(name: nil), .end(confirmed: true), .pause(until: nil), .addFacilitator("bernd"),
        .next(confirmed: true), .back, .goTo("recht"), .skip(nil), .ruleOut("Nein"), .order(nil), .mode(.collect),
        .silence(minutes: 5), .timebox(.set(minutes: 5)), .timebox(.show), .agree(nil), .resume, .reveal,
        .removeFacilitator("anna"), .edit(.a1, "Anders"), .withdraw(.k1), .leave, .redeem("1234"), .privately("Text"),
        .ready, .queue(.join), .queue(.show), .placeDots([.b1]), .giveFloor(to: "bernd"), .nudge(true),
        .group([.b1, .b2], as: "Text"), .split(RecordID(.group, 1)), .dots(.open(each: 3)), .dots(.close),
        .openGallery(question: nil), .closeGalleries, .remark("Text"), .showRemarks(question: nil), .question(nil),
        .withdrawRemark(RecordID(.remark, 1), of: "Süd"),
        .groups(question: nil), .all(.next(confirmed: true), typed: "!weiter"), .announce("Text"),
        .addOrganisation("Bauhof", as: .opponent, detail: nil), .describeOrganisation(.o1, OrganisationDescription()),
        .showOrganisations, .merge(.o1, RecordID(.organisation, 2)), .split(.o1), .noHolder(nil),
        .resolveHurdle(RecordID(.hurdle, 1), .outside), .planContact(.o1, ContactPlan(assignee: "anna")),
        .makeContact(.o1), .showContacts, .showMap, .showFactors,
        .guide(.show), .guide(.compare), .guide(.adopt(confirmed: true)), .guide(.goBack), .worksheet(order: nil),
        .paper(.begin(writer: nil)), .paper(.end), .copy(PaperLine(text: "Text", whole: "Text")),
        .myData, .forgetMe(confirmed: true), .minutes(withNames: true), .export(.json, withNames: true),
    ]

    @Test("What a stranger may not do is refused once and changes nothing", arguments: commands)
    func stranger(_ command: Command) {
        check(command, by: .eve, as: .stranger, refusal: .forMembers)
    }

    @Test("What a participant may not do is refused once and changes nothing", arguments: commands)
    func participant(_ command: Command) {
        let refusal: Phrase = command.right == .exportSession ? .exportForFacilitators : .forFacilitators
        check(command, by: .ceyda, as: .participant, refusal: refusal)
    }

    @Test("Nothing is kept from a facilitator", arguments: commands)
    func facilitator(_ command: Command) {
        check(command, by: .anna, as: .facilitator, refusal: .forFacilitators)
    }

    private func check(_ command: Command, by speaker: Speaker, as role: Role, refusal: Phrase) {
        var play = Self.busy()
        let decision = play.tell(speaker, command)
        if role.may(command.right) {
            #expect(!decision.phrases.contains(refusal))
            #expect(!decision.outputs.isEmpty)
        } else {
            #expect(decision.isRefusal)
            #expect(decision.phrases == [refusal])
        }
    }

    /// A session with something of everything.
    static func busy() -> Play {
        var play = Play.begun()
        play.tell(.anna, .contribute("Bäume vertrocknen", question: nil))
        play.tell(.bernd, .raise("Wem gehört das Wasser?"))
        play.tell(.bernd, .assign(to: "anna", "Fragen", due: nil))
        play.tell(.bernd, .park("Haushalt"))
        play.tell(.bernd, .propose("Regenwasser fehlt", from: []))
        play.pass(.minute)
        return play
    }

    @Test("A participant corrects what is her own and only suggests for others")
    func ownAndOthers() {
        var play = Self.busy()
        #expect(play.tell(.bernd, .withdraw(.b1)).phrases == [.notYours])
        #expect(play.tell(.bernd, .edit(.b1, "Linden vertrocknen")).phrases == [.editSuggested])
        #expect(play.session.contributions[0].text == "Bäume vertrocknen")
        #expect(play.tell(.bernd, .consent("B1")).phrases == [.authorConfirms])
        #expect(play.tell(.anna, .consent("b1")).phrases == [.edited])
        #expect(play.session.contributions[0].text == "Linden vertrocknen")
        #expect(play.tell(.anna, .consent("B1")).phrases == [.noSuggestion])
        #expect(play.tell(.anna, .withdraw(.b1)).phrases == [.withdrawn])
        #expect(play.tell(.anna, .withdraw(.b1)).phrases == [.noSuchRecord])
    }

    @Test("Nobody but those whom the operator lets begins a session", arguments: [Speaker.bernd, .eve])
    func begin(_ speaker: Speaker) {
        var play = Play()
        let decision = play.tell(speaker, .start(name: "Meine"))
        #expect(decision.isRefusal && decision.phrases == [.mayNotStart])
    }

    @Test("Before a session there is help, and a word that none has begun", arguments: commands)
    func before(_ command: Command) {
        var play = Play()
        let decision = play.tell(.bernd, command)
        #expect(decision.events.isEmpty && decision.outputs.count == 1)
        switch command {
        case .help, .more, .unknown, .incomplete, .leave, .redeem, .privately: break
        case .start: #expect(decision.phrases == [.mayNotStart])
        default: #expect(decision.phrases == [.noSessionYet])
        }
    }

    @Test("After the end there is looking, taking home, the homework and what concerns oneself", arguments: commands)
    func afterwards(_ command: Command) {
        var play = Self.busy()
        play.tell(.anna, .end(confirmed: true))
        let decision = play.tell(.anna, command)
        switch command {
        case .recap, .openItems, .showParked, .askExpert, .clear, .finish, .edit(.a1, _, _), .withdraw(.k1),
            .showOrganisations, .showContacts, .showMap, .showFactors, .planContact, .makeContact, .showRemarks,
            .question, .start, .resume:
            #expect(!decision.phrases.contains(.sessionEnded))
        case _ where [.contribute, .correctOwn, .lead].contains(command.right):
            #expect(decision.isRefusal && decision.phrases == [.sessionEnded])
        default: #expect(!decision.phrases.contains(.sessionEnded))
        }
    }

    @Test("Whom the operator appoints facilitates from the first word on")
    func appointed() {
        var play = Play.begun()
        var mona = Speaker.ceyda
        mona.appointment = .facilitator
        let decision = play.tell(mona, .next(confirmed: false))
        #expect(play.session.current == "describe.innovation")
        #expect(play.session.people.last?.isFacilitator == true)
        #expect(decision.events.allSatisfy { $0.by == 2 })
    }
}
