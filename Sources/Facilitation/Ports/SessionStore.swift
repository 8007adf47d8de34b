public import DialogEngine
public import FoundationEssentials

/// What one input changes, or several in a row: stored whole or not at all.
public struct Change: Sendable {
    public var session: Session.ID
    /// The group that the session belongs to.
    public var group: String
    /// The sequence number of the last event the writer knows; 0 for a new session.
    public var expectedSeq: Int
    /// In sequence from `expectedSeq + 1`; not empty.
    public var events: [Event]
    /// What is to be said because of the events; kept until ``SessionStore/markSpoken(_:)``.
    public var outputs: [Output]
    /// The network's ids of the messages that caused this, each with the last event that it caused; stored once per place,
    /// whatever session it has, for ``SessionStore/memory``.
    public var messages: [Message]
    /// The guide, when the session begins with this change.
    public var dialog: Dialog?
    /// The session after the events, when a snapshot is due.
    public var snapshot: Session?
    /// What is to be erased from all earlier events, snapshots, outputs and notices of the session.
    public var erasing: Erasure?
    /// What partners are told of the events, where the store is a ``DeliveryStore``.
    public var notices: [PartnerNotice] = []

    public init(
        session: Session.ID, group: String, expectedSeq: Int, events: [Event], outputs: [Output] = [],
        messages: [Message] = [], dialog: Dialog? = nil, snapshot: Session? = nil, erasing: Erasure? = nil
    ) {
        self.session = session
        self.group = group
        self.expectedSeq = expectedSeq
        self.events = events
        self.outputs = outputs
        self.messages = messages
        self.dialog = dialog
        self.snapshot = snapshot
        self.erasing = erasing
    }

    /// A message that is to be stored once.
    public struct Message: Hashable, Sendable {
        public let id: String
        /// The sequence number of its last event.
        public let seq: Int
        /// Where it was said, within which its id is unique: a room, or the name of an adapter. Nil where only the session
        /// counts; a store gives messages back without it.
        public let place: String?

        public init(id: String, seq: Int, place: String? = nil) {
            self.id = id
            self.seq = seq
            self.place = place
        }
    }

    /// When the session ends with this change, or nil inside where an ended one goes on; nil where neither happens.
    public var endedAt: Date?? {
        events.last { $0.kind == .ended || $0.kind == .reopened }.map { $0.kind == .ended ? $0.at : nil }
    }

    /// Refuses a change that contradicts itself; a store asks before it writes.
    public func validate() throws(StoreError) {
        guard let last = events.last else { throw .invalidChange(reason: "no events") }
        guard events.enumerated().allSatisfy({ $1.seq == expectedSeq + $0 + 1 }) else {
            throw .invalidChange(reason: "events are out of sequence")
        }
        var known = expectedSeq
        for message in messages {
            guard message.seq > known, message.seq <= last.seq else {
                throw .invalidChange(reason: "messages are out of sequence")
            }
            known = message.seq
        }
        guard messages.count < 2 || Set(messages.map(\.id)).count == messages.count else {
            throw .invalidChange(reason: "a message comes twice")
        }
        guard snapshot == nil || snapshot?.seq == last.seq else {
            throw .invalidChange(reason: "the snapshot is not of the last event")
        }
    }

    /// The number of events after which a snapshot is due; what loading a session costs at most behind its snapshot.
    ///
    /// Replaying as many takes some milliseconds; writing more snapshots of a long session would cost more than that.
    public static let snapshotInterval = 1000

    /// Whether a change that leads from the event `expectedSeq` to the event `seq` is to bring a snapshot.
    public static func isSnapshotDue(from expectedSeq: Int, to seq: Int) -> Bool {
        expectedSeq / snapshotInterval != seq / snapshotInterval
    }
}

/// Outputs that are stored and not yet known to be said.
public struct OutboxEntry: Hashable, Sendable {
    public typealias ID = Int64
    public let id: ID
    public let session: Session.ID
    public let group: String
    /// The time of the change that they belong to.
    public let at: Date
    public let outputs: [Output]

