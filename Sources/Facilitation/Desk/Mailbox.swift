import Synchronization

/// What waits for one group: takes so many deliveries and no more, and hands over all that is there at once.
final class Mailbox: Sendable {
    /// How many deliveries are handed over at a time, so that the first of them is not answered too late.
    private static let handful = 64

    private struct State {
        var waiting = WaitingRow<GroupConversation.Delivery>()
        var isStopped = false
    }

    private let capacity: Int
    private let state = Mutex(State())
    private let signal: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    init(capacity: Int) {
        self.capacity = capacity
        (signal, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Returns false when there is no room: the delivery is *not* taken.
    ///
    /// What comes back from other groups always has room: there is no more of it than they had room for on its way out.
    @discardableResult
    func put(_ delivery: GroupConversation.Delivery) -> Bool {
        let isAnswer = if case .answered = delivery { true } else { false }
        let hasRoom = state.withLock { state in
            guard state.waiting.count < capacity || isAnswer else { return false }
            state.waiting.append(delivery)
            return true
        }
        wake.yield()
        return hasRoom
    }

    /// Takes nothing more; what waits is still handed over.
    func close() {
        wake.finish()
    }

    /// Takes nothing more, and what waits is not to be begun.
    func stop() {
        state.withLock { $0.isStopped = true }
        close()
    }

    /// Whether the line after the present one is to be refused.
    var isStopped: Bool { state.withLock(\.isStopped) }

    /// What waits, in sequence, as soon as there is something; nil when the mailbox is closed and empty.
    func next() async -> [GroupConversation.Delivery]? {
        var signals = signal.makeAsyncIterator()
        while true {
            if let some = takeSome() { return some }
            guard await signals.next(isolation: #isolation) != nil else { return takeSome() }
        }
    }

    func takeSome() -> [GroupConversation.Delivery]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else { return nil }
            return state.waiting.take(Self.handful)
        }
    }
}
