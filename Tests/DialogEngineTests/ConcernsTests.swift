import DialogEngine
import FoundationEssentials
import Testing

@testable import DialogEngine

@Suite("What is said about opponents")
struct ConcernsTests {
    @Test(
        "A text that names a person is not kept, and the refusal says what to write",
        arguments: [
            "Herr Möller: will parken", "Familie und Frau Dr. Schulz: Lärm", "Gewerbeverein: sagt Hr. Klein",
            "Mr Smith: noise", "Anna Berg: dagegen",
        ])
    func persons(text: String) {
        var play = Play.network()
        play.tell(.anna, .here(name: "Anna Berg", organisation: nil))
        #expect(play.bring(text, to: "concerns").phrases == [.noPersonalNames])
        play.go(to: "concerns")
        #expect(play.tell(.anna, .propose(text, from: [])).phrases == [.noPersonalNames])
        #expect(play.session.contributions.isEmpty && play.session.answer(to: "s.concerns").draft == nil)
        #expect(play.bring(text, to: "supporters").phrases.contains(.notedElsewhere))
    }

    @Test(
        "Organisations and groups with their reason are kept",
        arguments: [
            "Gewerbeverein: weniger Kundschaft", "Anwohnerschaft am Herrenweg: nasse Keller", "Frauenbund: Kosten",
            "Berg und Tal e. V.: Naturschutz",
        ])
    func groups(text: String) {
        var play = Play.network()
        play.tell(.anna, .here(name: "Anna Berg", organisation: nil))
        #expect(play.bring(text, to: "concerns").phrases == [.notedElsewhere])
    }

    @Test("The question says until when its answers are kept")
    func notice() {
        let until = Play.beginning.addingTimeInterval(90 * .day)
        var play = Play.network(concernsRetainedUntil: until)
        #expect(play.go(to: "concerns").line(.concernsNotice)?.values[.date] == .day(until))
    }

    private static func withConcerns() -> Play {
        var play = Play.network(
            ("partners", "Gewerbeverein"), concernsRetainedUntil: Play.beginning.addingTimeInterval(90 * .day))
        play.go(to: "concerns")
        play.bring("Gewerbeverein: weniger Kundschaft; Zqnachbarn: zqkeller", to: "concerns")
        play.tell(.dirk, .raise("zqwarum?"))
        play.tell(.dirk, .askExpert(.k1, "Zqkammer", due: nil))
        play.tell(.anna, .propose("Zqnachbarn: zqangst", from: []))
        play.tell(.bernd, .object("zqfalsch"))
        play.tell(.anna, .agree(nil))
        play.tell(.dirk, .planContact(.o2, ContactPlan(assignee: "dirk", request: "zqreden")))
        return play
    }

    @Test("On their own retention date they go from the session and from its events", arguments: [false, true])
    func erased(isEnded: Bool) throws {
        var play = Self.withConcerns()
        #expect(try Folded.json(play.session).lowercased().contains("zq"))
        if isEnded { play.tell(.anna, .end(confirmed: true)) }
        play.wait(89 * .day)
        #expect(play.session.nextDeadline == Play.beginning.addingTimeInterval(90 * .day))
        let before = play.session
        let decision = play.wait(2 * .day)
        #expect(decision.events.contains { $0.kind == .concernsErased })
        #expect(decision.phrases.contains(.concernsErased) == !isEnded)
        #expect(try !Folded.json(play.session).lowercased().contains("zq"))
        #expect(play.session.nextDeadline == nil)
        #expect(play.session.network.members.map(\.name) == ["Gewerbeverein"])

        let erasure = try #require(before.erasureOfConcerns)
        let redacted = play.events.map { $0.redacted(by: erasure) }
        #expect(try !Folded.json(redacted).lowercased().contains("zq"))
        var again = Session(dialog: NetworkSample.dialog)
        for event in redacted { try again.apply(event) }
        #expect(try Folded.json(again) == Folded.json(play.session))
    }
}
