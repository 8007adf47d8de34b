import DialogEngine
public import Logging
public import Wording

/// Reads from the store what was said in a room. Keeps nothing itself: what was erased a moment ago is not said again.
public struct StoredHistory: RoomHistory {
    private let groupOf: @Sendable (Room) -> String?
    private let store: any SessionStore
    private let interpreter: Interpreter
    private let logger: Logger

    /// - Parameter interpreter: how the lines are put.
    public init(
        of configuration: Facilitator.Configuration, in store: any SessionStore, interpreter: Interpreter,
        logger: Logger
    ) {
        let named = configuration.groups.flatMap { group in group.rooms.map { ($0, group.name) } }
        let groups = Dictionary(named, uniquingKeysWith: { $1 })
        let others = configuration.otherRooms
        groupOf = { groups[$0] ?? others?($0).name }
        self.store = store
        self.interpreter = interpreter
        self.logger = logger
    }

    public func lines(in room: Room) async -> [PublicLine]? {
        guard let group = groupOf(room) else { return [] }
        do throws(StoreError) {
            guard let id = try await store.present(in: group) else { return [] }
            let events = try await store.events(of: id)
            let messages = try await store.messages(of: id)
            // Read last, so that nothing comes out that was withdrawn or erased meanwhile.
            guard let session = try await store.load(id) else { return [] }
            return PublicRecord.lines(
                of: events, in: session, messages: messages, wording: interpreter.phrasebook(session.language))
        } catch {
            logger.warning(
                "the history of a room cannot be read", metadata: ["group": "\(group)", "error": "\(error)"])
            return nil
        }
    }
}
