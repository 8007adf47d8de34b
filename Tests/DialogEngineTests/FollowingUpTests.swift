import DialogEngine
import FoundationEssentials
import Testing

@Suite("Open points, tasks, parking lot, overview")
struct FollowingUpTests {
    @Test("An open point is cleared and not done, and a task may be given to an organisation by its id")
    func takesIDs() {
        var play = RightsTests.busy()
        let point = play.session.openPoints.first { $0.isOpen }
        let refused = play.tell(.anna, .finish(.k1))
        #expect(point?.id == .k1 && refused.phrases == [.clearInstead] && refused.events.isEmpty)
        var network = Play.network(("partners", "Stadtwerke"))
        network.tell(.anna, .assign(to: "O1", "Zisternen planen", due: nil))
        #expect(network.session.actions.last?.assignee == "Stadtwerke")
    }

    @Test("A cleared open point becomes a contribution with the expert as its source")
    func clearing() throws {
        var play = RightsTests.busy()
        #expect(play.tell(.bernd, .askExpert(.k1, "Wasserbehörde", due: nil)).phrases == [.expertAsked])
        let decision = play.tell(.dirk, .clear(.k1, "Dem Zweckverband"))
        #expect(decision.phrases == [.openPointClearedByExpert])
        #expect(decision.line(.openPointClearedByExpert)?.values[.record] == .text("B2"))
        let result = try #require(play.session.contributions.last)
        #expect(result.expert == "Wasserbehörde" && result.source == .expert && result.question == "describe.problem")
        #expect(play.tell(.dirk, .clear(.k1, "Doch nicht")).phrases == [.alreadyCleared])
        #expect(play.tell(.dirk, .askExpert(.k1, "Amt", due: nil)).phrases == [.alreadyCleared])
        #expect(play.tell(.dirk, .clear(RecordID(.openPoint, 9), "Nein")).phrases == [.noSuchRecord])
        #expect(play.tell(.dirk, .clear(.b1, "Nein")).phrases == [.noSuchRecord])
    }

    @Test("An open point that nobody was asked about is cleared without a source")
    func clearingAlone() {
        var play = RightsTests.busy()
        #expect(play.tell(.bernd, .clear(.k1, "Uns")).phrases == [.openPointCleared])
        #expect(play.session.contributions.last?.expert == nil)
    }

    @Test("A task is done once")
    func tasks() {
        var play = RightsTests.busy()
        #expect(play.tell(.dirk, .finish(.a1)).phrases == [.actionFinished])
        #expect(play.tell(.dirk, .finish(.a1)).phrases == [.alreadyDone])
        #expect(play.tell(.dirk, .finish(RecordID(.action, 9))).phrases == [.noSuchRecord])
        #expect(play.tell(.dirk, .assign(to: "dirk", "Fragen", due: nil)).phrases == [.actionAssigned])
        let due = DueDate.at(play.now.addingTimeInterval(.day))
        #expect(play.tell(.dirk, .assign(to: "dirk", "Fragen", due: due)).phrases == [.actionAssignedUntil])
        #expect(play.session.actions.map(\.id.number) == [1, 2, 3])
    }

    @Test("A task names the person as she introduced herself, so that everybody sees who is meant")
    func assignee() {
        var play = Play.begun()
        play.tell(.dirk, .here(name: "Dirk Voss", organisation: nil))
        let known = play.tell(.anna, .assign(to: "dirk", "Fragen", due: nil))
        #expect(known.line(.actionAssigned)?.values[.name] == .text("Dirk Voss"))
        let unknown = play.tell(.anna, .assign(to: "frank", "Fragen", due: nil))
        #expect(unknown.line(.actionForNobody)?.values[.name] == .text("frank"))
        let hers = play.tell(.bernd, .assign(to: nil, "Fragen", due: nil))
        #expect(hers.line(.actionAssigned)?.values[.name] == .text("bernd"))
        #expect(play.session.actions.map(\.person) == [2, nil, 3])
    }

