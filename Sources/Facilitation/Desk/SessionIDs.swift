import DialogEngine
import Synchronization

/// The ids that groups want to begin sessions under: several that begin at once, by one name, do not get the same.
final class SessionIDs: Sendable {
    private let takers = Mutex<[Session.ID: String]>([:])

    /// Whether `group` may have the id; no other group may from then on.
    func take(_ id: Session.ID, for group: String) -> Bool {
        takers.withLock { takers in
            let taker = takers[id] ?? group
            takers[id] = taker
            return taker == group
        }
    }
}
