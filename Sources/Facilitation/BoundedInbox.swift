public import FoundationEssentials

/// The one inbox of all adapters: takes so many lines and no more, and keeps them in sequence.
public final class BoundedInbox: Inbox {
    enum Item: Sendable {
        case incoming(Incoming)
        case tick(Date)
    }

    let items: AsyncStream<Item>
    private let continuation: AsyncStream<Item>.Continuation

    /// - Parameter capacity: the number of lines that may wait; what comes on top is refused.
    public init(capacity: Int = 4096) {
        (items, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(capacity))
    }

    @discardableResult
    public func deliver(_ incoming: Incoming) -> Bool {
        if case .enqueued = continuation.yield(.incoming(incoming)) { true } else { false }
    }

    /// Tells the time, so that reminders and limits come due; once a second is often enough.
    public func tick(at now: Date) {
        continuation.yield(.tick(now))
    }

    /// Takes nothing more; what is in is still dealt with.
    public func finish() {
        continuation.finish()
    }
}
