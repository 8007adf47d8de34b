import DialogEngine
import FoundationEssentials
import Testing

@Suite("Ending, and going on after the end")
struct EndingTests {
    @Test("More empty than not, or an open round, wants to be said twice")
    func asked() {
        var play = Play.begun()
        let refused = play.tell(.anna, .end(confirmed: false))
        #expect(refused.isRefusal && refused.phrases == [.confirmEndEmpty])
        #expect(refused.line(.confirmEndEmpty)?.values[.count] == .count(Guide.questions.count))
        play.tell(.bernd, .propose("Regen", from: []))
        #expect(play.tell(.anna, .end(confirmed: false)).phrases == [.confirmEnd])
        #expect(play.tell(.anna, .end(confirmed: true)).phrases.contains(.ended))
    }

    @Test("What is mostly answered ends at once")
    func atOnce() {
        var play = Play.begun()
        for question in Guide.questions.prefix(6) {
            play.tell(.bernd, .contribute("Text", question: question.key.all.first ?? ""))
        }
        #expect(play.tell(.anna, .end(confirmed: false)).phrases.first == .ended)
    }

    @Test("Its homework is named by ids that there are, one of each kind")
    func homework() {
        var play = Play.begun()
        for text in ["Wem?", "Wann?", "Wie?"] { play.tell(.bernd, .raise(text)) }
        play.tell(.bernd, .clear(.k1, "Uns"))
        let due = DueDate.at(play.now.addingTimeInterval(.day))
        for number in 2...3 { play.tell(.bernd, .askExpert(RecordID(.openPoint, number), "Amt", due: due)) }
        let ended = play.tell(.anna, .end(confirmed: true))
        let line = ended.line(.remindersGoOn)
        #expect(line?.values[.values] == .list([.line(Line(.settleOpenPoint, [.id: .text("K2")]))]))
    }

    @Test("A start offers to go on, and whoever may begin goes on with everything as it was")
    func reopened() {
        var play = Play.begun()
        play.tell(.bernd, .raise("Wem gehört das Wasser?"))
        play.tell(.anna, .end(confirmed: true))
        play.pass(.hour)
        #expect(play.tell(.bernd, .start(name: nil)).phrases == [.mayNotStart])
        #expect(play.tell(.bernd, .resume).phrases == [.forFacilitators])
        #expect(play.tell(.anna, .start(name: nil)).phrases == [.reopenOrStartAnew])
        #expect(play.tell(.anna, .contribute("Text", question: nil)).phrases == [.sessionEnded])
        #expect(play.tell(.anna, .resume).phrases.prefix(2) == [.reopened, .questionHeader])
        #expect(play.session.state == .running && play.session.endedAt == nil)
        #expect(play.tell(.bernd, .clear(.k1, "Dem Land")).phrases.first == .openPointCleared)
        #expect(play.tell(.anna, .resume).phrases == [.isRunning])
    }

    @Test("Whoever may begin sessions takes over an ended one where its facilitators are gone, and only there")
    func byAnother() {
        var play = Play.begun()
        play.tell(.anna, .end(confirmed: true))
        var mona = Speaker.dirk
        mona.appointment = .starter
        #expect(play.tell(mona, .start(name: nil)).phrases == [.reopenOrStartAnew])
        #expect(play.tell(mona, .resume).phrases == [.forFacilitators])
        play.take(.left(Speaker.anna.identity))
        #expect(play.tell(mona, .resume).phrases == [.facilitationRestsAMinute])
        play.pass(.minute)
        #expect(play.tell(mona, .resume).phrases.prefix(2) == [.facilitatorAdded, .reopened])
        #expect(play.tell(mona, .next(confirmed: true)).phrases.contains(.questionHeader))
    }

    @Test("An open round that is left is named, with the way back; it is agreed from anywhere")
    func openRound() {
        var play = Play.begun()
        play.tell(.bernd, .propose("Regen", from: []))
        let moved = play.tell(.anna, .next(confirmed: false))
        #expect(moved.phrases.first == .draftStaysOpen)
        #expect(moved.line(.draftStaysOpen)?.values[.text] == .localized(Guide.questions[0].key))
        #expect(play.tell(.anna, .agree("problem")).phrases.first == .agreed)
    }
}
