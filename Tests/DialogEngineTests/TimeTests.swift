import DialogEngine
import FoundationEssentials
import Testing

@Suite("What time does")
struct TimeTests {
    @Test("A time limit warns before its end, says when it is over, and cuts nobody off")
    func timebox() {
        var play = Play.begun()
        #expect(play.tell(.anna, .timebox(.set(minutes: 10))).phrases == [.timeboxSet])
        #expect(play.session.nextDeadline == play.now.addingTimeInterval(8 * .minute))
        #expect(play.wait(8 * .minute - 1).isNothing)
        let warning = play.wait(1)
        #expect(warning.line(.timeboxWarning)?.values == [.count: .count(2)])
        #expect(play.session.nextDeadline == play.now.addingTimeInterval(2 * .minute))
        #expect(play.wait(2 * .minute).phrases == [.timeboxPassed])
        #expect(play.session.nextDeadline == nil)
        #expect(play.wait(.hour).isNothing)
        #expect(play.tell(.bernd, .contribute("Doch noch etwas", question: nil)).phrases == [.noted])
        #expect(play.tell(.anna, .timebox(.show)).line(.timeboxLeft)?.values == [.count: .count(0)])
    }

    @Test("A clock that comes late says only what is still true")
    func lateClock() {
        var play = Play.begun()
        play.tell(.anna, .timebox(.set(minutes: 10)))
        #expect(play.wait(.day).phrases == [.timeboxPassed])
        #expect(play.wait(.day).isNothing)
    }

    @Test("A time limit can be extended before and after its end, and taken off")
    func extending() {
        var play = Play.begun()
        play.tell(.anna, .timebox(.set(minutes: 10)))
        play.wait(9 * .minute)
        let decision = play.tell(.anna, .timebox(.extend(minutes: 5)))
        #expect(decision.line(.timeboxExtended)?.values == [.count: .count(5), .total: .count(6)])
        #expect(play.wait(4 * .minute + 48).phrases == [.timeboxWarning])
        play.wait(.hour)
        #expect(play.tell(.anna, .timebox(.extend(minutes: 5))).line(.timeboxExtended)?.values[.total] == .count(5))
        #expect(play.tell(.anna, .timebox(.off)).phrases == [.timeboxRemoved])
        #expect(play.tell(.anna, .timebox(.off)).phrases == [.noTimebox])
        #expect(play.tell(.anna, .timebox(.show)).phrases == [.noTimebox])
        #expect(play.tell(.anna, .timebox(.extend(minutes: 5))).phrases == [.timeboxSet])
        #expect(play.tell(.anna, .next(confirmed: true)).events.count == 1)
        #expect(play.session.timebox == nil)
    }

    @Test("A split of the chat network pauses the session until it is whole, or until a facilitator goes on")
    func split() {
        var play = Play.begun()
        play.tell(.bernd, .contribute("Junge Bäume", question: nil))
        play.tell(.anna, .timebox(.set(minutes: 10)))
        let until = play.session.timebox?.until
        #expect(play.take(.separated(Speaker.eve.identity)).isNothing)
        #expect(play.take(.separated(Speaker.bernd.identity)).phrases == [.pausedBySplit])
        #expect(play.take(.separated(Speaker.anna.identity)).isNothing)
        #expect(play.session.person(with: Speaker.bernd.identity)?.isPresent == true)
        #expect(play.wait(.hour).isNothing)
        #expect(play.take(.reunited).phrases.prefix(2) == [.resumed, .questionHeader])
        #expect(play.session.timebox?.until == until?.addingTimeInterval(.hour))
        #expect(play.take(.reunited).isNothing)

        play.take(.separated(Speaker.bernd.identity))
        #expect(play.tell(.anna, .resume).phrases.first == .resumed)
        #expect(play.take(.reunited).isNothing)
        // A pause that somebody wanted is not the network's to end.
        play.tell(.anna, .pause(until: nil))
        play.take(.separated(Speaker.bernd.identity))
        #expect(play.take(.reunited).isNothing)
        #expect(play.session.state == .paused)
    }

    @Test("Absurd minutes are refused", arguments: [0, -1, 601, .max, .min])
    func absurd(_ minutes: Int) {
        var play = Play.begun()
        let commands: [Command] = [
            .timebox(.set(minutes: minutes)), .timebox(.extend(minutes: minutes)), .silence(minutes: minutes),
        ]
        for command in commands {
            let decision = play.tell(.anna, command)
            #expect(decision.isRefusal && decision.phrases == [.badNumber])
        }
        play.tell(.anna, .timebox(.set(minutes: 600)))
        #expect(play.tell(.anna, .timebox(.extend(minutes: minutes))).phrases == [.badNumber])
    }

