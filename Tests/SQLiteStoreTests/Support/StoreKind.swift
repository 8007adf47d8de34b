import Facilitation
import SQLiteStore

/// The stores that keep the contract; a new one is added here.
enum StoreKind: String, CaseIterable, Sendable {
    case memory, sqlite

    func make(in folder: TemporaryFolder) throws -> any SessionStore & DeliveryStore {
        switch self {
        case .memory: MemorySessionStore()
        case .sqlite: try folder.store()
        }
    }
}

extension SessionStore {
    /// Stores `changes` one after the other and gives the outbox entries.
    @discardableResult
    func append(_ changes: [Change]) async throws -> [OutboxEntry.ID] {
        var entries: [OutboxEntry.ID] = []
        for change in changes {
            if let entry = try await append(change) { entries.append(entry) }
        }
        return entries
    }
}
