import Facilitation
import GRDB

/// The tables of the store, and the steps that lead from the first schema to the present one.
///
/// A released migration never changes; `Tests/SQLiteStoreTests/Fixtures` holds a frozen file of every schema.
enum Schema {
    /// Each migration's identifier is the version that it leads to.
    static let version = 4

    /// The mark in the header of every file of ours: »Lots« in ASCII.
    static let applicationID = 0x4C6F_7473

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: first)
        }
        migrator.registerMigration("2") { db in try db.execute(sql: second) }
        migrator.registerMigration("3") { db in try db.execute(sql: third) }
        migrator.registerMigration("4") { db in try db.execute(sql: fourth) }
        return migrator
    }

    /// Refuses a file that a newer Lotse wrote, or that is no file of ours.
    static func check(_ db: Database) throws {
        let applied = try migrator.appliedIdentifiers(db).compactMap(Int.init)
        if let found = applied.max(), found > version {
            throw StoreError.newerSchema(found: found, known: version)
        }
        let isEmpty = try Int.fetchOne(db, sql: "PRAGMA schema_version") == 0
        if !isEmpty, try Int.fetchOne(db, sql: "PRAGMA application_id") != applicationID {
            throw StoreError.corrupt(reason: "the file is no store of Lotse")
        }
    }

    /// Refuses what ``check(_:)`` refuses, and a file that is not brought to the present version yet.
    static func checkForReading(_ db: Database) throws {
        try check(db)
        guard try migrator.hasCompletedMigrations(db) else {
            let applied = try migrator.appliedIdentifiers(db).compactMap(Int.init)
            throw StoreError.olderSchema(found: applied.max() ?? 0, known: version)
        }
    }

    /// Moments are seconds since the beginning of 2001 in UTC, as `Date` counts them, so that they come back exactly.
    ///
    /// The number of a session's events is the `seq` of the last one, and stored nowhere else. Events lie in the sequence
    /// in which they came, not by session: so no row ever moves to another page, where a copy of it would stay behind
    /// that erasing does not find. `TableWriter+Erasing.swift` has the rest of that.
    private static let first = """
        CREATE TABLE dialogs (
            hash TEXT NOT NULL PRIMARY KEY,
            id TEXT NOT NULL,
            json TEXT NOT NULL
        ) STRICT;

        CREATE TABLE sessions (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            "group" TEXT NOT NULL,
            name TEXT NOT NULL,
            dialog TEXT NOT NULL REFERENCES dialogs (hash),
            started REAL NOT NULL,
            ended REAL,
            retained_until REAL NOT NULL
        ) STRICT;
        CREATE INDEX sessions_running ON sessions ("group", started) WHERE ended IS NULL;
        CREATE INDEX sessions_by_retention ON sessions (retained_until);
        CREATE INDEX sessions_by_dialog ON sessions (dialog);

        CREATE TABLE events (
            number INTEGER PRIMARY KEY,
            session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            at REAL NOT NULL,
            by INTEGER,
            source TEXT NOT NULL,
            message_id TEXT,
            json TEXT NOT NULL,
            UNIQUE (session, seq)
        ) STRICT;
        CREATE UNIQUE INDEX events_by_message ON events (session, message_id) WHERE message_id IS NOT NULL;

        CREATE TABLE snapshots (
            session TEXT NOT NULL PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            json TEXT NOT NULL
        ) STRICT;

        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY,
            session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            at REAL NOT NULL,
            json TEXT NOT NULL
        ) STRICT;
        """

    /// When what is said about opponents goes: the date that the session began with, and NULL once nothing of the kind is
    /// left in a session that nobody leads any more. And the sessions of each group, in the sequence in which they began.
    private static let fourth = """
        ALTER TABLE sessions ADD COLUMN concerns_until REAL;
        UPDATE sessions SET concerns_until = (
            SELECT json_extract(json, '$.started._0.concernsRetainedUntil') FROM events
            WHERE session = sessions.id AND seq = 1
        );
        CREATE INDEX sessions_by_concerns ON sessions (concerns_until) WHERE concerns_until IS NOT NULL;
        CREATE INDEX sessions_by_group ON sessions ("group", number);
        """

    /// What partners are told.
    ///
    /// A row of `deliveries` stays as the log; its words lie in `notices`, and only until they are delivered. `attempts`
    /// has one row for each time that a delivery was tried.
    private static let second = """
        CREATE TABLE deliveries (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            partner TEXT NOT NULL,
            session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            type TEXT NOT NULL,
            at REAL NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'dead')),
            attempts INTEGER NOT NULL DEFAULT 0,
            next_attempt REAL NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX deliveries_by_seq ON deliveries (session, partner, seq);
        CREATE INDEX deliveries_waiting ON deliveries (partner, session, seq) WHERE state = 'waiting';

        CREATE TABLE notices (
            delivery INTEGER PRIMARY KEY REFERENCES deliveries (number) ON DELETE CASCADE,
            text TEXT NOT NULL,
            data TEXT NOT NULL
        ) STRICT;

        CREATE TABLE attempts (
            number INTEGER PRIMARY KEY,
            delivery INTEGER NOT NULL REFERENCES deliveries (number) ON DELETE CASCADE,
            at REAL NOT NULL,
            status INTEGER,
            failure TEXT,
            seconds REAL NOT NULL
        ) STRICT;
        CREATE INDEX attempts_by_delivery ON attempts (delivery);

        CREATE TABLE partners (
            name TEXT NOT NULL PRIMARY KEY,
            failing_since REAL,
            off_since REAL,
            reason TEXT
        ) STRICT;
        """

    /// Which messages were stored, for some days, whatever session their place has since then: so they outlive their session,
    /// and name neither it nor anybody.
    private static let third = """
        CREATE TABLE messages (
            place TEXT NOT NULL,
            id TEXT NOT NULL,
            seq INTEGER NOT NULL,
            at REAL NOT NULL,
            PRIMARY KEY (place, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX messages_by_age ON messages (at);
        """
}