    public init(id: ID, session: Session.ID, group: String, at: Date, outputs: [Output]) {
        self.id = id
        self.session = session
        self.group = group
        self.at = at
        self.outputs = outputs
    }
}

/// One line of the list of sessions.
public struct SessionSummary: Hashable, Sendable {
    public let id: Session.ID
    public let group: String
    public let name: String
    public let dialogID: String
    public let startedAt: Date
    /// When it was ended, or nil while it runs.
    public let endedAt: Date?
    public let retainedUntil: Date
    public let eventCount: Int

    public init(
        id: Session.ID, group: String, name: String, dialogID: String, startedAt: Date, endedAt: Date?,
        retainedUntil: Date, eventCount: Int
    ) {
        self.id = id
        self.group = group
        self.name = name
        self.dialogID = dialogID
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.retainedUntil = retainedUntil
        self.eventCount = eventCount
    }
}

/// Why the store did not do what it was asked for.
public enum StoreError: Error, Hashable, Sendable {
    /// Another writer was faster; the session now ends at `actualSeq`. Load it and decide again.
    case conflict(actualSeq: Int)
    /// One of the messages is stored already, perhaps in an earlier session of its place; its last event is `seq`.
    case alreadyStored(seq: Int)
    /// The change contradicts itself or what is stored, such as events out of sequence: a fault in this program.
    case invalidChange(reason: String)
    /// Too many changes wait to be written, or another program holds the file. Nothing was stored; a later attempt may
    /// succeed.
    case busy
    /// No room on the disk. Nothing was stored; a later attempt may succeed.
    case diskFull
    /// The file or its folder cannot be written to.
    case readOnly
    /// Writing failed in a way that cannot be repaired while running, such as a failed sync: every later call fails too.
    /// Nothing was stored.
    case failed(reason: String)
    /// The same, at a moment after which nobody knows whether the change is on the disk: it may be there after a restart.
    case unsure(reason: String)
    /// The file was moved away or removed while it was open: what is stored now nobody would find. Every later call fails.
    case gone(path: String)
    /// The file is damaged.
    case corrupt(reason: String)
    /// The file is as an earlier Lotse left it, and is to be read only.
    case olderSchema(found: Int, known: Int)
    /// The file was written by a newer Lotse.
    case newerSchema(found: Int, known: Int)
    /// Another process has the file open for writing.
    case inUse(path: String)
    /// Whoever runs Lotse may not do that with the file or folder.
    case noPermission(path: String)
    /// No file or folder can be made at the path, such as below a file.
    case cannotMake(path: String, reason: String)
    /// There is no file at the path, and none was to be made.
    case missing(path: String)
}

extension StoreError: CustomStringConvertible {
    /// What is wrong and what the operator can do.
    public var description: String {
        switch self {
        case .conflict(let seq): "another writer was faster; the session is at event \(seq)"
        case .alreadyStored(let seq): "the message is stored already, up to event \(seq)"
        case .invalidChange(let reason): "the change does not fit together: \(reason)"
        case .busy: "more changes wait than can be held; try again"
        case .diskFull: "the disk is full; make room and try again"
        case .readOnly:
            "the file may not be written to, or not be read; check its permissions and those of its folder"
        case .unsure(let reason):
            "writing failed for good (\(reason)), and the last change may be stored or not; check the disk, then start Lotse again"
        case .gone(let path):
            "\(path) was moved away or removed while Lotse was running; put it back, then start Lotse again"
        case .failed(let reason): "writing failed for good (\(reason)); check the disk, then start Lotse again"
        case .corrupt(let reason): "the file is damaged (\(reason)); put a backup in its place"
        case .olderSchema(let found, let known):
            "the file is as an earlier Lotse left it (schema \(found), this one reads \(known)) and is not damaged; start Lotse once, and it brings the file up to date"
        case .newerSchema(let found, let known):
            "the file was written by a newer Lotse (schema \(found), this one knows \(known)); use that version"
        case .inUse(let path): "another Lotse is using \(path); stop it, or name another folder with --state"
        case .noPermission(let path):
            "\(path) may not be read or written to; check its owner and permissions and those of its folder"
        case .cannotMake(let path, let reason): "\(path) cannot be made: \(reason); name another folder with --state"
        case .missing(let path):
            "there is no file \(path); where sessions are kept elsewhere, name the folder with --state"
        }
    }
}