    @Test(
        "A task, an open point and what is parked are changed and withdrawn by whom they concern, and by facilitators",
        arguments: [RecordID.a1, .k1, .p1])
    func amending(_ id: RecordID) {
        var play = RightsTests.busy()
        #expect(play.tell(.ceyda, .edit(id, "Anders")).phrases == [.notYoursToChange])
        #expect(play.tell(.ceyda, .withdraw(id)).phrases == [.notYoursToChange])
        let changed = play.tell(.bernd, .edit(id, "Anders"))
        #expect(changed.events.count == 1 && changed.outputs[0].lines[0].values[.text] == .text("Anders"))
        #expect(play.tell(.anna, .withdraw(id)).phrases == [.withdrawn])
        for command in [Command.edit(id, "Noch einmal"), .withdraw(id)] {
            #expect(play.tell(.anna, command).phrases == [.noSuchRecord])
        }
        for command in [Command.openItems, .recap, .showParked] {
            #expect(!play.tell(.ceyda, command).outputs.flatMap(\.lines).contains { $0.values[.id] == .text("\(id)") })
        }
    }

    @Test("A task gets another day, of which is reminded anew; one that is done stays as it is")
    func rescheduling() {
        var play = RightsTests.busy()
        let first = DueDate.at(play.now.addingTimeInterval(.day))
        play.tell(.bernd, .assign(to: "dirk", "Fragen", due: first))
        play.wait(23 * .hour)
        let later = DueDate.at(play.now.addingTimeInterval(3 * .day))
        let task = RecordID(.action, 2)
        #expect(play.tell(.bernd, .edit(task, nil, due: later)).line(.actionItemUntil)?.values[.due] == .due(later))
        #expect(play.session.actions[1].text == "Fragen" && play.session.nextDeadline == later.reminder)
        #expect(play.tell(.bernd, .edit(task, nil, due: .at(play.now))).phrases == [.pastDate])
        play.tell(.dirk, .finish(task))
        #expect(play.tell(.bernd, .edit(task, "Nein")).phrases == [.alreadyDone])
        #expect(play.tell(.bernd, .edit(RecordID(.organisation, 1), "Nein")).phrases == [.organisationInText])
    }

    @Test("A lone mark and the words for help and leaving are no contributions where plain lines count, else talk")
    func bare() {
        var play = Play.begun()
        for source in [Source.private, .console] {
            #expect(play.tell(.bernd, .bare(.mark), source).phrases.first == .helpPlain)
            #expect(play.tell(.bernd, .bare(.help), source).phrases.first == .helpPlain)
            #expect(play.tell(.bernd, .bare(.leave), source).phrases == [.howToLeave])
        }
        #expect(play.tell(.bernd, .bare(.leave)).isNothing)
        #expect(play.tell(.bernd, .leave).phrases == [.howToLeave])
        #expect(play.tell(.bernd, .privately("Text")).phrases == [.notPrivateHere])
        #expect(play.session.contributions.isEmpty)
    }