    @Test("A pause freezes the clocks")
    func freezing() {
        var play = Play.begun()
        play.tell(.anna, .timebox(.set(minutes: 10)))
        play.pass(3 * .minute)
        #expect(play.tell(.anna, .pause(until: nil)).phrases == [.paused])
        #expect(play.session.nextDeadline == nil)
        #expect(play.wait(3 * .day).isNothing)
        #expect(play.tell(.anna, .timebox(.show)).line(.timeboxLeft)?.values == [.count: .count(7)])
        #expect(play.tell(.anna, .timebox(.set(minutes: 5))).phrases == [.isPaused])
        #expect(play.tell(.anna, .silence(minutes: 5)).phrases == [.isPaused])
        for command in [
            Command.next(confirmed: true), .back, .goTo("recht"), .skip(nil), .ruleOut("Nein"), .pause(until: nil),
        ] {
            #expect(play.tell(.anna, command).phrases == [.isPaused])
        }
        #expect(play.tell(.bernd, .contribute("Hausaufgabe", question: nil)).phrases == [.noted])
        #expect(play.tell(.anna, .resume).phrases.prefix(2) == [.resumed, .questionHeader])
        #expect(play.tell(.anna, .resume).phrases == [.isRunning])
        #expect(play.session.nextDeadline == play.now.addingTimeInterval(5 * .minute))
    }

    @Test("A pause ends by itself: at its clock time, or on the morning of its day")
    func pauseUntil() {
        var play = Play.begun()
        let moment = play.now.addingTimeInterval(.day)
        #expect(play.tell(.anna, .pause(until: .at(moment))).line(.pausedUntil)?.values == [.due: .due(.at(moment))])
        #expect(play.session.nextDeadline == moment)
        #expect(play.wait(.day - 1).isNothing)
        #expect(play.wait(1).phrases.first == .resumed)

        let midnight = play.now.addingTimeInterval(2 * .day)
        let day = DueDate(moment: midnight, isWholeDay: true, reminder: midnight.addingTimeInterval(-39 * .hour))
        let morning = DueDate(
            moment: midnight.addingTimeInterval(-15 * .hour), isWholeDay: false, reminder: day.reminder)
        #expect(play.tell(.anna, .pause(until: day)).line(.pausedUntil)?.values == [.due: .due(morning)])
        #expect(play.session.nextDeadline == midnight.addingTimeInterval(-15 * .hour))
        #expect(play.wait(33 * .hour).phrases.first == .resumed)
    }

    @Test("A date that is over is refused")
    func past() {
        var play = RightsTests.busy()
        let past = DueDate.at(play.now)
        #expect(play.tell(.anna, .pause(until: past)).phrases == [.pastDate])
        #expect(play.tell(.anna, .askExpert(.k1, "Amt", due: past)).phrases == [.pastDate])
        #expect(play.tell(.anna, .assign(to: "dirk", "Fragen", due: past)).phrases == [.pastDate])
    }

    @Test("Of what is due when nothing is kept any more it is said that nobody will be reminded")
    func afterRetention() {
        var play = RightsTests.busy()
        let last = play.session.retainedUntil
        let late = DueDate.at(last.addingTimeInterval(7_200))
        for command in [Command.askExpert(.k1, "Amt", due: late), .assign(to: "dirk", "Fragen", due: late)] {
            let decision = play.tell(.anna, command)
            #expect(decision.line(.dateAfterRetention)?.values == [.date: .day(last)])
            #expect(!decision.events.isEmpty && !decision.phrases.contains(.expertAskedReminder))
        }
        #expect(play.tell(.anna, .askExpert(.k1, "Amt", due: .at(last))).line(.dateAfterRetention) == nil)
    }

    @Test("Where everybody reads everything nothing is collected in silence, nor is that offered")
    func noSilence() {
        var play = Play()
        play.hasPrivateWay = false
        #expect(!play.tell(.anna, .start(name: nil)).phrases.contains(.missionOfferSilence))
        #expect(play.tell(.anna, .silence(minutes: 5)).phrases == [.noPrivateWay])
        #expect(play.session.silence == nil)
    }