/// Keeps sessions: events as the only truth, snapshots for quick loading, an outbox of what is still to be said.
///
/// After ``StoreError/failed(reason:)``, ``StoreError/unsure(reason:)`` and ``StoreError/gone(path:)`` every call fails: the
/// program ends, and recovers by starting again.
public protocol SessionStore: Sendable {
    /// Stores `change`; returns after it is on disk, with the outbox entry of its outputs if it has any.
    ///
    /// Changes of several groups that arrive while another is written share the next sync. Whatever it throws but
    /// ``StoreError/unsure(reason:)``, nothing of the change is kept: ``StoreError/conflict(actualSeq:)`` where the session is further than the writer knows,
    /// ``StoreError/alreadyStored(seq:)`` where one of its messages is stored already, else what is wrong with the store.
    func append(_ change: Change) async throws(StoreError) -> OutboxEntry.ID?

    /// The session, folded from its latest snapshot and the events behind it; nil if there is none.
    func load(_ id: Session.ID) async throws(StoreError) -> Session?

    /// All events of a session in sequence; none where there is no such session.
    func events(of id: Session.ID) async throws(StoreError) -> [Event]

    /// The stored messages of a session, each with the last event that it caused, in sequence.
    func messages(of id: Session.ID) async throws(StoreError) -> [Change.Message]

    /// The session of `group` that was started last and is not ended, or nil.
    func running(in group: String) async throws(StoreError) -> Session.ID?

    /// The session of `group` that was begun last, whether it is ended or not; nil if there was none.
    func latest(in group: String) async throws(StoreError) -> Session.ID?

    /// Every session that is not ended, by group.
    func runningSessions() async throws(StoreError) -> [SessionSummary]

    /// All sessions, the latest start first.
    func sessions() async throws(StoreError) -> [SessionSummary]

    /// Outputs stored and not marked as spoken, in sequence.
    func unspoken() async throws(StoreError) -> [OutboxEntry]

    /// Clears entries of the outbox; may be lost in a crash, so that an output can be said twice, never not at all.
    func markSpoken(_ ids: [OutboxEntry.ID]) async throws(StoreError)

    /// Removes a session with everything that belongs to it, also from the write-ahead log; does nothing where there is none.
    func erase(_ id: Session.ID) async throws(StoreError)

    /// Erases every session whose retention ended before `moment`, and returns their ids; forgets what messages were stored
    /// longer than ``memory`` before it.
    func eraseExpired(at moment: Date) async throws(StoreError) -> [Session.ID]

    /// The sessions in which the date has come, by `moment`, on which what is said about opponents goes, but for those that
    /// are settled; the earliest date first.
    func concernsDue(at moment: Date) async throws(StoreError) -> [SessionSummary]

    /// Notes of sessions that nothing of the kind is left in them, so that they need not be looked at again.
    func settleConcerns(of ids: [Session.ID]) async throws(StoreError)
}

extension SessionStore {
    /// For how many seconds a message is known that may be sent once more: some systems give it no time.
    public static var memory: Double { 7 * 86_400 }

    /// The session that `group` is at: its running one, else the one that it began last, whose homework goes on.
    func present(in group: String) async throws(StoreError) -> Session.ID? {
        if let running = try await running(in: group) { return running }
        return try await latest(in: group)
    }
}
