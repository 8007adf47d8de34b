import FoundationEssentials
import Synchronization

/// When each group next has something to do by itself.
final class Alarms: Sendable {
    private let moments = Mutex<[String: Date]>([:])

    func set(_ moment: Date?, for group: String) {
        moments.withLock { $0[group] = moment }
    }

    /// The groups whose moment has come; each is named once until it sets a new one.
    func due(at now: Date) -> [String] {
        moments.withLock { moments in
            let due = moments.filter { $0.value <= now }.map(\.key)
            for group in due { moments[group] = nil }
            return due
        }
    }
}
