import DialogEngine
import Facilitation
import FoundationEssentials

/// A change as it goes into the tables; made on the caller's side, so that the writer does nothing but write.
struct EncodedChange: Sendable {
    struct Row: Sendable {
        let seq: Int
        let at: Double
        let by: Person.ID?
        let source: String
        /// What happened.
        let json: String
    }

    /// The row of a session that begins.
    struct Beginning: Sendable {
        let name: String
        let dialogHash: String
        /// The guide, unless an earlier session left it in the store.
        let dialog: (id: String, json: String)?
        let startedAt: Double
        let retainedUntil: Double
        let concernsUntil: Double?
    }

    let session: Session.ID
    let group: String
    let expectedSeq: Int
    let messages: [Change.Message]
    let events: [Row]
    let outputs: String?
    let snapshot: String?
    let beginning: Beginning?
    /// When the session ends with this change; nil inside where it goes on again, nil where neither happens.
    let endedAt: Double??
    let erasing: Erasure?
    let notices: [PartnerNotice]

    /// The time of the last event.
    let at: Double
    let lastSeq: Int

    init(_ change: Change, codec: Codec) throws(StoreError) {
        try change.validate()
        let (first, last) = (change.events[0], change.events[change.events.count - 1])
        session = change.session
        group = change.group
        expectedSeq = change.expectedSeq
        messages = change.messages
        events = try EncodedChange.rows(change, codec)
        outputs = change.outputs.isEmpty ? nil : try codec.encode(change.outputs)
        if let session = change.snapshot { snapshot = try codec.encode(session) } else { snapshot = nil }
        beginning = try EncodedChange.beginning(first, change.dialog, codec)
        endedAt = change.endedAt.map { $0?.timeIntervalSinceReferenceDate }
        erasing = change.erasing
        notices = change.notices
        at = last.at.timeIntervalSinceReferenceDate
        lastSeq = last.seq
    }

    private static func rows(_ change: Change, _ codec: Codec) throws(StoreError) -> [Row] {
        var rows: [Row] = []
        rows.reserveCapacity(change.events.count)
        for event in change.events {
            rows.append(
                Row(
                    seq: event.seq, at: event.at.timeIntervalSinceReferenceDate, by: event.by,
                    source: event.source.rawValue,
                    json: try codec.encode(event.kind)))
        }
        return rows
    }

    private static func beginning(_ first: Event, _ dialog: Dialog?, _ codec: Codec) throws(StoreError) -> Beginning? {
        guard case .started(let start) = first.kind else { return nil }
        if let dialog, dialog.contentHash != start.dialogHash {
            throw .invalidChange(reason: "the session begins with another dialog")
        }
        var encoded: (id: String, json: String)?
        if let dialog { encoded = (dialog.id, try codec.encode(dialog)) }
        return Beginning(
            name: start.name, dialogHash: start.dialogHash, dialog: encoded,
            startedAt: first.at.timeIntervalSinceReferenceDate,
            retainedUntil: start.retainedUntil.timeIntervalSinceReferenceDate,
            concernsUntil: start.concernsRetainedUntil?.timeIntervalSinceReferenceDate)
    }
}
