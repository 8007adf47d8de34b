import DialogEngine
import Foundation
import Testing

@Suite("What is kept about a person")
struct PrivacyTests {
    /// Everything that bernd says contains one of these.
    static let hers = ["bernd", "Maier", "local/bernd", "Geheimnis", "Quelle7"]

    /// A session in which bernd did everything that leaves words, and others answered.
    static func play() -> Play {
        var play = Play.begun()
        play.tell(.anna, .assign(to: "bernd", "Plan holen", due: nil))
        play.tell(.bernd, .here(name: "Bernd Maier", organisation: "Geheimnis GmbH"))
        play.take(.renamed(Speaker.bernd.identity, to: "bernd_"))
        play.tell(.dirk, .contribute("Der Kanal ist alt", question: nil))
        play.tell(.bernd, .contribute("Geheimnis eins", question: nil))
        play.tell(.bernd, .edit(.b2, "Geheimnis zwei"))
        play.tell(.dirk, .edit(.b2, "Kein Geheimnis"))
        play.tell(.bernd, .edit(.b1, "Geheimnis drei"))
        play.tell(.bernd, .raise("Geheimnis vier?"))
        play.tell(.dirk, .raise("Wem gehört das Wasser?"))
        play.tell(.bernd, .askExpert(.k1, "Geheimnis fünf", due: .at(play.now.addingTimeInterval(.day))))
        play.tell(.bernd, .clear(RecordID(.openPoint, 2), "Geheimnis sechs"))
        play.tell(.bernd, .park("Geheimnis"))
        play.tell(.bernd, .assign(to: "Bernd Maier", "Geheimnis null", due: nil))
        play.tell(.bernd, .edit(RecordID(.action, 2), "Geheimnis acht"))
        play.tell(.anna, .edit(.p1, "Geheimnis sieben"))
        play.tell(.bernd, .contribute("Quelle7 GmbH: Geheimnis; Stadtwerke", question: "bedenken"))
        play.tell(.dirk, .contribute("Stadtwerke", question: "bedenken"))
        agree(&play)
        return play
    }

    /// A round on »problem« that bernd's wording wins, one on »innovation« with his objection, an open one on »recht«.
    private static func agree(_ play: inout Play) {
        play.tell(.bernd, .propose("Geheimnis neun", from: []))
        play.tell(.bernd, .propose("Regenwasser fehlt im Sommer", from: []))
        play.tell(.anna, .agree(nil))
        play.tell(.anna, .goTo("innovation"))
        play.tell(.anna, .propose("Rigolen", from: []))
        play.tell(.bernd, .object("Geheimnis zehn"))
        play.tell(.anna, .agree(nil))
        play.tell(.anna, .goTo("recht"))
        play.tell(.dirk, .propose("Satzung", from: []))
        play.tell(.bernd, .object("Geheimnis elf"))
        play.tell(.dirk, .substitute("Satzung", by: "Die Satzung"))
        play.tell(.anna, .addFacilitator("bernd_"))
        play.tell(.bernd, .skip("Geheimnis zwölf"))
        play.tell(.anna, .goTo("alltag"))
        play.tell(.dirk, .propose("Gießen", from: []))
        play.tell(.bernd, .substitute("Gießen", by: "Geheimnis dreizehn"))
    }

    @Test("!meinedaten tells a person privately everything about her, and nothing about others")
    func myData() {
        var play = Self.play()
        let decision = play.tell(.bernd, .myData)
        #expect(decision.events.isEmpty)
        #expect(Set(decision.outputs.map(\.audience)) == [.person(Speaker.bernd.identity)])
        let words = decision.outputs.flatMap(\.lines).flatMap { $0.values.values }.flatMap(\.typed)
        for text in [
            "Bernd Maier", "Geheimnis GmbH", "Geheimnis zwei", "Geheimnis drei", "Geheimnis vier?", "Geheimnis sechs",
            "Geheimnis sieben", "Geheimnis acht", "Plan holen", "Regenwasser fehlt im Sommer", "Geheimnis zehn",
            "Geheimnis elf", "Geheimnis dreizehn", "Quelle7 GmbH: Geheimnis; Stadtwerke",
        ] {
            #expect(words.contains(text), "\(text)")
        }
        #expect(!words.contains("Der Kanal ist alt") && !words.contains("Rigolen"))
        #expect(decision.phrases.last == .keptUntil)
        #expect(play.tell(.ceyda, .myData).phrases == [.nothingAboutYou])
        #expect(play.tell(.eve, .myData).phrases == [.forMembers])
    }

