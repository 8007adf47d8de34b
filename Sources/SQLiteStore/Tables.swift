import DialogEngine
import Facilitation
import FoundationEssentials
import GRDB

/// What is read from the tables, on whatever connection.
struct Tables {
    let db: Database
    let codec: Codec

    /// A session in pieces, so that folding it holds no connection.
    struct StoredSession {
        let dialog: Dialog
        /// The state to begin with: the snapshot, or a session in which nothing has happened.
        let base: Session
        /// The events behind the base, in sequence.
        let events: [String]
    }

    func lastSeq(of session: Session.ID) throws -> Int {
        let statement = try db.cachedStatement(sql: "SELECT max(seq) FROM events WHERE session = ?")
        return try Int.fetchOne(statement, arguments: [session]) ?? 0
    }

    func seq(of messageID: String, in session: Session.ID) throws -> Int? {
        let statement = try db.cachedStatement(sql: "SELECT seq FROM events WHERE session = ? AND message_id = ?")
        return try Int.fetchOne(statement, arguments: [session, messageID])
    }

    func session(_ id: Session.ID) throws -> StoredSession? {
        guard let hash = try String.fetchOne(db, sql: "SELECT dialog FROM sessions WHERE id = ?", arguments: [id])
        else {
            return nil
        }
        let dialog = try codec.dialog(hash) {
            let json = try String.fetchOne(db, sql: "SELECT json FROM dialogs WHERE hash = ?", arguments: [hash])
            guard let json else { throw StoreError.corrupt(reason: "dialog \(hash) is missing") }
            return json
        }
        let json = try String.fetchOne(db, sql: "SELECT json FROM snapshots WHERE session = ?", arguments: [id])
        let base = json.flatMap { codec.session(from: $0, of: dialog) } ?? Session(dialog: dialog)
        return StoredSession(dialog: dialog, base: base, events: try events(of: id, after: base.seq))
    }

    func events(of session: Session.ID, after seq: Int = 0) throws -> [String] {
        try String.fetchAll(
            db, sql: "SELECT json FROM events WHERE session = ? AND seq > ? ORDER BY seq", arguments: [session, seq])
    }

    func running(in group: String) throws -> Session.ID? {
        try String.fetchOne(
            db,
            sql: """
                SELECT id FROM sessions WHERE "group" = ? AND ended IS NULL ORDER BY started DESC, rowid DESC LIMIT 1
                """,
            arguments: [group])
    }

    func runningSessions() throws -> [SessionSummary] {
        try summaries(#"WHERE ended IS NULL ORDER BY "group", started DESC, sessions.rowid DESC"#)
    }

    func sessions() throws -> [SessionSummary] {
        try summaries("ORDER BY started DESC, sessions.rowid DESC")
    }

    private func summaries(_ condition: String) throws -> [SessionSummary] {
        let sql = """
            SELECT sessions.id AS id, "group", name, dialogs.id AS dialog, started, ended, retained_until,
                (SELECT max(seq) FROM events WHERE session = sessions.id) AS seq
            FROM sessions JOIN dialogs ON dialogs.hash = sessions.dialog \(condition)
            """
        return try Row.fetchAll(db, sql: sql).map { row in
            SessionSummary(
                id: row["id"], group: row["group"], name: row["name"], dialogID: row["dialog"],
                startedAt: Date(timeIntervalSince1970: row["started"]),
                endedAt: (row["ended"] as Double?).map { Date(timeIntervalSince1970: $0) },
                retainedUntil: Date(timeIntervalSince1970: row["retained_until"]), eventCount: row["seq"] ?? 0)
        }
    }

    func unspoken() throws -> [OutboxEntry] {
        let sql = """
            SELECT outbox.id AS id, session, "group", at, json FROM outbox JOIN sessions ON sessions.id = outbox.session
            ORDER BY outbox.id
            """
        return try Row.fetchAll(db, sql: sql).map { row in
            let id: OutboxEntry.ID = row["id"]
            return OutboxEntry(
                id: id, session: row["session"], group: row["group"], at: Date(timeIntervalSince1970: row["at"]),
                outputs: try codec.decode([Output].self, from: row["json"], "outbox entry \(id)"))
        }
    }
}

extension Codec {
    func event(from json: String, seq: Int, of session: Session.ID) throws(StoreError) -> Event {
        let event = try decode(Event.self, from: json, "event \(seq) of session \(session)")
        guard event.seq == seq else { throw .corrupt(reason: "event \(seq) of session \(session) is missing") }
        return event
    }

    func events(from rows: [String], after seq: Int = 0, of session: Session.ID) throws(StoreError) -> [Event] {
        var events: [Event] = []
        events.reserveCapacity(rows.count)
        for json in rows { events.append(try event(from: json, seq: seq + events.count + 1, of: session)) }
        return events
    }

    func fold(_ stored: Tables.StoredSession, id: Session.ID) throws(StoreError) -> Session {
        var session = stored.base
        for event in try events(from: stored.events, after: session.seq, of: id) { session.apply(event) }
        return session
    }
}
