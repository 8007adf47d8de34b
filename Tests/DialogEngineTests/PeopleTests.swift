import DialogEngine
import FoundationEssentials
import Testing

@Suite("People")
struct PeopleTests {
    @Test("A late-comer is greeted privately with what is agreed and what is open, and nothing is kept of her")
    func lateComer() {
        var play = QuestionStateTests.play(in: .agreed)
        play.tell(.anna, .goTo("recht"))
        play.tell(.bernd, .raise("Reicht eine Befreiung?"))
        let decision = play.take(.joined(.ceyda))
        #expect(decision.events.isEmpty)
        #expect(decision.phrases == [.welcome, .explanation, .howToTalkPrivately, .privacy])
        #expect(decision.outputs.allSatisfy { $0.audience == .addressed(Speaker.ceyda.identity) })
        let parts = decision.outputs[0].lines[0].nested.map(\.phrase)
        #expect(parts == [.welcome, .welcomeMission, .welcomeAgreed, .welcomeCurrentOpen])
    }

    @Test("Who returns hears what waits for her, and sees exactly what happened meanwhile")
    func returner() {
        var play = RightsTests.busy()
        play.take(.left(Speaker.anna.identity))
        play.tell(.bernd, .contribute("Neu", question: "recht"))
        let decision = play.take(.joined(.anna))
        #expect(decision.phrases == [.welcomeBack, .explanation])
        #expect(decision.outputs[0].lines[0].nested.map(\.phrase).last == .welcomeYours)
        #expect(play.session.people[0].isPresent)
        let recap = play.tell(.anna, .recap)
        #expect(recap.phrases == [.recapContributions])
        #expect(recap.outputs[0].lines[0].nested.last?.values[.text] == .text("Neu"))
    }

    @Test("Who was away and speaks in the room is back; one who writes from elsewhere is not")
    func back() {
        var play = RightsTests.busy()
        #expect(play.tell(.bernd, .away).phrases == [.left])
        #expect(play.tell(.bernd, .away).events.isEmpty)
        var outside = Speaker.bernd
        outside.standing = .stranger
        play.tell(outside, .contribute("Von fern", question: nil), .private)
        #expect(!play.session.people[1].isPresent)
        play.tell(.bernd, .contribute("Wieder da", question: nil))
        #expect(play.session.people[1].isPresent)
        #expect(play.tell(.ceyda, .away).events.isEmpty)
    }

    @Test("Nobody is greeted or noted before the beginning and after the end")
    func outside() {
        var play = Play()
        #expect(play.take(.joined(.anna)).isNothing)
        play = Play.begun()
        play.tell(.anna, .end(confirmed: true))
        #expect(play.take(.joined(.anna)).isNothing)
        #expect(play.take(.left(Speaker.anna.identity)).outputs.isEmpty)
        #expect(play.take(.clock).isNothing)
    }

