import Synchronization

/// Since when each group has been at the line that it deals with; a group that waits is not among them.
package final class BusyGroups: Sendable {
    private let moments = Mutex<[String: ContinuousClock.Instant]>([:])
    private let clock: @Sendable () -> ContinuousClock.Instant

    package init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        clock = now
    }

    /// The groups, by name.
    package var now: [String: ContinuousClock.Instant] { moments.withLock(\.self) }

    /// The group goes on with another line.
    func begin(_ group: String) {
        let now = clock()
        moments.withLock { $0[group] = now }
    }

    /// The group waits.
    func end(_ group: String) {
        moments.withLock { _ = $0.removeValue(forKey: group) }
    }
}
