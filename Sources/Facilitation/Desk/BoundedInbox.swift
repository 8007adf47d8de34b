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
        case errand(Errand)
        case configured([Group], at: Date)
    }

    let items: AsyncStream<Item>
    private let continuation: AsyncStream<Item>.Continuation
    private let capacityPerPlace: Int
    private let now: @Sendable () -> ContinuousClock.Instant
    private let counts = Mutex(Counts())

    private struct Counts {
        /// When each line of a room, or of a person privately, came that is not dealt with yet.
        var underWay: [Lane: WaitingRow<ContinuousClock.Instant>] = [:]
        var taken = 0
        var isStopped = false
        var durations = Histogram()
    }

    /// - Parameters:
    ///   - capacity: the number of lines that may wait; what comes on top is refused.
    ///   - capacityPerPlace: the same for one room, or for all private lines of one adapter, so that a busy one leaves
    ///     room for the others.
    ///   - now: measures how long lines take.
    public init(
        capacity: Int = 4096, capacityPerPlace: Int = 256,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        (items, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(capacity))
        self.capacityPerPlace = capacityPerPlace
        self.now = now
    }

    @discardableResult
    public func deliver(_ incoming: Incoming) -> Bool {
        guard case .message(let message) = incoming else { return !isStopped && put(incoming) }
        let (lane, begin) = (Lane(message), now())
        // Within the lock, so that a line cannot be dealt with before it counts.
        return counts.withLock { counts in
            guard !counts.isStopped, counts.underWay[lane]?.count ?? 0 < capacityPerPlace, put(incoming) else {
                return false
            }
            counts.underWay[lane, default: WaitingRow()].append(begin)
            counts.taken += 1
            return true
        }
    }

    /// How many lines are not dealt with yet.
    package var waitingCount: Int { counts.withLock { $0.underWay.values.reduce(0) { $0 + $1.count } } }

    /// For how many seconds the oldest line of each room has not been dealt with; rooms where none waits are left out.
    package var oldest: [Room: Double] {
        let end = now()
        return counts.withLock { counts in
            var oldest: [Room: Double] = [:]
            for (lane, begins) in counts.underWay {
                guard case .room(let room) = lane.place, let begin = begins.first else { continue }
                oldest[room] = (end - begin) / .seconds(1)
            }
            return oldest
        }
    }

    /// How many lines were taken since the start.
    package var takenCount: Int { counts.withLock(\.taken) }

    /// How long it took until what came of a line was stored, or it was clear that nothing does.
    package var durations: Histogram { counts.withLock(\.durations) }

    private func put(_ incoming: Incoming) -> Bool {
        if case .enqueued = continuation.yield(.incoming(incoming)) { true } else { false }
    }

    /// Makes room for another line of the same place.
    func dealtWith(_ message: IncomingMessage) {
        let (lane, end) = (Lane(message), now())
        counts.withLock { counts in
            // Lines of one place are dealt with in the sequence in which they came.
            guard let begin = counts.underWay[lane]?.take(1).first else { return }
            if counts.underWay[lane]?.isEmpty ?? false { counts.underWay[lane] = nil }
            counts.durations.note((end - begin) / .seconds(1))
        }
    }

    /// Tells the time, so that reminders and limits come due; once a second is often enough. Lost while the inbox is full.
    public func tick(at now: Date) {
        continuation.yield(.tick(now))
    }

    /// Hands on how groups are configured now; false where there is no room for it.
    func configure(_ groups: [Group], at now: Date) -> Bool {
        if case .enqueued = continuation.yield(.configured(groups, at: now)) { true } else { false }
    }

    /// Hands on what the operator wants; where there is no room for it, it is answered so.
    func hand(_ errand: Errand) {
        if case .enqueued = continuation.yield(.errand(errand)) { return }
        errand.finish(.failure(StoreError.busy))
    }

    /// Takes nothing more; what is in is still dealt with.
    public func finish() {
        continuation.finish()
    }

    /// Takes nothing more, and what is in and not begun is refused: Lotse is to end now.
    public func stop() {
        counts.withLock { $0.isStopped = true }
        continuation.finish()
    }

    /// Whether a signal ended it.
    package var isStopped: Bool { counts.withLock(\.isStopped) }
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