    @Test("What is collected in silence shows nowhere before it is revealed, and then without names")
    func silence() {
        var play = Play.begun()
        #expect(play.tell(.anna, .silence(minutes: 5)).line(.silenceBegan)?.values == [.count: .count(5)])
        #expect(play.tell(.anna, .silence(minutes: 5)).phrases == [.isSilent])
        #expect(play.tell(.bernd, .plain("Der Kanal ist alt"), .private).phrases == [.notedSilently])
        play.tell(.dirk, .plain("Niemand gießt"), .private)
        play.tell(.dirk, .withdraw(nil), .private)
        #expect(play.state() == .empty)
        #expect(play.session.entries(of: Guide.questions[0]).isEmpty)
        #expect(play.tell(.ceyda, .recap).phrases == [.recapNothing])
        #expect(play.tell(.anna, .start(name: nil)).phrases == [.questionHeader, .prompt])
        for command in [Command.withdraw(.b1), .edit(.b1, "Anders"), .consent("B1"), .propose(nil, from: [.b1])] {
            #expect(play.tell(.anna, command).phrases == [.noSuchRecord])
        }
        #expect(play.tell(.bernd, .edit(.b1, "Der Kanal ist zu eng"), .private).phrases == [.edited])
        #expect(play.wait(5 * .minute).phrases == [.silencePassed])
        #expect(play.wait(.hour).isNothing)
        let revealed = play.tell(.anna, .reveal)
        #expect(revealed.phrases == [.revealed, .revealedItem, .missionFromSilence])
        #expect(revealed.line(.revealedItem)?.values == [.id: .text("B1"), .text: .text("Der Kanal ist zu eng")])
        #expect(revealed.outputs.allSatisfy { $0.audience == .room })
        #expect(play.state() == .collected)
        #expect(play.tell(.anna, .reveal).phrases == [.isNotSilent])
    }

    @Test(
        "Moving on, and ending, reveal what was collected in silence",
        arguments: [
            Command.next(confirmed: true), .goTo("recht"), .skip(nil), .end(confirmed: true),
        ])
    func silenceEnds(_ command: Command) {
        var play = Play.begun()
        play.tell(.anna, .silence(minutes: 5))
        play.tell(.bernd, .plain("Der Kanal ist alt"), .private)
        #expect(play.tell(.anna, command).phrases.contains(.revealedItem))
        #expect(play.state() == .collected)
    }

    @Test("Who asks an expert is reminded once before and asked for the result once at the date")
    func expertReminders() {
        var play = RightsTests.busy()
        let due = DueDate.at(play.now.addingTimeInterval(.day))
        #expect(play.tell(.bernd, .askExpert(.k1, "Wasserbehörde", due: due)).phrases == [.expertAskedReminder])
        #expect(play.session.nextDeadline == due.reminder)
        let reminder = play.wait(23 * .hour)
        #expect(reminder.phrases == [.remindOfOpenPoint])
        #expect(reminder.outputs[0].audience == .addressed(Speaker.bernd.identity))
        #expect(play.session.nextDeadline == due.moment)
        #expect(play.wait(1).isNothing)
        #expect(play.wait(.hour).phrases == [.askForResult])
        #expect(play.session.nextDeadline == nil)
        #expect(play.wait(.day).isNothing)
    }

    @Test("A clock that comes days late asks for the result once; one who is gone is asked in the room")
    func lateReminder() {
        var play = RightsTests.busy()
        play.tell(.bernd, .askExpert(.k1, "Wasserbehörde", due: .at(play.now.addingTimeInterval(.day))))
        play.take(.left(Speaker.bernd.identity))
        let decision = play.wait(9 * .day)
        #expect(decision.phrases == [.askForResult])
        #expect(decision.outputs[0].audience == .room)
        #expect(play.wait(.day).isNothing)
    }

    @Test("A date that is near is not reminded of at once, but when it has come")
    func nearDate() {
        var play = RightsTests.busy()
        let due = DueDate.at(play.now.addingTimeInterval(.hour / 2))
        #expect(play.tell(.bernd, .askExpert(.k1, "Wasserbehörde", due: due)).phrases == [.expertAskedUntil])
        play.tell(.bernd, .assign(to: "anna", "Fragen", due: due))
        #expect(play.session.nextDeadline == due.moment)
        #expect(play.wait(1).isNothing)
        #expect(play.wait(.hour).phrases == [.askForResult, .remindOfAction])
        #expect(play.session.nextDeadline == due.moment + .hour)
    }