    @Test("A private proposal, vote or objection counts without a name; whoever made it is asked again privately")
    func privateRound() {
        var play = Play.begun()
        let proposed = play.tell(.bernd, .propose("Regenwasser fehlt", from: []), .private)
        #expect(proposed.phrases == [.proposedPrivately])
        #expect(play.tell(.anna, .recap).phrases == [.recapDraftPrivately])
        play.tell(.dirk, .object("Zu kurz"), .private)
        play.tell(.ceyda, .consent(nil))
        let edited = play.tell(.anna, .substitute("fehlt", by: "fehlt im Sommer"))
        #expect(edited.phrases == [.proposalEditedConsentsGone, .voteOnFormerWording, .voteOnFormerWording])
        #expect(edited.line(.proposalEditedConsentsGone)?.values[.people] == .list([.text("ceyda")]))
        #expect(
            edited.outputs.dropFirst().map(\.audience) == [
                .person(Speaker.bernd.identity), .person(Speaker.dirk.identity),
            ])
        play.tell(.ceyda, .consent(nil))
        play.tell(.bernd, .consent(nil), .private)
        let agreed = play.tell(.anna, .agree(nil))
        let others = Value.line(Line(.votesPrivately, [.count: .count(1)]))
        #expect(agreed.line(.agreed)?.values[.names] == .list([.text("anna"), .text("ceyda"), others]))
        #expect(agreed.phrases == [.agreed, .agreedObjectionPrivately, .missionAgreed])
    }

    @Test("The last word counts, also in whether it shows a name")
    func lastWord() {
        var play = Play.begun()
        play.tell(.anna, .propose("Regenwasser fehlt", from: []))
        play.tell(.bernd, .consent(nil), .private)
        play.tell(.bernd, .consent(nil))
        #expect(play.tell(.anna, .agree(nil)).line(.agreed)?.values[.names] == .list([.text("anna"), .text("bernd")]))
    }

    @Test("A suggestion for a private contribution goes to its author alone")
    func suggestedPrivately() {
        var play = Play.begun()
        play.tell(.bernd, .contribute("Der Kanal", question: nil), .private)
        let suggested = play.tell(.dirk, .edit(.b1, "Der Regenkanal"))
        #expect(suggested.phrases == [.editSuggestedToAuthor, .suggestionPassedOn])
        #expect(suggested.outputs[0].audience == .person(Speaker.bernd.identity))
        #expect(play.tell(.dirk, .consent("B1")).phrases == [.ofAnotherAuthor])
        #expect(play.tell(.bernd, .consent("B1"), .private).phrases == [.edited, .contributedPrivately])
    }

    @Test("Who asks privately is reminded privately; once she is gone, the room is without her name")
    func askedPrivately() {
        var play = RightsTests.busy()
        play.tell(.dirk, .askExpert(.k1, "Amt", due: .at(play.now.addingTimeInterval(.day))), .private)
        #expect(play.tell(.anna, .openItems).line(.openPointItemUntil)?.values[.name] == .line(Line(.someone)))
        #expect(play.wait(23 * .hour).outputs.map(\.audience) == [.person(Speaker.dirk.identity)])
        play.take(.left(Speaker.dirk.identity))
        #expect(play.wait(.hour).phrases == [.remindEverybody])
    }

    @Test("!vergissmich asks first, privately, and changes nothing until it is said twice")
    func askedTwice() {
        var play = Self.play()
        let first = play.tell(.bernd, .forgetMe(confirmed: false))
        #expect(first.events.isEmpty && first.phrases == [.confirmForget])
        #expect(first.outputs[0].audience == .addressed(Speaker.bernd.identity))
        let second = play.tell(.bernd, .forgetMe(confirmed: true))
        #expect(second.events.count == 1 && second.phrases == [.forgotten])
        #expect(play.tell(.bernd, .forgetMe(confirmed: true)).phrases == [.nothingAboutYou])
        #expect(play.tell(.ceyda, .forgetMe(confirmed: true)).phrases == [.nothingAboutYou])
    }

    @Test("Afterwards neither session nor events contain her name, identity or words, and a replay gives the same")
    func erased() throws {
        var play = Self.play()
        let erasure = play.session.erasure(of: 2)
        play.tell(.bernd, .forgetMe(confirmed: true))
        let redacted = play.events.map { $0.redacted(by: erasure) }
        let session = try Folded.json(play.session)
        #expect(try Folded.json(Folded.session(redacted)) == session)
        let events = try Folded.json(redacted)
        for word in Self.hers {
            #expect(session.range(of: word, options: .caseInsensitive) == nil, "\(word) in the session")
            #expect(events.range(of: word, options: .caseInsensitive) == nil, "\(word) in the events")
        }
    }

    @Test("What the group agreed on stays, without her name; others' contributions and organisations too")
    func stays() {
        var play = Self.play()
        play.tell(.bernd, .forgetMe(confirmed: true))
        #expect(play.session.entries(of: Guide.questions[0]).map(\.text) == ["Regenwasser fehlt im Sommer"])
        #expect(play.session.answer(to: "describe.innovation").agreed?.objections.isEmpty == true)
        #expect(play.session.contributions[0].text == "Der Kanal ist alt")
        #expect(play.session.organisations.map(\.name) == ["", "Stadtwerke"])
        #expect(play.session.answer(to: "prepare.everyday").draft == nil)
        #expect(play.session.answer(to: "prepare.legal").draft?.text == "Die Satzung")
        play.tell(.dirk, .contribute("Quelle8", question: "bedenken"))
        #expect(play.session.organisations.last?.id == RecordID(.organisation, 3))
    }

    @Test(
        "After forgetting, nothing that anybody can ask for shows her name or words",
        arguments: [
            Command.status, .openItems, .recap, .showParked, .listFacilitators, .myData, .help(.moment),
            .goTo("problem"),
            .goTo("innovation"), .goTo("alltag"), .end(confirmed: true),
        ])
    func shown(_ command: Command) {
        var play = Self.play()
        play.tell(.bernd, .forgetMe(confirmed: true))
        let words = play.tell(.anna, command).outputs.flatMap(\.lines).flatMap { $0.values.values }.flatMap(\.typed)
        for word in words {
            #expect(!Self.hers.contains { word.localizedCaseInsensitiveContains($0) }, "\(word)")
        }
    }

    @Test("Who is forgotten and comes back is somebody new")
    func comesBack() {
        var play = Self.play()
        play.tell(.bernd, .forgetMe(confirmed: true))
        #expect(play.take(.joined(.bernd)).phrases.first == .welcome)
        #expect(play.tell(.bernd, .withdraw(.b2)).phrases == [.noSuchRecord])
        play.tell(.bernd, .contribute("Neu", question: nil))
        #expect(play.session.person(with: Speaker.bernd.identity)?.id == 4)
        #expect(play.session.person(with: Speaker.bernd.identity)?.isFacilitator == false)
    }

    @Test("A suggestion that the author took over is the author's")
    func suggestion() {
        var play = Play.begun()
        play.tell(.dirk, .contribute("Der Kanal", question: nil))
        play.tell(.bernd, .edit(.b1, "Der Regenkanal"))
        play.tell(.dirk, .consent("B1"))
        play.tell(.bernd, .forgetMe(confirmed: true))
        #expect(play.session.contributions[0].text == "Der Regenkanal")
    }

    @Test("The only facilitator hands over first; after the end she need not")
    func onlyFacilitator() {
        var play = Play.begun()
        #expect(play.tell(.anna, .forgetMe(confirmed: true)).phrases == [.handOverFirst])
        play.tell(.anna, .end(confirmed: true))
        #expect(play.tell(.anna, .forgetMe(confirmed: true)).phrases == [.forgotten])
        #expect(
            play.tell(.bernd, .listFacilitators).line(.facilitators)?.nested.map(\.phrase) == [.facilitators, .someone])
    }
}