    @Test("The parking lot keeps what is for another time")
    func parking() {
        var play = Play.begun()
        #expect(play.tell(.bernd, .showParked).phrases == [.parkingLotEmpty])
        #expect(play.tell(.bernd, .park("Haushalt")).phrases == [.parked])
        #expect(
            play.tell(.anna, .showParked).line(.parkedItem)?.values == [
                .id: .text("P1"), .text: .text("Haushalt"), .name: .text("bernd"),
            ])
    }

    @Test("The list of what is open has open points, tasks and empty questions")
    func openItems() {
        var play = RightsTests.busy()
        #expect(play.tell(.anna, .openItems).phrases == [.openPointItem, .actionItem, .openQuestions])
        let due = DueDate.at(play.now.addingTimeInterval(.day))
        play.tell(.bernd, .askExpert(.k1, "Amt", due: nil))
        #expect(play.tell(.anna, .openItems).phrases.first == .openPointItemAsked)
        play.tell(.bernd, .askExpert(.k1, "Amt", due: due))
        play.tell(.bernd, .assign(to: "dirk", "Fragen", due: due))
        #expect(
            play.tell(.anna, .openItems).phrases == [
                .openPointItemUntil, .actionItem, .actionItemUntil, .openQuestions,
            ])
        play.tell(.bernd, .clear(.k1, "Ja"))
        play.tell(.bernd, .finish(.a1))
        play.tell(.bernd, .finish(RecordID(.action, 2)))
        for question in Guide.questions { play.tell(.bernd, .contribute("Ja", question: question.id)) }
        #expect(play.tell(.anna, .openItems).phrases == [.nothingOpen])
    }

    @Test("The status has a line for each step and every question in it")
    func status() {
        var play = QuestionStateTests.play(in: .agreed)
        play.tell(.anna, .goTo("innovation"))
        play.tell(.anna, .skip(nil))
        play.tell(.anna, .raise("Wer zahlt?"))
        let decision = play.tell(.eve, .status, .private)
        #expect(decision.phrases == Array(repeating: .statusStep, count: 4))
        let states = decision.outputs[0].lines.flatMap(\.nested).map(\.phrase).filter { $0 != .statusStep }
        #expect(states.count == Guide.questions.count + 1)
        #expect(states.prefix(2) == [.statusAgreed, .statusSkipped])
        #expect(states.contains(.statusWithOpenPoints))
    }

    @Test("The recap of one who was never here is everything")
    func recap() {
        var play = RightsTests.busy()
        #expect(
            play.tell(.ceyda, .recap, .private).phrases == [
                .recapDraft, .recapContributions, .openPointItem, .actionItem, .parkedItem,
            ])
        play.tell(.anna, .agree(nil))
        play.tell(.bernd, .clear(.k1, "Ja"))
        play.tell(.bernd, .finish(.a1))
        play.tell(.anna, .goTo("recht"))
        play.tell(.anna, .ruleOut("Nein"))
        #expect(
            play.tell(.ceyda, .recap, .private).phrases == [
                .recapAgreed, .recapContributions, .recapRuledOut, .recapCleared, .recapFinished, .parkedItem,
            ])
    }

    @Test("Help fits the moment, in five lines at most")
    func help() {
        var play = Play()
        #expect(play.tell(.bernd, .help(.moment)).phrases == [.helpStart])
        play = Play.begun()
        #expect(
            play.tell(.bernd, .help(.moment)).phrases == [
                .helpContribute, .helpPropose, .helpLook, .helpQuestion, .helpMore, .answeredPrivately,
            ])
        #expect(
            play.tell(.anna, .help(.moment), .console).phrases == [
                .helpPlain, .helpPropose, .helpLook, .helpLead, .helpMore,
            ])
        play.tell(.anna, .propose("Text", from: []))
        #expect(
            play.tell(.anna, .help(.moment)).phrases == [
                .helpContribute, .helpVote, .helpLook, .helpAgree, .helpMore, .answeredPrivately,
            ])
        #expect(play.tell(.bernd, .help(.guide), .private).phrases == [.prompt] + Array(repeating: .stepItem, count: 4))
        #expect(play.tell(.bernd, .help(.verb("next"))).outputs == [Output(to: .asker, .verbHelp(.verb("next")))])
        #expect(play.tell(.bernd, .explain).phrases == [.explanation])
        #expect(play.tell(.bernd, .example).phrases == [.exampleAnswer])
        #expect(play.tell(.bernd, .more).outputs == [Output(to: .asker, .nextPage)])
        play.tell(.anna, .end(confirmed: true))
        #expect(play.tell(.bernd, .help(.moment)).phrases == [.helpEnded])
    }

    @Test(
        "What cannot be read is answered with the reason",
        arguments: [
            (Misreading.badDate, Phrase.badDate), (.pastDate, .pastDate), (.badNumber, .badNumber), (.badID, .badID),
            (.badLanguage, .languages), (.badFormat, .badFormat),
        ])
    func misreadings(_ misreading: Misreading, _ phrase: Phrase) {
        var play = Play.begun()
        let decision = play.tell(.bernd, .incomplete("time", misreading))
        #expect(decision.isRefusal && decision.phrases == [phrase])
        #expect(play.tell(.bernd, .incomplete("time", .missing)).outputs[0].content == .verbHelp(.verb("time")))
    }

    @Test("What no verb fits is answered with the nearest one")
    func unknown() {
        var play = Play.begun()
        let long = String(repeating: "wort ", count: 40)
        #expect(play.tell(.bernd, .unknown("satnd", nearest: "stand")).phrases == [.notUnderstoodNearest])
        let decision = play.tell(.bernd, .unknown(long, nearest: nil))
        #expect(decision.line(.notUnderstood)?.values[.text]?.typed.allSatisfy { $0.count <= 42 } == true)
    }
}
