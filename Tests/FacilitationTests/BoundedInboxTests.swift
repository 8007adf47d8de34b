import DialogEngine
import Synchronization
import Testing

@testable import Facilitation

@Suite("The inbox of all adapters")
struct BoundedInboxTests {
    /// A line of anna's, in a room or privately.
    private static func line(_ room: String?) -> IncomingMessage {
        let place: IncomingMessage.Place =
            room.map { .room(Room(adapter: "test", name: $0)) } ?? .privately(adapter: "test")
        let anna = Sender(identity: Identity(rawValue: "test/anna"), name: "anna")
        return IncomingMessage(place: place, sender: anna, text: "hallo", at: Stage.evening)
    }

    @Test("a line is measured from its coming until it is dealt with, by its place, and what is refused is not counted")
    func measures() {
        let start = ContinuousClock.now
        let passed = Mutex(Duration.zero)
        let inbox = BoundedInbox(capacity: 4, capacityPerPlace: 2, now: { start + passed.withLock { $0 } })
        let pass = { (duration: Duration) in passed.withLock { $0 += duration } }
        #expect(inbox.deliver(.message(Self.line("#a"))))
        pass(.milliseconds(250))
        #expect(inbox.deliver(.message(Self.line("#a"))))
        #expect(!inbox.deliver(.message(Self.line("#a"))))
        #expect(inbox.deliver(.message(Self.line(nil))))
        #expect(inbox.waitingCount == 3)
        inbox.dealtWith(Self.line("#a"))
        pass(.milliseconds(250))
        inbox.dealtWith(Self.line("#a"))
        inbox.dealtWith(Self.line(nil))
        // Nothing waits there any more.
        inbox.dealtWith(Self.line("#a"))
        #expect(inbox.takenCount == 3 && inbox.waitingCount == 0)
        #expect(inbox.durations.count == 3)
        #expect(inbox.durations.sum == 0.75)
        #expect(inbox.deliver(.message(Self.line("#b"))))
        #expect(!inbox.deliver(.message(Self.line("#c"))), "the inbox is full")
        #expect(inbox.takenCount == 4 && inbox.waitingCount == 1)
    }
}