    @Test("Reminders come in a pause as well, and end with what they are about")
    func reminders() {
        var play = RightsTests.busy()
        let due = DueDate.at(play.now.addingTimeInterval(.day))
        play.tell(.bernd, .assign(to: "anna", "Fragen", due: due))
        play.tell(.bernd, .askExpert(.k1, "Amt", due: due))
        play.tell(.anna, .pause(until: nil))
        #expect(play.session.nextDeadline == due.reminder)
        play.tell(.bernd, .clear(.k1, "Dem Zweckverband"))
        #expect(play.wait(23 * .hour).phrases == [.remindOfAction])
        play.tell(.bernd, .finish(RecordID(.action, 2)))
        #expect(play.session.nextDeadline == nil)
        play.tell(.anna, .end(confirmed: true))
        #expect(play.wait(.day).isNothing)
    }

    @Test("Reminders go on after the end, and what comes of them is still taken")
    func homework() {
        var play = RightsTests.busy()
        let due = DueDate.at(play.now.addingTimeInterval(.day))
        play.tell(.bernd, .askExpert(.k1, "Amt", due: due))
        play.tell(.bernd, .assign(to: "anna", "Fragen", due: due))
        play.tell(.anna, .pause(until: .at(play.now.addingTimeInterval(2 * .day))))
        #expect(
            play.tell(.anna, .end(confirmed: true)).line(.remindersGoOn)?.values[.ids]
                == .list([.text("K1"), .text("A2")]))
        #expect(play.wait(23 * .hour).phrases == [.remindOfOpenPoint, .remindOfAction])
        play.take(.left(Speaker.bernd.identity))
        let asked = play.wait(.hour)
        #expect(asked.phrases == [.askForResult] && asked.outputs[0].audience == .room)
        #expect(play.wait(.hour).phrases == [.actionOverdue])
        #expect(play.session.nextDeadline == nil)
        #expect(play.tell(.bernd, .clear(.k1, "Der Stadt")).phrases == [.openPointClearedByExpert, .outcomeIsOlder])
        #expect(play.tell(.anna, .finish(.a1)).phrases == [.actionFinished, .outcomeIsOlder])
        #expect(play.session.state == .ended)
    }

    @Test("A task that is overdue is asked for once, and again when it has another date")
    func overdue() {
        var play = Play.begun()
        play.tell(.bernd, .assign(to: nil, "Messen", due: .at(play.now.addingTimeInterval(.day))))
        #expect(play.wait(23 * .hour).phrases == [.remindOfAction])
        #expect(play.wait(.hour).phrases.isEmpty)
        #expect(play.wait(.hour).phrases == [.actionOverdue])
        #expect(play.wait(3 * .day).phrases.isEmpty && play.session.nextDeadline == nil)
        play.tell(.bernd, .edit(.a1, nil, due: .at(play.now.addingTimeInterval(.day))))
        #expect(play.wait(4 * .day).phrases == [.actionOverdue])
        #expect(play.wait(.day).phrases.isEmpty)
        play.tell(.bernd, .edit(.a1, nil, due: .at(play.now.addingTimeInterval(.day))))
        play.tell(.bernd, .finish(.a1))
        #expect(play.wait(4 * .day).phrases.isEmpty)
    }

    @Test("A day's task is asked for on the next morning")
    func overdueDay() {
        var play = Play.begun()
        let end = play.now.addingTimeInterval(2 * .day)
        let due = DueDate(moment: end, isWholeDay: true, reminder: end.addingTimeInterval(-39 * .hour))
        play.tell(.bernd, .assign(to: nil, "Messen", due: due))
        play.wait(2 * .day)
        #expect(play.session.nextDeadline == due.reminder + 2 * .day)
    }

    @Test("One private reminder does not hold up the others")
    func severalReminders() {
        var play = Play.begun()
        for text in ["Wem?", "Wann?"] { play.tell(.bernd, .raise(text)) }
        let due = DueDate.at(play.now.addingTimeInterval(.day))
        play.tell(.dirk, .askExpert(.k1, "Amt", due: due), .private)
        play.tell(.bernd, .askExpert(RecordID(.openPoint, 2), "Amt", due: due))
        play.take(.left(Speaker.dirk.identity))
        #expect(play.wait(23 * .hour).phrases == [.remindEverybody, .remindOfOpenPoint])
    }
}
