package import Facilitation
import Synchronization

/// How many deliveries there were, and how long they took.
package final class DeliveryCounts: Sendable {
    package struct Snapshot: Hashable, Sendable {
        /// By what came of them: `delivered`, `again`, `dead`, `off`.
        package var attempts: [String: Int] = [:]
        /// How long attempts took.
        package var durations = Histogram()
        package var underWay = 0
    }

    private let counts = Mutex(Snapshot())

    package init() {}

    package var now: Snapshot { counts.withLock { $0 } }

    func count(_ outcome: String, seconds: Double) {
        counts.withLock {
            $0.attempts[outcome, default: 0] += 1
            $0.durations.note(seconds)
        }
    }

    func set(underWay: Int) {
        counts.withLock { $0.underWay = underWay }
    }
}
