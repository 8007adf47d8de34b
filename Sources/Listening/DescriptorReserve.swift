public import Logging
import Synchronization

/// File descriptors that are left for everything but connections from outside: the store, exports, answers that go out.
///
/// All that accept connections share one; ``AcceptGuard`` asks it before each.
public final class DescriptorReserve: Sendable {
    private struct State {
        /// How often nobody was accepted for want of descriptors.
        var pauses = 0
        var isShort = false
        var loggedAt: ContinuousClock.Instant?
    }

    /// How many are left. With a small limit a quarter of it.
    private var size: Int { min(64, FileDescriptorLimit.current / 4) }
    private let isNearlyReached: @Sendable (Int) -> Bool
    private let logger: Logger
    private let state = Mutex(State())

    public convenience init(logger: Logger) {
        self.init(logger: logger, isNearlyReached: FileDescriptorLimit.isNearlyReached)
    }

    /// - Parameter isNearlyReached: whether fewer than so many descriptors are left.
    package init(logger: Logger, isNearlyReached: @escaping @Sendable (_ reserve: Int) -> Bool) {
        self.isNearlyReached = isNearlyReached
        self.logger = logger
    }

    /// Whether nobody can be accepted at present.
    package var isShort: Bool { state.withLock { $0.isShort } }

    /// Whether it is time that whoever has said nothing yet makes room, before nobody can be accepted.
    package var isGettingShort: Bool { isNearlyReached(size * 3 / 2) }

    /// How often nobody was accepted for want of descriptors.
    package var pauses: Int { state.withLock { $0.pauses } }

    /// How many connections there may be at most, if nothing else needs descriptors.
    package var connections: Int { max(FileDescriptorLimit.current - size, 16) }

    /// Whether one more connection may be accepted.
    ///
    /// - Parameter isMonitoring: whether it is one over which the operator can see what is the matter; it may take of what
    ///   is left for everything else.
    package func allowsOne(isMonitoring: Bool = false, at now: ContinuousClock.Instant = .now) -> Bool {
        guard !isMonitoring else { return !isNearlyReached(size / 2) }
        guard isNearlyReached(size) else {
            state.withLock { $0.isShort = false }
            return true
        }
        ranOut(at: now)
        return false
    }

    /// Says so in the log, at most once a minute.
    func ranOut(at now: ContinuousClock.Instant = .now) {
        let mayLog = state.withLock { state in
            state.pauses += 1
            state.isShort = true
            if let last = state.loggedAt, now - last < .seconds(60) { return false }
            state.loggedAt = now
            return true
        }
        guard mayLog else { return }
        logger.warning(
            "no new connections are accepted: too many files and sockets are open; raise LimitNOFILE, or see who connects",
            metadata: ["limit": "\(FileDescriptorLimit.current)"])
    }
}
