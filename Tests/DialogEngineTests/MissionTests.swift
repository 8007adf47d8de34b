import DialogEngine
import Testing

@Suite("The shared problem, and the mission that it becomes")
struct MissionTests {
    private static func agreed(_ text: String = "Regenwasser hält die Bäume am Leben; für: Anwohnende") -> Play {
        var play = Play.begun()
        play.tell(.bernd, .propose(text, from: []))
        play.tell(.anna, .agree(nil))
        play.pass(.minute)
        return play
    }

    @Test("At the beginning facilitators are offered that everybody first writes in silence, while nobody has written")
    func offer() {
        var play = Play()
        let begun = play.tell(.anna, .start(name: nil))
        #expect(begun.output(.missionOfferSilence)?.isAcknowledgement == true)
        play.tell(.anna, .goTo("recht"))
        #expect(play.tell(.anna, .goTo("problem")).phrases.contains(.missionOfferSilence))
        play.tell(.bernd, .contribute("Bäume", question: nil))
        play.tell(.anna, .goTo("recht"))
        #expect(!play.tell(.anna, .goTo("problem")).phrases.contains(.missionOfferSilence))
        var terminal = Play()
        #expect(!terminal.tell(.anna, .start(name: nil), .console).phrases.contains(.missionOfferSilence))
    }

    @Test("What was written in silence stands side by side without names, and one sentence is asked for")
    func reveal() {
        var play = Play.begun()
        play.tell(.anna, .silence(minutes: 5))
        play.tell(.bernd, .contribute("Bäume vertrocknen", question: nil), .private)
        play.tell(.dirk, .contribute("Der Kanal läuft über", question: nil), .private)
        let revealed = play.tell(.anna, .reveal)
        #expect(revealed.phrases == [.revealed, .revealedItem, .revealedItem, .missionFromSilence])
        #expect(revealed.outputs.flatMap(\.lines).allSatisfy { $0.values[.name] == nil })
        play.tell(.anna, .goTo("recht"))
        play.tell(.anna, .silence(minutes: 5))
        play.tell(.bernd, .contribute("Satzung", question: nil), .private)
        #expect(!play.tell(.anna, .reveal).phrases.contains(.missionFromSilence))
    }

    @Test("The agreed sentence is repeated where a step begins, without its sections, and nowhere else")
    func repeated() {
        var play = Self.agreed("Regenwasser hält die Bäume am Leben\nFür wen: Anwohnende")
        #expect(!play.tell(.anna, .next(confirmed: true)).phrases.contains(.mission))
        let step = play.tell(.anna, .next(confirmed: true))
        #expect(step.phrases == [.questionHeader, .mission, .prompt])
        #expect(step.line(.mission)?.values[.text] == .text("Regenwasser hält die Bäume am Leben"))
        #expect(!play.tell(.anna, .next(confirmed: true)).phrases.contains(.mission))
        #expect(!play.tell(.anna, .goTo("problem")).phrases.contains(.mission))
    }

    @Test("Agreeing says so; a question that is open again repeats nothing, and a new wording takes its place")
    func replaced() {
        var play = Self.agreed("Erste Fassung")
        #expect(play.tell(.anna, .goTo("recht")).line(.mission)?.values[.text] == .text("Erste Fassung"))
        play.tell(.anna, .goTo("problem"))
        play.tell(.bernd, .propose("Zweite Fassung", from: []))
        #expect(!play.tell(.anna, .goTo("recht")).phrases.contains(.mission))
        #expect(play.tell(.anna, .agree("problem")).phrases.contains(.missionAgreed))
        #expect(play.tell(.anna, .goTo("schritte")).line(.mission)?.values[.text] == .text("Zweite Fassung"))
        play.tell(.bernd, .propose("Messen", from: []))
        #expect(!play.tell(.anna, .agree(nil)).phrases.contains(.missionAgreed))
    }

    @Test(
        "A late-comer hears it, where it is short",
        arguments: [("Kurz", true), (String(repeating: "lang ", count: 40), false)])
    func welcome(text: String, isHeard: Bool) {
        var play = Self.agreed(text)
        let phrases = play.take(.joined(.dirk)).line(.welcome)?.nested.map(\.phrase) ?? []
        #expect(phrases.contains(.welcomeMission) == isHeard)
    }

    @Test("It is evidence for the factor that names its question")
    func factor() {
        var play = Self.agreed("Kurz")
        #expect(play.session.dialog.network?.mission == "describe.problem")
        #expect(play.tell(.anna, .showMap).line(.mapMission)?.values[.text] == .text("Kurz"))
    }

    @Test("In the middle of the map stands what was agreed, and nothing that somebody only said")
    func middleOfTheMap() {
        var play = Play.begun()
        play.tell(.anna, .goTo("problem"))
        play.tell(.bernd, .plain("Anna leitet schlecht"), .private)
        #expect(play.session.mission == nil)
        play.tell(.dirk, .contribute("Bäume vertrocknen", question: nil))
        #expect(play.session.mission == nil)
        play.tell(.bernd, .contribute("Der Kanal läuft über", question: nil))
        #expect(play.session.mission == nil)
        play.tell(.anna, .propose("Regenwasser fehlt", from: []))
        #expect(play.session.mission == nil)
        play.tell(.anna, .agree(nil))
        #expect(play.session.mission == "Regenwasser fehlt")
    }
}
