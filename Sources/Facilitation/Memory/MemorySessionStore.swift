public import DialogEngine
public import FoundationEssentials

/// Keeps sessions in memory, for rehearsals and tests: the contract of a store without its lasting.
///
/// What partners are told is kept in `MemorySessionStore+Deliveries.swift`.
public actor MemorySessionStore: SessionStore {
    private struct Record {
        let group: String
        let dialog: Dialog
        let start: Event.Start
        let startedAt: Date
        /// The place among all starts, for sessions that began at the same moment.
        let number: Int
        var events: [Event] = []
        /// The last event that each message caused.
        var messages: [String: Int] = [:]
        var snapshot: Session?
        var endedAt: Date?
        /// Whether nothing is left of what was said about opponents.
        var isSettled = false
    }

    /// A message that was stored, whatever became of its session.
    private struct Known: Hashable {
        let place: String
        let id: String
    }

    private var records: [Session.ID: Record] = [:]
    private var known: [Known: (seq: Int, at: Date)] = [:]
    private var outbox: [OutboxEntry] = []
    private var starts = 0
    private var lastOutboxID: OutboxEntry.ID = 0
    var deliveries = MemoryDeliveries()

    public init() {}

    public func append(_ change: Change) throws(StoreError) -> OutboxEntry.ID? {
        try change.validate()
        if let seq = change.messages.lazy.compactMap({ self.seq(of: $0, in: change.session) }).first {
            throw .alreadyStored(seq: seq)
        }
        let seq = records[change.session]?.events.count ?? 0
        guard seq == change.expectedSeq else { throw .conflict(actualSeq: seq) }
        // Taken out while it changes, so that its events are not copied.
        var record = if let known = records.removeValue(forKey: change.session) { known } else { try begin(change) }
        if let erasing = change.erasing {
            record.events = record.events.map { $0.redacted(by: erasing) }
            record.snapshot = nil
            outbox.removeAll { $0.session == change.session }
            deliveries.forgetWords(of: change.session)
        }
        deliveries.add(change.notices, of: change.session)
        record.events += change.events
        record.endedAt = change.endedAt ?? record.endedAt
        record.snapshot = change.snapshot ?? record.snapshot
        for message in change.messages {
            record.messages[message.id] = message.seq
            guard let place = message.place else { continue }
            known[Known(place: place, id: message.id)] = (message.seq, change.events[change.events.count - 1].at)
        }
        records[change.session] = record
        return change.outputs.isEmpty ? nil : put(change)
    }

    private func seq(of message: Change.Message, in session: Session.ID) -> Int? {
        records[session]?.messages[message.id]
            ?? message.place.flatMap { known[Known(place: $0, id: message.id)]?.seq }
    }

    private func begin(_ change: Change) throws(StoreError) -> Record {
        guard let first = change.events.first, case .started(let start) = first.kind else {
            throw .invalidChange(reason: "a session begins with its start")
        }
        let known = records.values.first { $0.dialog.contentHash == start.dialogHash }?.dialog
        guard let dialog = change.dialog ?? known, dialog.contentHash == start.dialogHash else {
            throw .invalidChange(reason: "the session's dialog is not known")
        }
        starts += 1
        return Record(group: change.group, dialog: dialog, start: start, startedAt: first.at, number: starts)
    }

    private func put(_ change: Change) -> OutboxEntry.ID {
        lastOutboxID += 1
        outbox.append(
            OutboxEntry(
                id: lastOutboxID, session: change.session, group: change.group,
                at: change.events[change.events.count - 1].at, outputs: change.outputs))
        return lastOutboxID
    }

    public func load(_ id: Session.ID) throws(StoreError) -> Session? {
        guard let record = records[id] else { return nil }
        var session = record.snapshot ?? Session(dialog: record.dialog)
        do {
            for event in record.events.dropFirst(session.seq) { try session.apply(event) }
        } catch {
            throw .corrupt(reason: "event \(error.expected) of session \(id) is missing")
        }
        return session
    }

    public func events(of id: Session.ID) -> [Event] {
        records[id]?.events ?? []
    }

    public func messages(of id: Session.ID) -> [Change.Message] {
        (records[id]?.messages ?? [:]).map { Change.Message(id: $0, seq: $1) }.sorted { $0.seq < $1.seq }
    }

    public func running(in group: String) -> Session.ID? {
        latestFirst.first { $0.value.group == group && $0.value.endedAt == nil }?.key
    }

    public func latest(in group: String) -> Session.ID? {
        latestFirst.first { $0.value.group == group }?.key
    }

    public func runningSessions() -> [SessionSummary] {
        let running = latestFirst.filter { $0.value.endedAt == nil }
        return Dictionary(grouping: running) { $0.value.group }.sorted { $0.key < $1.key }.flatMap { $0.value }
            .map(summary)
    }

    public func sessions() -> [SessionSummary] {
        latestFirst.map(summary)
    }

    public func concernsDue(at moment: Date) -> [SessionSummary] {
        let dates = records.compactMap { id, record in
            record.isSettled ? nil : record.start.concernsRetainedUntil.map { (id: id, record: record, until: $0) }
        }
        return dates.filter { $0.until <= moment }.sorted { ($0.until, $0.id) < ($1.until, $1.id) }
            .map { summary($0.id, $0.record) }
    }

    public func settleConcerns(of ids: [Session.ID]) {
        for id in ids { records[id]?.isSettled = true }
    }

    private var latestFirst: [(key: Session.ID, value: Record)] {
        records.sorted { ($1.value.startedAt, $1.value.number) < ($0.value.startedAt, $0.value.number) }
    }

    private func summary(_ id: Session.ID, _ record: Record) -> SessionSummary {
        SessionSummary(
            id: id, group: record.group, name: record.start.name, dialogID: record.start.dialogID,
            startedAt: record.startedAt, endedAt: record.endedAt, retainedUntil: record.start.retainedUntil,
            eventCount: record.events.count)
    }

    public func unspoken() -> [OutboxEntry] {
        outbox
    }

    public func markSpoken(_ ids: [OutboxEntry.ID]) {
        let spoken = Set(ids)
        outbox.removeAll { spoken.contains($0.id) }
    }

    public func erase(_ id: Session.ID) {
        records[id] = nil
        outbox.removeAll { $0.session == id }
        deliveries.erase(id)
    }

    public func eraseExpired(at moment: Date) -> [Session.ID] {
        let expired = records.filter { $0.value.start.retainedUntil < moment }
            .sorted { $0.value.start.retainedUntil < $1.value.start.retainedUntil }.map(\.key)
        for id in expired { erase(id) }
        known = known.filter { $0.value.at >= moment.addingTimeInterval(-Self.memory) }
        return expired
    }
}
