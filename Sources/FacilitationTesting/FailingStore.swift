package import DialogEngine
package import Facilitation
package import FoundationEssentials
import Synchronization

/// A store in front of another one, which refuses changes when it is told to.
///
/// A ``StoreError/failed(reason:)`` stays, as it does in every store; any other error is for the changes it is told for.
package final class FailingStore: SessionStore {
    private struct Plan {
        /// What the next changes are refused with, in this sequence; nil lets one through.
        var next: [StoreError?] = []
        var end: StoreError?
        var refused = 0
    }

    private let store: any SessionStore
    private let plan = Mutex(Plan())

    package init(_ store: any SessionStore = MemorySessionStore()) {
        self.store = store
    }

    /// Refuses the next changes with `errors`, one each, letting one through for each nil.
    package func refuse(_ errors: StoreError?...) {
        plan.withLock { $0.next += errors }
    }

    /// How many changes were refused so far.
    package var refused: Int { plan.withLock(\.refused) }

    package func append(_ change: Change) async throws(StoreError) -> OutboxEntry.ID? {
        let refusal: StoreError? = plan.withLock { plan in
            let planned = plan.next.isEmpty ? nil : plan.next.removeFirst()
            if plan.end == nil, case .failed = planned { plan.end = planned }
            let refusal = plan.end ?? planned
            if refusal != nil { plan.refused += 1 }
            return refusal
        }
        if let refusal { throw refusal }
        return try await store.append(change)
    }

    private func working() throws(StoreError) -> any SessionStore {
        if let end = plan.withLock(\.end) { throw end }
        return store
    }

    package func load(_ id: Session.ID) async throws(StoreError) -> Session? {
        try await working().load(id)
    }

    package func events(of id: Session.ID) async throws(StoreError) -> [Event] {
        try await working().events(of: id)
    }

    package func running(in group: String) async throws(StoreError) -> Session.ID? {
        try await working().running(in: group)
    }

    package func runningSessions() async throws(StoreError) -> [SessionSummary] {
        try await working().runningSessions()
    }

    package func sessions() async throws(StoreError) -> [SessionSummary] {
        try await working().sessions()
    }

    package func unspoken() async throws(StoreError) -> [OutboxEntry] {
        try await working().unspoken()
    }

    package func markSpoken(_ ids: [OutboxEntry.ID]) async throws(StoreError) {
        try await working().markSpoken(ids)
    }

    package func erase(_ id: Session.ID) async throws(StoreError) {
        try await working().erase(id)
    }

    package func eraseExpired(at moment: Date) async throws(StoreError) -> [Session.ID] {
        try await working().eraseExpired(at: moment)
    }
}
