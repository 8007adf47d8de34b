import DialogEngine
import Synchronization

/// Says what a group is to hear, in sequence and at the pace of its adapters.
///
/// While an adapter holds a line back, acknowledgements gather here and are then said as one: `B3, B4, B5 notiert.`
final class Announcer: Sendable {
    /// What is to be said at one place.
    struct Announcement: Sendable {
        enum Content: Sendable {
            case text(String)
            /// What the room is at, as its standing title.
            case topic(String)
            /// An acknowledgement that can be collected with its neighbours: the id, and the words for several.
            case noted(RecordID, String, several: @Sendable ([RecordID]) -> String)
            /// Everything that answers the message with this id stands before this.
            case end(of: String)
        }

        var destination: Destination
        var manner: OutgoingMessage.Manner
        var content: Content
        var inReplyTo: String?
        /// The entry of the outbox that is done with after this.
        var completes: OutboxEntry.ID?
    }

    /// How many announcements may wait; the oldest goes when there are more.
    private static let capacity = 4096

    private let waiting = Mutex<[Announcement]>([])
    private let signal: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation
    private let adapters: [String: any ChatAdapter]
    private let spoken: @Sendable ([OutboxEntry.ID]) async -> Void

    /// - Parameter spoken: told which entries of the outbox have been said.
    init(adapters: [String: any ChatAdapter], spoken: @escaping @Sendable ([OutboxEntry.ID]) async -> Void) {
        self.adapters = adapters
        self.spoken = spoken
        (signal, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func announce(_ announcements: [Announcement]) {
        guard !announcements.isEmpty else { return }
        waiting.withLock {
            $0 += announcements
            if $0.count > Self.capacity { $0.removeFirst($0.count - Self.capacity) }
        }
        wake.yield()
    }

    /// Says what still waits, then ends ``run()``.
    func finish() {
        wake.finish()
    }

    func run() async {
        for await _ in signal { await sayAll() }
        await sayAll()
    }

    /// Says all that waits.
    func sayAll() async {
        while let next = takeNext() {
            var isSaid = true
            if let ended = next.ended {
                adapters[next.destination.adapter]?.dealtWith(ended)
            } else if next.isTopic, case .room(let room) = next.destination {
                await adapters[room.adapter]?.setTopic(next.text, of: room)
            } else {
                let message = OutgoingMessage(
                    next.text, manner: next.manner, inReplyTo: next.inReplyTo, mark: next.mark)
                isSaid = await adapters[next.destination.adapter]?.send(message, to: next.destination) ?? true
            }
            if isSaid, !next.completes.isEmpty { await spoken(next.completes) }
        }
    }

    private struct Next {
        var text: String
        var isTopic = false
        /// The message that is answered with this.
        var ended: String?
        var manner: OutgoingMessage.Manner
        var destination: Destination
        var inReplyTo: String?
        /// The id of the only record that is acknowledged.
        var mark: String?
        var completes: [OutboxEntry.ID]
    }

    /// The next announcement, with the acknowledgements right behind it that go to the same place.
    private func takeNext() -> Next? {
        waiting.withLock { waiting in
            guard let first = waiting.first else { return nil }
            var next = Next(
                text: "", manner: first.manner, destination: first.destination, inReplyTo: first.inReplyTo,
                completes: first.completes.map { [$0] } ?? [])
            guard case .noted(let id, let text, let several) = first.content else {
                switch first.content {
                case .text(let text): next.text = text
                case .topic(let text): (next.text, next.isTopic) = (text, true)
                case .end(let id): next.ended = id
                case .noted: break
                }
                waiting.removeFirst()
                return next
            }
            var ids = [id]
            var taken = 1
            while taken < waiting.count, waiting[taken].destination == first.destination,
                case .noted(let id, _, _) = waiting[taken].content
            {
                ids.append(id)
                if let entry = waiting[taken].completes { next.completes.append(entry) }
                taken += 1
            }
            waiting.removeFirst(taken)
            next.text = ids.count == 1 ? text : several(ids)
            if ids.count > 1 { next.inReplyTo = nil } else { next.mark = id.description }
            return next
        }
    }
}

extension Destination {
    var adapter: String {
        switch self {
        case .room(let room): room.adapter
        case .person(_, let adapter): adapter
        }
    }
}
