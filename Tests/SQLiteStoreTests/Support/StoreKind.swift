import Facilitation
import SQLiteStore

/// The stores that keep the contract; a new one is added here.
enum StoreKind: String, CaseIterable, Sendable {
    case memory, sqlite

    /// A new store, and what has to live as long as it.
    func make() throws -> (store: any SessionStore, folder: TemporaryFolder) {
        let folder = try TemporaryFolder()
        switch self {
        case .memory: return (MemorySessionStore(), folder)
        case .sqlite: return (try folder.store(), folder)
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
