import DialogEngine
import Facilitation
import FoundationEssentials
import GRDB

/// What is written to the tables within a transaction.
struct TableWriter {
    let db: Database
    let codec: Codec

    var tables: Tables { Tables(db: db, codec: codec) }

    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    // MARK: Changes

    func append(_ change: EncodedChange, outboxID: OutboxEntry.ID?) throws {
        try check(change)
        if let erasing = change.erasing { try redact(change.session, by: erasing) }
        if let beginning = change.beginning { try begin(beginning, change) }
        try insertEvents(change)
        try remember(change)
        if let endedAt = change.endedAt {
            try run("UPDATE sessions SET ended = ? WHERE id = ?", [endedAt, change.session])
        }
        if let outputs = change.outputs {
            try run(
                "INSERT INTO outbox (id, session, at, json) VALUES (?, ?, ?, ?)",
                [outboxID, change.session, change.at, outputs])
        }
        try insert(change.notices, of: change.session)
        if let snapshot = change.snapshot {
            try setSnapshot(of: change.session, seq: change.lastSeq, snapshot)
        }
    }

    private func check(_ change: EncodedChange) throws {
        for message in change.messages {
            if let seq = try tables.seq(ofMessage: message.id, in: change.session) {
                throw StoreError.alreadyStored(seq: seq)
            }
            if let place = message.place, let seq = try tables.seq(ofMessage: message.id, at: place) {
                throw StoreError.alreadyStored(seq: seq)
            }
        }
        let lastSeq = try tables.lastSeq(of: change.session)
        guard lastSeq == change.expectedSeq else { throw StoreError.conflict(actualSeq: lastSeq) }
        guard (lastSeq == 0) == (change.beginning != nil) else {
            throw StoreError.invalidChange(reason: "a session begins with its start, and once")
        }
        guard let beginning = change.beginning, beginning.dialog == nil else { return }
        let known = try Bool.fetchOne(
            db, sql: "SELECT true FROM dialogs WHERE hash = ?", arguments: [beginning.dialogHash])
        guard known != nil else { throw StoreError.invalidChange(reason: "the session's dialog is not known") }
    }

    private func begin(_ beginning: EncodedChange.Beginning, _ change: EncodedChange) throws {
        if let dialog = beginning.dialog {
            try run(
                "INSERT INTO dialogs (hash, id, json) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [beginning.dialogHash, dialog.id, dialog.json])
        }
        try run(
            """
            INSERT INTO sessions (id, "group", name, dialog, started, retained_until, concerns_until)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                change.session, change.group, beginning.name, beginning.dialogHash, beginning.startedAt,
                beginning.retainedUntil, beginning.concernsUntil,
            ])
    }

    private func insertEvents(_ change: EncodedChange) throws {
        var messages = change.messages[...]
        for event in change.events {
            let messageID = messages.first?.seq == event.seq ? messages.popFirst()?.id : nil
            try run(
                "INSERT INTO events (session, seq, at, by, source, message_id, json) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [change.session, event.seq, event.at, event.by, event.source, messageID, event.json])
        }
    }

    private func remember(_ change: EncodedChange) throws {
        for message in change.messages {
            guard let place = message.place else { continue }
            try run(
                "INSERT INTO messages (place, id, seq, at) VALUES (?, ?, ?, ?)",
                [place, message.id, message.seq, change.at])
        }
    }

    func setSnapshot(of session: Session.ID, seq: Int, _ json: String) throws {
        try run("INSERT OR REPLACE INTO snapshots (session, seq, json) VALUES (?, ?, ?)", [session, seq, json])
    }

    func clearOutbox(_ ids: [OutboxEntry.ID]) throws {
        for id in ids { try run("DELETE FROM outbox WHERE id = ?", [id]) }
    }
}
