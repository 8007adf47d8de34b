import Synchronization

/// What waits for one group: takes so many deliveries and no more, and hands over all that is there at once.
final class Mailbox: Sendable {
    /// How many deliveries are handed over at a time, so that the first of them is not answered too late.
    private static let handful = 64

    private let capacity: Int
    private let waiting = Mutex<[GroupConversation.Delivery]>([])
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
        let hasRoom = waiting.withLock { waiting in
            guard waiting.count < capacity || isAnswer else { return false }
            waiting.append(delivery)
            return true
        }
        wake.yield()
        return hasRoom
    }

    /// Takes nothing more; what waits is still handed over.
    func close() {
        wake.finish()
    }

    /// What waits, in sequence, as soon as there is something; nil when the mailbox is closed and empty.
    func next() async -> [GroupConversation.Delivery]? {
        var signals = signal.makeAsyncIterator()
        while true {
            if let some = takeSome() { return some }
            guard await signals.next(isolation: #isolation) != nil else { return takeSome() }
        }
    }

    func takeSome() -> [GroupConversation.Delivery]? {
        waiting.withLock { waiting in
            guard !waiting.isEmpty else { return nil }
            let some = Array(waiting.prefix(Self.handful))
            waiting.removeFirst(some.count)
            return some
        }
    }
}
