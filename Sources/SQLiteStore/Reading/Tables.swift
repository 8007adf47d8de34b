import DialogEngine
import Facilitation
import FoundationEssentials
import GRDB

/// What is read from the tables, on whatever connection.
struct Tables {
    let db: Database
    let codec: Codec

    /// The number of the session's last event; 0 where there is none.
    func lastSeq(of session: Session.ID) throws -> Int {
        let statement = try db.cachedStatement(sql: "SELECT max(seq) FROM events WHERE session = ?")
        return try Int.fetchOne(statement, arguments: [session]) ?? 0
    }

    /// The number of the last event that the message caused; nil where it is not stored.
    func seq(ofMessage id: String, in session: Session.ID) throws -> Int? {
        let statement = try db.cachedStatement(sql: "SELECT seq FROM events WHERE session = ? AND message_id = ?")
        return try Int.fetchOne(statement, arguments: [session, id])
    }

    /// The last event of a message that was stored at this place, in whatever session.
    func seq(ofMessage id: String, at place: String) throws -> Int? {
        let statement = try db.cachedStatement(sql: "SELECT seq FROM messages WHERE place = ? AND id = ?")
        return try Int.fetchOne(statement, arguments: [place, id])
    }

    /// The session, folded from its snapshot and the events behind that.
    func session(_ id: Session.ID) throws -> Session? {
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
        var session = json.flatMap { codec.session(from: $0, of: dialog) } ?? Session(dialog: dialog)
        for event in try events(of: id, after: session.seq) { try session.apply(event) }
        return session
    }

    func events(of session: Session.ID, after seq: Int = 0) throws -> [Event] {
        let rows = try Row.fetchCursor(
            db, sql: "SELECT seq, at, by, source, json FROM events WHERE session = ? AND seq > ? ORDER BY seq",
            arguments: [session, seq])
        var events: [Event] = []
        while let row = try rows.next() {
            events.append(try event(from: row, expecting: seq + events.count + 1, of: session))
        }
        return events
    }

    func messages(of session: Session.ID) throws -> [Change.Message] {
        let rows = try Row.fetchCursor(
            db, sql: "SELECT message_id, seq FROM events WHERE session = ? AND message_id IS NOT NULL ORDER BY seq",
            arguments: [session])
        var messages: [Change.Message] = []
        while let row = try rows.next() { messages.append(Change.Message(id: row[0], seq: row[1])) }
        return messages
    }

    private func event(from row: Row, expecting seq: Int, of session: Session.ID) throws -> Event {
        guard row[0] == seq, let source = Source(rawValue: row[3]) else {
            throw StoreError.corrupt(reason: "event \(seq) of session \(session) is missing or cannot be read")
        }
        let kind = try codec.decode(Event.Kind.self, from: row[4], "event \(seq) of session \(session)")
        return Event(seq: seq, at: Date(timeIntervalSinceReferenceDate: row[1]), by: row[2], source: source, kind: kind)
    }

    func running(in group: String) throws -> Session.ID? {
        try String.fetchOne(
            db,
            sql: """
                SELECT id FROM sessions WHERE "group" = ? AND ended IS NULL ORDER BY started DESC, number DESC LIMIT 1
                """,
            arguments: [group])
    }

    func latest(in group: String) throws -> Session.ID? {
        try String.fetchOne(
            db, sql: #"SELECT id FROM sessions WHERE "group" = ? ORDER BY number DESC LIMIT 1"#, arguments: [group])
    }

    func runningSessions() throws -> [SessionSummary] {
        try summaries(#"WHERE ended IS NULL ORDER BY "group", started DESC, sessions.number DESC"#)
    }

    func sessions() throws -> [SessionSummary] {
        try summaries("ORDER BY started DESC, sessions.number DESC")
    }

    func concernsDue(at moment: Double) throws -> [SessionSummary] {
        try summaries("WHERE concerns_until <= ? ORDER BY concerns_until, sessions.id", [moment])
    }

    private func summaries(_ condition: String, _ arguments: StatementArguments = []) throws -> [SessionSummary] {
        let sql = """
            SELECT sessions.id AS id, "group", name, dialogs.id AS dialog, started, ended, retained_until,
                (SELECT max(seq) FROM events WHERE session = sessions.id) AS seq
            FROM sessions JOIN dialogs ON dialogs.hash = sessions.dialog \(condition)
            """
        return try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
            SessionSummary(
                id: row["id"], group: row["group"], name: row["name"], dialogID: row["dialog"],
                startedAt: Date(timeIntervalSinceReferenceDate: row["started"]),
                endedAt: (row["ended"] as Double?).map { Date(timeIntervalSinceReferenceDate: $0) },
                retainedUntil: Date(timeIntervalSinceReferenceDate: row["retained_until"]), eventCount: row["seq"] ?? 0)
        }
    }

    func unspoken() throws -> [OutboxEntry] {
        let sql = """
            SELECT outbox.id AS id, session, "group", at, json FROM outbox JOIN sessions ON sessions.id = outbox.session
            ORDER BY outbox.id
            """
        return try Row.fetchAll(db, sql: sql).map { row in
            let id: OutboxEntry.ID = row["id"]
            // What another version left to say may be unknown to this one; that is no reason not to start.
            let outputs = try? codec.decode([Output].self, from: row["json"], "outbox entry \(id)")
            return OutboxEntry(
                id: id, session: row["session"], group: row["group"],
                at: Date(timeIntervalSinceReferenceDate: row["at"]), outputs: outputs ?? [])
        }
    }
}
