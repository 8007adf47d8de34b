package import DialogEngine
package import Facilitation
package import FoundationEssentials
import Synchronization

/// A store in front of another one, to which something happens when it is told to.
///
/// A ``StoreError/failed(reason:)`` stays, as it does in every store; anything else is for the changes it is told for.
package final class FailingStore: SessionStore {
    /// What happens to a change.
    package enum Fault: Sendable {
        case refused(StoreError)
        /// The store fails for good, and the change is found to be kept at the next start, as after a failed sync.
        case keptButFailed(StoreError)
        /// Another writer stores something before.
        case overtaken(by: @Sendable (any SessionStore) async -> Void)
    }

    private struct Plan {
        /// What happens to the next changes, in this sequence; nil lets one through.
        var next: [Fault?] = []
        var end: StoreError?
        var refused = 0
        var loads = 0
        var damaged: Set<Session.ID> = []
    }

    private let store: any SessionStore
    private let plan = Mutex(Plan())

    package init(_ store: any SessionStore = MemorySessionStore()) {
        self.store = store
    }

    /// Refuses the next changes with `errors`, one each; nil lets one through.
    package func refuse(_ errors: StoreError?...) {
        expect(errors.map { $0.map(Fault.refused) })
    }

    /// Lets `faults` happen to the next changes, one each; nil lets one through.
    package func expect(_ faults: [Fault?]) {
        plan.withLock { $0.next += faults }
    }

    /// Makes a session one that cannot be read.
    package func damage(_ id: Session.ID) {
        plan.withLock { _ = $0.damaged.insert(id) }
    }

    /// How many changes were refused so far.
    package var refused: Int { plan.withLock(\.refused) }

    /// How often a session was loaded.
    package var loads: Int { plan.withLock(\.loads) }

    package func append(_ change: Change) async throws(StoreError) -> OutboxEntry.ID? {
        switch nextFault() {
        case .refused(let error):
            throw error
        case .keptButFailed(let error):
            _ = try? await store.append(change)
            throw error
        case .overtaken(let rival):
            await rival(store)
            fallthrough
        case nil:
            return try await store.append(change)
        }
    }

    private func nextFault() -> Fault? {
        plan.withLock { plan in
            let planned = plan.next.isEmpty ? nil : plan.next.removeFirst()
            let fault = plan.end.map(Fault.refused) ?? planned
            switch fault {
            case .refused(let error), .keptButFailed(let error):
                plan.refused += 1
                switch error {
                case .failed: plan.end = error
                case .unsure(let reason): plan.end = .failed(reason: reason)
                default: break
                }
            case .overtaken, nil:
                break
            }
            return fault
        }
    }

    private func working() throws(StoreError) -> any SessionStore {
        if let end = plan.withLock(\.end) { throw end }
        return store
    }

    package func load(_ id: Session.ID) async throws(StoreError) -> Session? {
        let store = try working()
        plan.withLock { $0.loads += 1 }
        if plan.withLock({ $0.damaged.contains(id) }) { throw .corrupt(reason: "session \(id)") }
        return try await store.load(id)
    }

    package func events(of id: Session.ID) async throws(StoreError) -> [Event] {
        try await working().events(of: id)
    }

    package func messages(of id: Session.ID) async throws(StoreError) -> [Change.Message] {
        try await working().messages(of: id)
    }

    package func running(in group: String) async throws(StoreError) -> Session.ID? {
        try await working().running(in: group)
    }

    package func latest(in group: String) async throws(StoreError) -> Session.ID? {
        try await working().latest(in: group)
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

    package func concernsDue(at moment: Date) async throws(StoreError) -> [SessionSummary] {
        try await working().concernsDue(at: moment)
    }

    package func settleConcerns(of ids: [Session.ID]) async throws(StoreError) {
        try await working().settleConcerns(of: ids)
    }
}
