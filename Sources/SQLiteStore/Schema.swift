import Facilitation
import GRDB

/// The tables of the store, and the steps that lead from the first schema to the present one.
///
/// A released migration never changes; `Tests/SQLiteStoreTests/Fixtures` holds a frozen file of every schema.
enum Schema {
    /// Each migration's identifier is the version that it leads to.
    static let version = 1

    /// The mark in the header of every file of ours: »Lots« in ASCII.
    static let applicationID = 0x4C6F_7473

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: first)
        }
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
            throw StoreError.corrupt(reason: "the file was never opened for writing by this version")
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
}
