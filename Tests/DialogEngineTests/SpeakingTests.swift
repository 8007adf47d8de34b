import DialogEngine
import FoundationEssentials
import Testing

@Suite("Being ready, speaking, and being asked")
struct SpeakingTests {
    static let room: Set<Identity> = [Speaker.bernd.identity, Speaker.dirk.identity]

    @Test("The facilitator hears when everybody in the room is ready, whether she has said so herself or not")
    func everybodyReady() {
        var play = Play.begun()
        play.present = Self.room
        let first = play.tell(.bernd, .ready)
        #expect(first.phrases == [.readyNoted])
        #expect(first.line(.readyNoted)?.values[.total] == .count(2))
        #expect(first.outputs[0].audience == .addressed(Speaker.bernd.identity))
        let second = play.tell(.dirk, .ready)
        #expect(second.phrases == [.readyNoted, .everybodyReady])
        #expect(second.output(.everybodyReady)?.audience == .facilitators)
        #expect(play.tell(.dirk, .ready).phrases == [.readyNoted])
    }

    @Test("A facilitator who is ready is told privately who is not")
    func notReady() {
        var play = Play.begun()
        play.tell(.bernd, .contribute("Bäume", question: nil))
        play.present = Self.room
        let decision = play.tell(.anna, .ready)
        #expect(decision.line(.notReady)?.values[.people] == .list([.text("bernd"), .line(Line(.someone))]))
        #expect(decision.outputs.allSatisfy { $0.audience == .addressed(Speaker.anna.identity) })
    }

    @Test("Who is away is not waited for, and the next question begins anew")
    func readyAnew() {
        var play = Play.begun()
        play.present = Self.room
        play.tell(.dirk, .away)
        play.tell(.dirk, .contribute("Kanal", question: nil))
        play.tell(.dirk, .away)
        #expect(play.tell(.bernd, .ready).phrases == [.readyNoted, .everybodyReady])
        play.tell(.anna, .next(confirmed: true))
        #expect(play.session.ready.isEmpty)
        #expect(play.tell(.bernd, .ready).events.count == 1)
    }

    @Test("The queue keeps its sequence, nobody stands in it twice, and the first gets the floor")
    func queue() {
        var play = Play.begun()
        play.tell(.bernd, .queue(.join))
        play.tell(.dirk, .queue(.join))
        let again = play.tell(.bernd, .queue(.join))
        #expect(again.events.isEmpty)
        #expect(again.line(.queue)?.values[.names] == .list([.text("bernd"), .text("dirk")]))
        let floor = play.tell(.anna, .giveFloor(to: nil))
        #expect(floor.line(.floorGivenQueue)?.values == [.name: .text("bernd"), .names: .list([.text("dirk")])])
        #expect(play.tell(.dirk, .queue(.leave)).phrases == [.queueEmpty])
        #expect(play.tell(.anna, .giveFloor(to: nil)).phrases == [.queueEmpty])
        #expect(play.tell(.anna, .giveFloor(to: "zoe")).phrases == [.noSuchPerson])
        #expect(play.tell(.anna, .giveFloor(to: "dirk")).phrases == [.floorGiven])
    }

    @Test("Whoever goes leaves the queue; the others keep their places over questions")
    func leavesQueue() {
        var play = Play.begun()
        play.tell(.bernd, .queue(.join))
        play.tell(.dirk, .queue(.join))
        play.take(.left(Speaker.bernd.identity))
        play.tell(.anna, .next(confirmed: true))
        #expect(play.session.queue.map { play.session.people[$0 - 1].name } == ["dirk"])
    }

    @Test("Whoever asks privately to speak is asked to do so in the room")
    func queuePrivately() {
        var play = Play.begun()
        #expect(play.tell(.bernd, .queue(.join), .private).phrases == [.queueInRoom])
        #expect(play.session.queue.isEmpty)
    }

    @Test("Where that is wanted, the silent are asked privately, once a question, after five minutes")
    func nudge() {
        var play = Play.begun()
        play.present = Self.room.union([Speaker.ceyda.identity])
        #expect(play.session.nextDeadline == nil)
        play.tell(.anna, .nudge(true))
        play.tell(.bernd, .contribute("Bäume", question: nil))
        play.tell(.ceyda, .ready)
        #expect(play.wait(4 * .minute).outputs.isEmpty)
        let asked = play.wait(.minute)
        #expect(asked.phrases == [.nudge])
        #expect(asked.outputs.map(\.audience) == [.addressed(Speaker.dirk.identity)])
        #expect(play.wait(.hour).outputs.isEmpty)
        play.tell(.anna, .next(confirmed: true))
        #expect(play.wait(5 * .minute).phrases == [.nudge, .nudge, .nudge])
        play.tell(.anna, .nudge(false))
        play.tell(.anna, .next(confirmed: true))
        #expect(play.session.nextDeadline == nil)
    }

    @Test("A pause does not count as silence, and an agreed question asks nobody")
    func nudgeRests() {
        var play = Play.begun()
        play.present = Self.room
        play.tell(.anna, .nudge(true))
        play.tell(.anna, .pause(until: nil))
        #expect(play.wait(.hour).outputs.isEmpty)
        play.tell(.anna, .resume)
        #expect(play.wait(4 * .minute).outputs.isEmpty)
        play.tell(.anna, .propose("Regenwasser fehlt", from: []))
        play.tell(.anna, .agree(nil))
        #expect(play.wait(.minute).outputs.isEmpty)
    }
}
