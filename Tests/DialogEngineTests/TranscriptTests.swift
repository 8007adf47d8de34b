import DialogEngine
import FoundationEssentials
import Testing

@Suite("The chat of an evening")
struct TranscriptTests {
    @Test("Four people get from the first question to an open point, and a late-comer finds in")
    func evening() {
        var play = Play()
        let due = DueDate.at(Play.beginning.addingTimeInterval(10 * .day))
        let lines: [(Speaker, Command, [Phrase])] = [
            (
                .anna, .start(name: "Stadtbäume"),
                [.greeting, .howToTalk, .privacy, .questionHeader, .prompt, .missionOfferSilence]
            ),
            (.bernd, .contribute("Junge Bäume vertrocknen, wir gießen mit Trinkwasser.", question: nil), [.noted]),
            (.dirk, .contribute("Bei Starkregen läuft der Kanal in der Schulstraße über.", question: nil), [.noted]),
            (.dirk, .plain("Und das seit Jahren."), []),
            (
                .anna, .propose("Regenwasser wird abgeleitet und fehlt im Sommer den jungen Bäumen.", from: []),
                [.proposed]
            ),
            (.bernd, .consent(nil), [.consentNoted]),
            (.dirk, .object("»abgeleitet« klingt nach einem Fehler"), [.objectionNoted]),
            (
                .anna, .substitute("wird abgeleitet", by: "wird nach geltender Satzung abgeleitet"),
                [.proposalEditedConsentsGone]
            ),
            (.bernd, .consent(nil), [.consentNoted]),
            (.dirk, .consent(nil), [.consentNoted]),
            (.anna, .agree(nil), [.agreed, .missionAgreed]),
            (.anna, .goTo("recht"), [.questionHeaderPassing, .mission, .prompt]),
            (.dirk, .raise("Reicht eine Befreiung nach Satzung?"), [.openPointRaised]),
            (.dirk, .askExpert(.k1, "Untere Wasserbehörde", due: due), [.expertAskedReminder]),
        ]
        for (speaker, command, phrases) in lines {
            play.pass(.minute)
            #expect(play.tell(speaker, command).phrases == phrases, "\(speaker.name): \(command)")
        }
        #expect(play.take(.joined(.ceyda)).phrases == [.welcome, .explanation, .howToTalkPrivately, .privacy])
        #expect(play.session.name == "Stadtbäume")
        #expect(
            play.session.entries(of: Guide.questions[0]).map(\.text) == [
                "Regenwasser wird nach geltender Satzung abgeleitet und fehlt im Sommer den jungen Bäumen."
            ])
    }

    @Test("The lines say what the evening needs")
    func values() {
        var play = Play.begun()
        play.tell(.anna, .contribute("Text", question: nil))
        let text = "Regenwasser wird abgeleitet und fehlt im Sommer den jungen Bäumen."
        let proposed = play.tell(.anna, .propose(text, from: [])).line(.proposed)
        #expect(proposed?.values[.text] == .text("Regenwasser wird abgeleitet und fehlt …"))
        play.tell(.bernd, .consent(nil))
        play.tell(.dirk, .consent(nil))
        let agreed = play.tell(.anna, .agree(nil)).line(.agreed)
        #expect(agreed?.values[.names] == .list([.text("anna"), .text("bernd"), .text("dirk")]))
        let header = play.tell(.anna, .goTo("recht")).line(.questionHeaderPassing)
        #expect(header?.values[.number] == .count(2) && header?.values[.total] == .count(4))
        #expect(header?.values[.count] == .count(4))
        let passed = Guide.questions[1...3].map { Value.key($0.key) }
        #expect(header?.values[.questions] == .list(passed))
        play.tell(.dirk, .raise("Reicht das?"))
        let due = DueDate.at(play.now.addingTimeInterval(10 * .day))
        let asked = play.tell(.dirk, .askExpert(.k1, "Untere Wasserbehörde", due: due)).line(.expertAskedReminder)
        #expect(
            asked?.values == [
                .id: .text("K1"), .name: .text("dirk"), .expert: .text("Untere Wasserbehörde"), .due: .due(due),
                .date: .dayAndMonth(due.reminder),
            ])
    }
}
