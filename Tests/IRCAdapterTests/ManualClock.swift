import Synchronization

/// A clock on which no time passes until somebody sleeps: then it jumps to the end of the sleep at once, if that is
/// at most ``patience`` away; longer sleeps last until they are cancelled.
///
/// So reconnecting takes no wall time, and nothing that guards against silence ever goes off.
final class ManualClock: Clock {
    struct Instant: InstantProtocol {
        let offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (lhs: Instant, rhs: Instant) -> Bool { lhs.offset < rhs.offset }
    }

    private let offset = Mutex(Duration.zero)
    private let isHeld = Mutex(false)
    private let patience: Duration

    init(patience: Duration = .milliseconds(4900)) {
        self.patience = patience
    }

    var now: Instant { Instant(offset: offset.withLock { $0 }) }
    /// While the clock is held nobody wakes up.
    func hold(_ isHeld: Bool) { self.isHeld.withLock { $0 = isHeld } }

    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        guard deadline.offset - now.offset <= patience else {
            // Ends by cancellation only.
            let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
            defer { continuation.finish() }
            for await _ in stream {}
            throw CancellationError()
        }
        repeat {
            await Task.yield()
            try Task.checkCancellation()
        } while isHeld.withLock { $0 }
        offset.withLock { $0 = max($0, deadline.offset) }
    }
}
