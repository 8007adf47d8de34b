public import DialogEngine
public import FoundationEssentials
public import Logging
import Synchronization
public import Wording

/// Leads every group through its guide: takes what the adapters report to the group that it concerns.
///
/// ```
/// adapters ─▶ inbox ─▶ Facilitator ─▶ mailbox ─▶ GroupConversation ─▶ store
///     ▲                                               │ after the commit
///     └───────────────────── Announcer ◀──────────────┘
/// ```
///
/// One task hands out what comes in, and each group has one task of its own.
public final class Facilitator: Sendable {
    /// Which groups there are and how much may wait for each.
    public struct Configuration: Sendable {
        public var groups: [Group]
        /// The group that a room without one gets, or nil where only configured rooms count.
        public var otherRooms: (@Sendable (Room) -> Group)?
        /// How many lines may wait for one group; who writes on top is told that the line is not kept.
        public var mailboxCapacity = 1024

        public init(groups: [Group], otherRooms: (@Sendable (Room) -> Group)? = nil) {
            self.groups = groups
            self.otherRooms = otherRooms
        }
    }

    private let configuration: Configuration
    let inbox: BoundedInbox
    let store: any SessionStore
    private let adapters: Adapters
    private let outcomes: any OutcomeWriter
    private let partners: (any PartnerDesk)?
    private let codes: (any FacilitatorCodes)?
    private let interpreter: Mutex<Interpreter>
    /// The guides that were read again since the start, by their ids.
    private let guides = Mutex<[String: Dialog]>([:])
    private let waiting: WaitingLines
    private let busy = BusyGroups()
    private let logger: Logger

    /// - Parameters:
    ///   - adapters: each with a name of its own; they are not run here.
    ///   - outcomes: where `!protokoll`, `!export` and the end of a session write to.
    ///   - partners: who says what partners are told, where there are any.
    ///   - codes: what somebody may become a facilitator by, if the operator hands that out.
    public init(
        _ configuration: Configuration, inbox: BoundedInbox, store: any SessionStore, adapters: [any ChatAdapter],
        outcomes: any OutcomeWriter, partners: (any PartnerDesk)? = nil,
        codes: (any FacilitatorCodes)? = nil, interpreter: Interpreter, logger: Logger
    ) {
        self.configuration = configuration
        self.inbox = inbox
        self.store = store
        self.adapters = Adapters(adapters)
        self.outcomes = outcomes
        self.partners = partners
        self.codes = codes
        self.interpreter = Mutex(interpreter)
        self.logger = logger
        waiting = WaitingLines(adapters: adapters.map(\.name))
    }

    /// How many lines wait until their adapter has said them, by its name, those that are being tried included.
    package var waitingLines: [String: Int] { waiting.now }

    /// For how many seconds the oldest of them waits.
    package var oldestLines: [String: Double] { waiting.oldest }

    /// How many lines had to go because too many waited, by the adapter's name.
    package var lostLines: [String: Int] { waiting.lost }

    /// How each adapter is doing, by its name.
    package var figures: [String: AdapterFigures] { adapters.all.mapValues { $0.figures } }

    /// Since when each group that is at a line has been at it, by its name; groups that wait are not among them.
    package var busyGroups: [String: ContinuousClock.Instant] { busy.now }

    /// Speaks by another wording from the next line on.
    public func use(_ interpreter: Interpreter) {
        self.interpreter.withLock { $0 = interpreter }
    }

    /// Begins new sessions with these guides from now on; sessions that are led by another version may change to them, and
    /// their facilitators are told so.
    public func use(_ dialogs: [Dialog], at now: Date) {
        guides.withLock { guides in for dialog in dialogs { guides[dialog.id] = dialog } }
        inbox.deliver(.guidesRead(at: now))
    }

    /// Leads these groups from now on: new ones are opened, those that are not among them are closed, and the others go on
    /// as they are configured now. A session stays as it was begun.
    ///
    /// - Parameter adapters: new ways in and out, which are not run here.
    /// - Returns: false where too much waits at the moment: then the groups stay as they were.
    public func use(_ groups: [Group], alsoOver adapters: [any ChatAdapter] = [], at now: Date) -> Bool {
        for adapter in adapters { self.adapters.add(adapter) }
        // A guide that was read since the start is the one of the new configuration, too.
        let dialogs = groups.compactMap(\.guide)
        guides.withLock { guides in for dialog in dialogs { guides[dialog.id] = dialog } }
        return inbox.configure(groups, at: now)
    }

    private func guide(of group: Group) -> Dialog? {
        guard let known = group.guide else { return nil }
        return guides.withLock { $0[known.id] } ?? known
    }

    /// Facilitates until the inbox is finished and everything in it is dealt with, or it is stopped: then each group ends
    /// after the line that it is at, and what was not begun is refused.
    ///
    /// Throws the ``StoreError`` of a store that can keep nothing any more, after whoever spoke was told.
    public func run() async throws {
        let services = GroupConversation.Services(
            store: store, adapters: adapters, outcomes: outcomes, partners: partners, codes: codes,
            interpreter: { self.interpreter.withLock { $0 } }, guide: { self.guide(of: $0) }, logger: logger,
            waiting: waiting, busy: busy, isStopped: { self.inbox.isStopped }, dealtWith: { self.inbox.dealtWith($0) })
        let unspoken = Dictionary(grouping: try await store.unspoken(), by: \.group)
        var desk = FrontDesk(configuration: configuration, services: services, unspoken: unspoken)
        let running = try await store.runningSessions().map(\.group)
        await withdrawStrayOutcomes()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for job in desk.openAll(alsoRunning: running) { start(job, in: &tasks) }
            for await item in inbox.items {
                guard !inbox.isStopped else {
                    desk.refuse(item)
                    continue
                }
                for job in desk.take(item) { start(job, in: &tasks) }
            }
            if inbox.isStopped { desk.stop() } else { desk.close() }
            try await tasks.waitForAll()
        }
    }

    /// Takes away what was written of sessions that are erased since.
    private func withdrawStrayOutcomes() async {
        do {
            let known = Set(try await store.sessions().map(\.id))
            for id in try await outcomes.withdrawAll(but: known) {
                logger.info("what was written of an erased session is gone", metadata: ["session": "\(id)"])
            }
        } catch {
            logger.error("what was written of erased sessions may be left", metadata: ["error": "\(error)"])
        }
    }

    /// A job that fails takes nothing more in, so that everything ends in order.
    private func start(
        _ job: @escaping @Sendable () async throws -> Void, in tasks: inout ThrowingTaskGroup<Void, any Error>
    ) {
        tasks.addTask {
            do {
                try await job()
            } catch {
                self.inbox.finish()
                throw error
            }
        }
    }
}
