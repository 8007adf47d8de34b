import DialogEngine
import Facilitation
import GRDB

/// Erasing so that no byte stays in the file.
///
/// SQLite's `secure_delete` writes zeros over a deleted row. It does not find the copies that stay in the unused part of
/// a page when rows move from there to another page, as they do when pages are split or joined. So:
///
/// | what                      | how it changes                     | how it is erased                                  |
/// |---------------------------|------------------------------------|---------------------------------------------------|
/// | events                    | rows are added at the end          | overwritten in place, in the same number of bytes |
/// | snapshots, outbox, notices | rows come and go, there are few   | the whole table is emptied and filled again       |
/// | sessions, with all events | rows of the middle are deleted     | deleted; then ``Upkeep`` writes the file anew     |
///
/// In all cases the write-ahead log is emptied afterwards.
extension TableWriter {
    /// Takes a person out of what is stored of a session; its snapshot, what waits in the outbox and what
    /// partners have not been told go altogether.
    func redact(_ session: Session.ID, by erasure: Erasure) throws {
        for event in try tables.events(of: session) {
            let redacted = event.redacted(by: erasure)
            guard redacted != event else { continue }
            try overwrite(redacted, of: session)
        }
        try run("DELETE FROM outbox WHERE session = ?", [session])
        try run("DELETE FROM snapshots WHERE session = ?", [session])
        try run("DELETE FROM notices WHERE delivery IN (SELECT number FROM deliveries WHERE session = ?)", [session])
        try fillAgain("outbox")
        try fillAgain("snapshots")
        try fillAgain("notices")
    }

    /// Writes the event over the one that is stored; spaces behind the JSON keep the length, and so the place.
    private func overwrite(_ event: Event, of session: Session.ID) throws {
        let json = try codec.encode(event.kind)
        try run(
            """
            UPDATE events SET json = ?1 || printf('%*s', max(0, length(CAST(json AS BLOB)) - ?2), '')
            WHERE session = ?3 AND seq = ?4
            """,
            [json, json.utf8.count, session, event.seq])
    }

    private func fillAgain(_ table: String) throws {
        try db.execute(
            sql: """
                CREATE TEMP TABLE kept AS SELECT * FROM main.\(table);
                DELETE FROM main.\(table);
                INSERT INTO main.\(table) SELECT * FROM kept;
                DROP TABLE kept
                """)
    }

    /// Deletes a session with everything that belongs to it; false if there is none.
    func erase(_ session: Session.ID) throws -> Bool {
        try run("DELETE FROM sessions WHERE id = ?", [session])
        let isErased = db.changesCount > 0
        try db.execute(sql: "DELETE FROM dialogs WHERE hash NOT IN (SELECT dialog FROM sessions)")
        return isErased
    }

    func settleConcerns(of sessions: [Session.ID]) throws {
        for session in sessions { try run("UPDATE sessions SET concerns_until = NULL WHERE id = ?", [session]) }
    }

    func eraseExpired(at moment: Double) throws -> [Session.ID] {
        try run("DELETE FROM messages WHERE at < ?", [moment - SQLiteStore.memory])
        let expired = try String.fetchAll(
            db, sql: "SELECT id FROM sessions WHERE retained_until < ? ORDER BY retained_until", arguments: [moment])
        return try expired.filter(erase)
    }
}