    @Test("Facilitation is shared and handed over, and never left to nobody")
    func facilitating() {
        var play = RightsTests.busy()
        #expect(play.tell(.anna, .addFacilitator("zoe")).phrases == [.noSuchPerson])
        #expect(play.tell(.anna, .removeFacilitator("anna")).phrases == [.lastFacilitator])
        #expect(play.tell(.anna, .addFacilitator("@Bernd")).phrases == [.facilitatorAdded])
        #expect(play.tell(.anna, .addFacilitator("bernd")).phrases == [.isFacilitator])
        #expect(
            play.tell(.eve, .listFacilitators).line(.facilitators)?.values == [
                .names: .list([.text("anna"), .text("bernd")])
            ])
        #expect(play.tell(.bernd, .removeFacilitator("anna")).phrases == [.facilitatorRemoved])
        #expect(play.tell(.bernd, .removeFacilitator("anna")).phrases == [.isNoFacilitator])
        #expect(play.tell(.anna, .next(confirmed: true)).phrases == [.forFacilitators])
        #expect(play.tell(.bernd, .forgetMe(confirmed: true)).phrases == [.handOverFirst])
    }

    @Test("Where every facilitator is gone, whoever may begin sessions takes over with start")
    func takingOver() {
        var play = RightsTests.busy()
        var ceyda = Speaker.ceyda
        ceyda.appointment = .starter
        #expect(play.tell(ceyda, .start(name: nil)).phrases == [.forFacilitators])
        play.take(.left(Speaker.anna.identity))
        #expect(play.tell(.dirk, .start(name: nil)).phrases == [.forFacilitators])
        play.pass(.minute)
        #expect(play.tell(ceyda, .next(confirmed: true)).phrases == [.forFacilitators])
        #expect(play.tell(ceyda, .start(name: nil)).phrases.first == .facilitatorAdded)
        #expect(play.tell(ceyda, .next(confirmed: true)).events.count == 1)
        #expect(
            play.tell(.anna, .listFacilitators).line(.facilitators)?.values[.names]
                == .list([.text("ceyda")]))
    }

    @Test("A name that several present people bear gives nobody rights; a network's name goes before a chosen one")
    func sameName() {
        var play = RightsTests.busy()
        let other = Speaker(identity: Identity(rawValue: "net/bernd"), name: "Bernd")
        play.tell(other, .here(name: nil, organisation: nil))
        #expect(play.tell(.anna, .addFacilitator("bernd")).phrases == [.severalPeople])
        play.take(.left(other.identity))
        #expect(play.tell(.anna, .addFacilitator("bernd")).phrases == [.facilitatorAdded])
        #expect(play.session.people[1].isFacilitator)

        play.tell(.anna, .removeFacilitator("bernd"))
        play.tell(other, .here(name: nil, organisation: nil))
        play.tell(.bernd, .here(name: nil, organisation: nil))
        #expect(play.tell(.ceyda, .assign(to: "bernd", "Fragen", due: nil)).phrases == [.severalPeople])
        #expect(play.tell(.ceyda, .assign(to: "3", "Fragen", due: nil)).phrases == [.actionAssigned])
        #expect(play.session.actions.last?.person == 3)

        play.tell(.dirk, .contribute("Text", question: nil))
        play.tell(.ceyda, .here(name: "dirk", organisation: nil))
        play.tell(.anna, .addFacilitator("dirk"))
        #expect(play.session.person(with: Speaker.dirk.identity)?.isFacilitator == true)
        #expect(play.session.person(with: Speaker.ceyda.identity)?.isFacilitator == false)
    }

    @Test("A name means whoever is present; of those who are gone, somebody only where nobody present is called so")
    func present() {
        var play = Play.begun()
        play.tell(.bernd, .contribute("Text", question: nil))
        play.take(.left(Speaker.bernd.identity))
        #expect(play.session.person(named: "bernd")?.id == 2)
        play.tell(.ceyda, .here(name: "Bernd Kunz", organisation: nil))
        #expect(play.session.person(named: "bernd")?.id == 3)
    }

    static let first = Speaker(identity: Identity(rawValue: "local/connection/m-1"), name: "bernd")
    static let second = Speaker(identity: Identity(rawValue: "local/connection/m-2"), name: "bernd")

    @Test("Who comes over a new connection without an account is somebody new, and gets nothing of the old record")
    func reconnected() {
        var play = Play.begun()
        play.tell(Self.first, .contribute("Geheim", question: nil), .private)
        play.take(.left(Self.first.identity))
        play.take(.joined(Self.second))
        #expect(play.tell(.anna, .addFacilitator("bernd")).phrases == [.personIsGone])
        #expect(play.tell(Self.second, .myData).phrases == [.nothingInThisConnection])
        #expect(play.tell(Self.second, .forgetMe(confirmed: true)).phrases == [.nothingInThisConnection])
        #expect(play.tell(Self.second, .withdraw(.b1)).phrases == [.ofAnotherAuthor])
        play.tell(Self.second, .here(name: nil, organisation: nil))
        #expect(play.tell(.anna, .addFacilitator("bernd")).phrases == [.facilitatorAdded])
        #expect(play.session.person(with: Self.first.identity)?.isFacilitator == false)
        #expect(play.tell(Self.second, .myData).phrases.suffix(2) == [.keptUntil, .onlyThisConnection])
        #expect(play.tell(Self.second, .forgetMe(confirmed: false)).phrases == [.confirmForgetConnection])
    }

    @Test("A facilitator whose connection has ended does not count as one who is left")
    func lastOne() {
        var play = Play.begun()
        play.tell(.anna, .addFacilitator("anna"))
        play.tell(Self.first, .contribute("Text", question: nil))
        play.tell(.anna, .addFacilitator("bernd"))
        play.take(.left(Self.first.identity))
        #expect(play.tell(.anna, .removeFacilitator("anna")).phrases == [.lastFacilitator])
        #expect(play.tell(.anna, .removeFacilitator("bernd")).phrases == [.facilitatorRemoved])
    }

    @Test("Whom the operator appoints stays a facilitator until the operator changes that")
    func appointed() {
        var play = RightsTests.busy()
        var mona = Speaker.ceyda
        mona.appointment = .facilitator
        play.tell(mona, .contribute("Text", question: nil))
        #expect(play.tell(.anna, .removeFacilitator("ceyda")).phrases == [.isAppointed])
        play.tell(.ceyda, .contribute("Text", question: nil))
        #expect(play.tell(.anna, .removeFacilitator("ceyda")).phrases == [.facilitatorRemoved])
        #expect(play.tell(.ceyda, .next(confirmed: true)).phrases == [.forFacilitators])
    }

    @Test("A one-time code makes a facilitator, whom the others can remove; without a session it lets one begin")
    func code() {
        var play = RightsTests.busy()
        #expect(play.tell(.ceyda, .redeem("falsch"), .private).phrases == [.badCode])
        #expect(play.tell(.ceyda, .redeem("falsch")).phrases == [.codeSaidAloud])
        #expect(play.take(.proved(.ceyda)).phrases == [.facilitatorAdded])
        #expect(play.tell(.ceyda, .next(confirmed: true)).events.count == 1)
        #expect(play.take(.proved(.ceyda)).phrases == [.isFacilitator])
        #expect(play.tell(.anna, .removeFacilitator("ceyda")).phrases == [.facilitatorRemoved])
        play = Play()
        #expect(play.take(.proved(.ceyda)).phrases == [.codeAccepted])
        let passing = Speaker(identity: Identity(rawValue: "local/connection/1"), name: "ceyda")
        #expect(play.take(.proved(passing)).phrases == [.codeForConnection])
    }

    @Test("An introduction gives name and organisation, which a new nick leaves alone")
    func introduction() throws {
        var play = Play.begun()
        let decision = play.tell(.bernd, .here(name: "Bernd Maier", organisation: "Bauamt"))
        #expect(decision.phrases == [.introducedWithOrganisation])
        play.take(.renamed(Speaker.bernd.identity, to: "bernd_away"))
        let bernd = try #require(play.session.person(with: Speaker.bernd.identity))
        #expect(bernd.name == "Bernd Maier" && bernd.handle == "bernd_away" && bernd.organisation == "Bauamt")
        for name in ["bernd_away", "Bernd Maier", "maier", "@bernd"] {
            #expect(play.session.person(named: name)?.id == bernd.id)
        }
        #expect(play.tell(.bernd, .here(name: nil, organisation: nil)).phrases == [.introduced])
        play.take(.renamed(Speaker.anna.identity, to: "Anna"))
        #expect(play.session.people[0].name == "Anna")
    }

    @Test("A person who proves an account is the same person; one known by it keeps that record")
    func identified() {
        var play = RightsTests.busy()
        let account = Identity(rawValue: "local/account/anna")
        play.take(.identified(Speaker.anna.identity, as: account))
        #expect(play.session.person(with: account)?.isFacilitator == true)
        #expect(play.session.person(with: Speaker.anna.identity) == nil)

        play.take(.left(account))
        let later = Speaker(identity: Identity(rawValue: "local/connection/9"), name: "anna")
        play.tell(later, .here(name: nil, organisation: nil))
        play.take(.identified(later.identity, as: account))
        #expect(play.session.person(with: account)?.isPresent == true)
        #expect(play.session.person(with: later.identity) == nil)
        #expect(play.session.people(with: account).map(\.isPresent) == [true, false])
    }

    @Test("Two records of one person come together: her lines are hers, the right to facilitate goes on, all is erased")
    func comingTogether() throws {
        var play = RightsTests.busy()
        let account = Speaker(identity: Identity(rawValue: "local/account/anna"), name: "anna")
        play.tell(account, .contribute("Vom Telefon", question: nil))
        play.take(.identified(Speaker.anna.identity, as: account.identity))
        #expect(play.session.people.filter(\.isFacilitator).map(\.id) == [1])
        #expect(play.tell(account, .myData).phrases.filter { $0 == .myContribution }.count == 2)
        #expect(play.tell(account, .edit(.b2, "Vom Rechner")).phrases == [.edited])
        play.tell(account, .addFacilitator("bernd"))
        let erasure = play.session.erasure(of: 1)
        #expect(play.tell(account, .forgetMe(confirmed: true)).events.count == 2)
        let redacted = play.events.map { $0.redacted(by: erasure) }
        #expect(try !Folded.json(redacted).contains("account/anna") && !Folded.json(redacted).contains("Rechner"))
        #expect(try Folded.json(Folded.session(redacted)) == Folded.json(play.session))
    }

    @Test("A task given to a name is handed to whoever appears under it")
    func tasks() {
        var play = Play.begun()
        play.tell(.anna, .assign(to: "@dirk", "Fragen", due: nil))
        #expect(play.session.actions[0].assignee == "dirk" && play.session.actions[0].person == nil)
        play.tell(.dirk, .contribute("Text", question: nil))
        #expect(play.session.actions[0].person == 2)
    }

    @Test("A facilitator sets the session's language in the room; privately, and for others, it is one's own")
    func languages() {
        var play = RightsTests.busy()
        #expect(play.tell(.bernd, .language(Guide.en)).phrases == [.ownLanguage])
        #expect(play.session.language(of: Speaker.bernd.identity) == Guide.en)
        #expect(play.session.language == Guide.de)
        #expect(play.tell(.anna, .language(Guide.en), .private).phrases == [.ownLanguage])
        #expect(play.session.language == Guide.de)
        #expect(play.tell(.anna, .language(Guide.en)).phrases == [.sessionLanguage])
        #expect(play.session.language(of: Speaker.eve.identity) == Guide.en)
        #expect(play.tell(.eve, .language(Guide.en)).phrases == [.forMembers])
        #expect(play.tell(.anna, .language(Language(rawValue: "fr"))).phrases == [.languages])
    }

    @Test("A late-comer is told the present question itself")
    func welcomeShowsTheQuestion() {
        var play = Play.begun()
        let line = play.take(.joined(.ceyda)).line(.explanation)
        #expect(line?.values[.text] == .localized(Guide.questions[0].prompt))
    }

    @Test("A long answer to one person leaves a line in the room", arguments: [Command.help(.moment), .status])
    func answersPrivately(_ command: Command) {
        var play = Play.begun()
        let decision = play.tell(.bernd, command)
        #expect(decision.outputs.map(\.audience) == [.askerApart, .asker])
        #expect(decision.phrases.last == .answeredPrivately)
        #expect(play.tell(.bernd, command, .private).outputs.count == 1)
        #expect(play.tell(.anna, .status).outputs.map(\.audience) == [.asker])
    }

    @Test("Who facilitated over a connection that is gone is told so when she comes, and when she tries to lead")
    func facilitationGone() {
        let before = Speaker(identity: Identity(rawValue: "local/connection/1"), name: "bernd")
        let after = Speaker(identity: Identity(rawValue: "local/connection/2"), name: "Bernd")
        var play = Play.begun()
        play.tell(before, .here(name: nil, organisation: nil))
        play.tell(.anna, .addFacilitator("bernd"))
        play.take(.left(before.identity))
        let welcomed = play.take(.joined(after))
        #expect(welcomed.output(.facilitationIsGone)?.audience == .addressed(after.identity))
        let refused = play.tell(after, .next(confirmed: false))
        #expect(refused.phrases == [.facilitationIsGone] && refused.events.isEmpty)
        #expect(play.tell(.dirk, .next(confirmed: false)).phrases == [.forFacilitators])
        play.take(.left(Speaker.anna.identity))
        play.pass(.minute)
        var starter = after
        starter.appointment = .starter
        #expect(play.tell(starter, .next(confirmed: false)).phrases == [.facilitationToTakeOver])
    }

    @Test("Help in a pause says what can be done in a pause")
    func helpInPause() {
        var play = Play.begun()
        play.tell(.anna, .pause(until: nil))
        #expect(play.tell(.anna, .help(.moment)).phrases.prefix(2) == [.helpPaused, .helpPausedLead])
        #expect(play.tell(.bernd, .help(.moment)).phrases.prefix(2) == [.helpPaused, .helpLook])
    }
}
