import DialogEngine
public import FoundationEssentials
import Synchronization

/// The one inbox of all adapters: takes so many lines and no more, and keeps them in sequence.
///
/// A line counts until its group has dealt with it, not only until it was handed to the group: so a pipe or a busy room
/// learns at once that a line is too many, while it still has it.
public final class BoundedInbox: Inbox {
    enum Item: Sendable {
        case incoming(Incoming)
        case tick(Date)
    }

    let items: AsyncStream<Item>
    private let continuation: AsyncStream<Item>.Continuation
    private let capacityPerPlace: Int
    /// How many lines of each room, and of each person privately, are not dealt with yet.
    private let underWay = Mutex<[Lane: Int]>([:])
    private let taken = Mutex(0)

    /// - Parameters:
    ///   - capacity: the number of lines that may wait; what comes on top is refused.
    ///   - capacityPerPlace: the same for one room, or for all private lines of one adapter, so that a busy one leaves
    ///     room for the others.
    public init(capacity: Int = 4096, capacityPerPlace: Int = 256) {
        (items, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(capacity))
        self.capacityPerPlace = capacityPerPlace
    }

    @discardableResult
    public func deliver(_ incoming: Incoming) -> Bool {
        guard case .message(let message) = incoming else { return put(incoming) }
        let mayCome = underWay.withLock { underWay in
            guard underWay[Lane(message), default: 0] < capacityPerPlace else { return false }
            underWay[Lane(message), default: 0] += 1
            return true
        }
        guard mayCome else { return false }
        guard put(incoming) else {
            dealtWith(message)
            return false
        }
        taken.withLock { $0 += 1 }
        return true
    }

    /// How many lines are not dealt with yet.
    package var waitingCount: Int { underWay.withLock { $0.values.reduce(0, +) } }

    /// How many lines were taken since the start.
    package var takenCount: Int { taken.withLock { $0 } }

    private func put(_ incoming: Incoming) -> Bool {
        if case .enqueued = continuation.yield(.incoming(incoming)) { true } else { false }
    }

    /// Makes room for another line of the same place.
    func dealtWith(_ message: IncomingMessage) {
        underWay.withLock { underWay in
            guard let count = underWay[Lane(message)] else { return }
            underWay[Lane(message)] = count > 1 ? count - 1 : nil
        }
    }

    /// Tells the time, so that reminders and limits come due; once a second is often enough. Lost while the inbox is full.
    public func tick(at now: Date) {
        continuation.yield(.tick(now))
    }

    /// Takes nothing more; what is in is still dealt with.
    public func finish() {
        continuation.finish()
    }
}

/// What lines are counted by: the room, or the person who writes privately.
private struct Lane: Hashable {
    let place: IncomingMessage.Place
    let sender: Identity?

    init(_ message: IncomingMessage) {
        place = message.place
        if case .privately = message.place { sender = message.sender.identity } else { sender = nil }
    }
}
