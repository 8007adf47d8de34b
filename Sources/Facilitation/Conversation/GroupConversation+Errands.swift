import DialogEngine

// What the operator does to the group's session while everybody writes.

extension GroupConversation {
    private static let errandAttempts = 4

    /// Decides, stores, goes on and speaks, as with everything else.
    mutating func run(_ errand: Errand) async throws(StoreError) {
        guard session?.id == errand.session else { return await errand.perform(in: services.store) }
        switch errand.work {
        case .erase:
            await errand.perform(in: services.store)
            session = try await services.store.load(errand.session)
            if session == nil { topic = nil }
        case .change(let decide):
            try await change(errand, decide)
        }
    }

    private mutating func change(
        _ errand: Errand, _ decide: @Sendable (Session, _ group: String) throws -> Change?
    ) async throws(StoreError) {
        for attempt in 1...Self.errandAttempts {
            guard let before = session else { return errand.finish(.success(())) }
            let decided: Change?
            do {
                decided = try decide(before, group.name)
            } catch {
                return errand.finish(.failure(error))
            }
            guard let change = decided else { return errand.finish(.success(())) }
            do throws(StoreError) {
                let entry = try await services.store.append(change)
                session =
                    if let after = change.snapshot { after } else { try await services.store.load(before.id) }
                let reply = Reply(outputs: change.outputs, origin: Origin(), hasChanged: true)
                await speak([reply], entry: entry)
                return errand.finish(.success(()))
            } catch {
                session = try await services.store.load(before.id)
                if case .conflict = error, attempt < Self.errandAttempts { continue }
                return errand.finish(.failure(error))
            }
        }
    }
}
