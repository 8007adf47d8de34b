import FoundationEssentials
import Testing

@testable import DialogEngine

@Suite("Names")
struct NamesTests {
    private static let away = Speaker(identity: Identity(rawValue: "local/connection/1"), name: "clara")
    private static let again = Speaker(identity: Identity(rawValue: "local/connection/2"), name: "clara")

    /// Anna has introduced herself; bernd and a Clara without an account have spoken.
    private func play() -> Play {
        var play = Play.begun()
        play.tell(.anna, .here(name: "Anna Berg", organisation: "Bauamt"))
        play.tell(.bernd, .contribute("Bäume", question: nil))
        play.tell(Self.away, .here(name: "Clara Ost", organisation: nil))
        return play
    }

    @Test(
        "Nobody introduces herself by a name that somebody else has, chosen or from her network, or by one that looks like it",
        arguments: [
            "Anna Berg", "anna berg", "ANNA  BERG", "Anna-Berg", "anna", "\u{410}nn\u{430} Berg", "Ann\u{200B}a Berg",
            "clara", "Clara Ost",
        ])
    func taken(name: String) {
        var play = play()
        let decision = play.tell(.bernd, .here(name: name, organisation: "Bauamt"))
        #expect(decision.isRefusal && decision.phrases == [.nameTaken])
        #expect(play.session.people[1].name == "bernd")
    }

    @Test("Her own name is hers, also over another connection of the same account; a part of another's is anybody's")
    func free() {
        var play = play()
        #expect(play.tell(.anna, .here(name: "Anna Berg", organisation: nil)).phrases == [.introduced])
        #expect(play.tell(.bernd, .here(name: "Bernd Berg", organisation: nil)).phrases == [.introduced])
        #expect(play.tell(.bernd, .here(name: "bernd", organisation: nil)).phrases == [.introduced])
    }

    @Test("Under the name of a connection that is gone somebody gets her number, and is told so")
    func numbered() {
        var play = play()
        play.take(.left(Self.away.identity))
        let spoken = play.tell(Self.again, .contribute("Regen", question: nil))
        #expect(spoken.output(.nameNumbered)?.audience == .addressed(Self.again.identity))
        #expect(play.session.people[3].name == "clara (4)" && play.session.people[3].handle == "clara")
        #expect(
            play.tell(Self.again, .here(name: "Clara Ost", organisation: nil)).phrases == [.introduced, .nameNumbered])
        #expect(play.session.people[3].name == "Clara Ost (4)")
        #expect(Set(play.session.people.map(\.name)).count == 4)
    }

    @Test("A network that shows another's name makes nobody another")
    func shown() {
        var play = play()
        let other = Speaker(identity: Identity(rawValue: "town/account/U7"), name: "Anna Berg")
        play.tell(other, .propose("Regenwasser fehlt", from: []))
        #expect(play.session.people.last?.name == "Anna Berg (4)")
        #expect(play.tell(.ceyda, .assign(to: "Anna Berg", "Fragen", due: nil)).phrases == [.severalPeople])
        #expect(play.tell(.ceyda, .assign(to: "4", "Fragen", due: nil)).phrases == [.actionAssigned])
        #expect(play.tell(.anna, .agree(nil)).line(.agreed)?.values[.names] == .list([.text("Anna Berg (4)")]))
    }

    @Test("Whoever changes her nick to another's is told apart, and has her own name again when she changes it back")
    func renamed() {
        var play = play()
        play.take(.renamed(Speaker.bernd.identity, to: "anna"))
        #expect(play.session.people[1].name == "anna (2)")
        play.take(.renamed(Speaker.bernd.identity, to: "bernd"))
        #expect(play.session.people[1].name == "bernd")
        play.tell(.bernd, .here(name: "Bernd Maier", organisation: nil))
        play.take(.renamed(Speaker.bernd.identity, to: "anna"))
        #expect(play.session.people[1].name == "Bernd Maier")
    }

    @Test("Who proves the account of the name that she was numbered under has it without a number")
    func proved() {
        var play = Play.begun()
        let account = Speaker(identity: Identity(rawValue: "local/account/clara"), name: "clara")
        play.tell(account, .contribute("Bäume", question: nil))
        play.tell(Self.again, .contribute("Regen", question: nil))
        #expect(play.session.people[2].name == "clara (3)")
        play.take(.identified(Self.again.identity, as: account.identity))
        #expect(play.session.people.map(\.name) == ["anna", "clara", "clara"])
    }

    @Test("Copying a sheet of somebody who is here is the facilitators'")
    func paper() {
        var play = play()
        #expect(play.tell(.bernd, .paper(.begin(writer: "Anna Berg")), .private).phrases == [.paperOfSomebodyHere])
        #expect(play.session.typists.isEmpty)
        #expect(play.tell(.bernd, .paper(.begin(writer: "Bernd")), .private).phrases == [.paperBegan, .paperOf])
        #expect(play.tell(.bernd, .paper(.begin(writer: "Tisch 3")), .private).phrases == [.paperOf])
        #expect(play.tell(.anna, .paper(.begin(writer: "Clara Ost")), .private).phrases == [.paperBegan, .paperOf])
    }

    @Test("A facilitator whose connection breaks has a minute to come back before anybody else leads")
    func grace() {
        var play = Play.begun()
        var stranger = Speaker(identity: Identity(rawValue: "local/connection/9"), name: "anna")
        stranger.appointment = .starter
        play.take(.left(Speaker.anna.identity))
        play.pass(0.5)
        for command in [Command.start(name: nil), .next(confirmed: true), .end(confirmed: true)] {
            let decision = play.tell(stranger, command)
            #expect(decision.isRefusal && decision.phrases == [.facilitationRestsAMinute])
        }
        play.pass(59)
        #expect(play.tell(stranger, .start(name: nil)).phrases == [.facilitationRestsAMinute])
        play.pass(0.5)
        #expect(play.tell(stranger, .start(name: nil)).phrases.prefix(2) == [.nameNumbered, .facilitatorAdded])
    }

    @Test("Who comes back within the minute leads on")
    func comesBack() {
        var play = Play.begun()
        play.take(.left(Speaker.anna.identity))
        play.pass(0.5)
        play.take(.joined(.anna))
        play.pass(.hour)
        var bernd = Speaker.bernd
        bernd.appointment = .starter
        #expect(play.tell(bernd, .start(name: nil)).phrases == [.forFacilitators])
        #expect(play.tell(.anna, .next(confirmed: true)).events.count == 1)
    }
}
