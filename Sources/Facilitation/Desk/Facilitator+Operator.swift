public import DialogEngine

extension Facilitator: OperatorDesk {
    public func change(
        _ session: Session.ID, _ decide: @escaping @Sendable (Session, _ group: String) throws -> Change?
    ) async throws {
        try await run(.change(decide), on: session)
    }

    public func erase(_ session: Session.ID) async throws {
        try await run(.erase, on: session)
    }

    /// Hands the work to the conversation of the session's group, and waits until it is stored.
    private func run(_ work: Errand.Work, on session: Session.ID) async throws {
        guard let group = try await store.sessions().first(where: { $0.id == session })?.group else { return }
        try await withCheckedThrowingContinuation { waiter in
            inbox.hand(Errand(work, on: session, of: group, waiter: waiter))
        }
    }
}
