public import DialogEngine

/// Where the operator has something done to a session: in the conversation that leads it, or in the store alone where no
/// Lotse runs.
public protocol OperatorDesk: Sendable {
    /// Decides on a change to the session and stores it; does nothing where there is none to make.
    ///
    /// - Parameter decide: makes the change of the session as it is then, and of the name of its group; asked again where
    ///   another writer was faster. What it throws is thrown here.
    func change(
        _ session: Session.ID, _ decide: @escaping @Sendable (Session, _ group: String) throws -> Change?
    ) async throws

    /// Erases the session with everything that belongs to it.
    func erase(_ session: Session.ID) async throws
}

/// Changes sessions that nobody leads at the moment, in the store itself.
public struct StoreDesk: OperatorDesk {
    private static let attempts = 4

    private let store: any SessionStore

    public init(_ store: any SessionStore) {
        self.store = store
    }

    public func change(
        _ id: Session.ID, _ decide: @escaping @Sendable (Session, _ group: String) throws -> Change?
    ) async throws {
        let group = try await store.sessions().first { $0.id == id }?.group ?? ""
        for attempt in 1...Self.attempts {
            guard let session = try await store.load(id), let change = try decide(session, group) else { return }
            do throws(StoreError) {
                _ = try await store.append(change)
                return
            } catch {
                guard case .conflict = error, attempt < Self.attempts else { throw error }
            }
        }
    }

    public func erase(_ id: Session.ID) async throws {
        try await store.erase(id)
    }
}
