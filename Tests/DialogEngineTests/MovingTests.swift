import DialogEngine
import FoundationEssentials
import Testing

@Suite("Beginning, moving, ending")
struct MovingTests {
    @Test("The session takes its name from whoever begins it, else from the settings")
    func names() {
        var play = Play()
        play.tell(.anna, .start(name: "Stadtgrün"))
        #expect(play.session.name == "Stadtgrün")
        #expect(Play.begun().session.name == "Stadtbäume")
        #expect(play.session.people.map(\.isFacilitator) == [true])
    }

    @Test("A language or an order that the guide does not have is replaced by its first")
    func unknownSettings() {
        var settings = Play.settings
        settings.language = Language(rawValue: "fr")
        settings.order = "none"
        let play = Play.begun(settings: settings)
        #expect(play.session.language == Guide.de && play.session.order == "sheet")
    }

    @Test("Starting again shows where the group is, and ends a pause")
    func startAgain() {
        var play = Play.begun()
        let again = play.tell(.anna, .start(name: "Anders"))
        #expect(again.events.isEmpty && again.phrases == [.questionHeader, .prompt])
        play.tell(.anna, .pause(until: nil))
        #expect(play.tell(.anna, .start(name: nil)).phrases == [.resumed, .questionHeader, .prompt])
    }

    @Test("A second !weiter within seconds asks; the first never does")
    func slips() {
        var play = Play()
        play.tell(.anna, .start(name: nil))
        play.tell(.bernd, .contribute("Schnell", question: nil))
        #expect(play.tell(.anna, .next(confirmed: false)).phrases == [.questionHeader, .prompt])
        play.pass(2)
        #expect(play.tell(.anna, .next(confirmed: false)).isRefusal)
        #expect(play.tell(.anna, .next(confirmed: false)).phrases == [.confirmNext])
        #expect(play.tell(.anna, .next(confirmed: true)).phrases == [.questionHeader, .prompt])
        play.pass(4)
        #expect(play.tell(.anna, .next(confirmed: false)).phrases == [.questionHeader, .prompt])
        #expect(play.session.current == "prepare.everyday")
    }

    @Test("The first and the last question are the ends of the way")
    func ends() {
        var play = Play.begun()
        #expect(play.tell(.anna, .back).isRefusal)
        #expect(play.tell(.anna, .back).phrases == [.firstQuestion])
        play.tell(.anna, .goTo("aufgaben"))
        play.pass(.minute)
        #expect(play.tell(.anna, .next(confirmed: false)).phrases == [.lastQuestion])
        #expect(play.tell(.anna, .skip(nil)).phrases == [.skipped, .lastQuestion])
        #expect(play.tell(.anna, .back).phrases == [.questionHeader, .prompt])
    }

    @Test("Going to a question shows what the group has on it")
    func present() {
        var play = Play.begun()
        play.tell(.anna, .goTo("recht"))
        play.tell(.bernd, .raise("Wer weiß das?"))
        let cases: [(Command, Phrase)] = [
            (.contribute("Satzung", question: nil), .presentCollected), (.propose("Satzung", from: []), .presentDraft),
            (.agree(nil), .presentAgreed), (.ruleOut("Gibt es nicht"), .presentRuledOut),
        ]
        for (command, phrase) in cases {
            play.tell(.anna, command)
            play.tell(.anna, .goTo("problem"))
            // Four questions are passed besides the one that was left.
            let shown = play.tell(.anna, .goTo("recht"))
            #expect(shown.phrases == [.questionHeaderPassingMany, .prompt, phrase, .presentOpenPoints])
            #expect(shown.line(.questionHeaderPassingMany)?.values[.count] == .count(2))
        }
    }

    @Test("Going where the group is already shows the question and moves nothing")
    func sameQuestion() {
        var play = Play.begun()
        play.tell(.anna, .timebox(.set(minutes: 10)))
        let decision = play.tell(.anna, .goTo("problem"))
        #expect(decision.events.isEmpty && decision.phrases == [.questionHeader, .prompt])
        #expect(play.session.timebox != nil)
    }

    @Test("Steps and questions are gone to by name; an unknown one is refused")
    func goTo() {
        var play = Play.begun()
        play.tell(.anna, .goTo("schritt4"))
        #expect(play.session.current == "alliances.opponents")
        play.tell(.anna, .goTo("legal"))
        #expect(play.session.current == "prepare.legal")
        #expect(play.tell(.anna, .goTo("wetter")).phrases == [.noSuchQuestion])
    }

    @Test("Another order keeps the place and every answer")
    func orders() {
        var play = QuestionStateTests.play(in: .agreed)
        #expect(play.tell(.anna, .order(nil)).line(.orders)?.values[.text] == .text("sheet"))
        #expect(play.tell(.anna, .order("…")).isRefusal)
        #expect(play.tell(.anna, .order("Arbeitsblatt")).phrases == [.orderChanged])
        #expect(play.session.order == "worksheet" && play.session.current == "describe.problem")
        #expect(play.state() == .agreed)
        #expect(play.tell(.anna, .next(confirmed: false)).phrases == [.lastQuestion])
        play.tell(.anna, .back)
        #expect(play.session.current == "describe.innovation")
    }

    @Test("Ending with an open round asks; the account says what is agreed, collected, empty and open")
    func ending() {
        var play = QuestionStateTests.play(in: .agreed)
        play.tell(.anna, .contribute("Rigolen", question: "innovation"))
        play.tell(.anna, .raise("Wer zahlt?"))
        play.tell(.anna, .assign(to: "dirk", "Fragen", due: nil))
        play.tell(.anna, .goTo("recht"))
        play.tell(.anna, .propose("Satzung", from: []))
        play.tell(.anna, .goTo("alltag"))
        play.tell(.anna, .ruleOut("Ändert nichts"))
        let asked = play.tell(.anna, .end(confirmed: false))
        #expect(asked.isRefusal && asked.phrases == [.confirmEnd])
        let decision = play.tell(.anna, .end(confirmed: true))
        #expect(
            decision.phrases == [
                .ended, .accountAgreed, .accountCollected, .accountDraft, .accountRuledOut, .accountEmpty, .accountOpen,
                .closing, .outcomePrivately,
            ])
        #expect(decision.line(.accountEmpty)?.values[.total] == .count(7))
        #expect(decision.line(.accountOpen)?.values[.ids] == .list([.text("K1"), .text("A1")]))
        #expect(decision.outputs.contains(Output(to: .person(Speaker.anna.identity), .outcome(.html, withNames: true))))
        #expect(play.session.state == .ended)
    }

    @Test("Minutes and exports are handed to whoever asked")
    func outcome() {
        var play = Play.begun()
        let anna = Output.Audience.person(Speaker.anna.identity)
        let minutes = play.tell(.anna, .minutes(withNames: false))
        #expect(minutes.outputs.first == Output(to: anna, .outcome(.markdown, withNames: false)))
        #expect(minutes.phrases == [.outcomePrivately])
        let dates = play.tell(.anna, .export(.ics, withNames: true), .private)
        #expect(dates.outputs == [Output(to: anna, .outcome(.ics, withNames: true))])
    }

    @Test("Going to a question names the one that is left, if it stays open", arguments: [true, false])
    func namesWhatIsLeft(isAnswered: Bool) {
        var play = Play.begun()
        if isAnswered { play.tell(.bernd, .contribute("Text", question: nil)) }
        let header = play.tell(.anna, .goTo("veränderung")).line(.questionHeaderPassing)
        #expect(header?.values[.count] == .count(isAnswered ? 1 : 2))
    }
}
