package import Facilitation
package import FoundationEssentials
import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A store in one file, with the small files that belong to it: a database of SQLite's with the tables of the store, one
/// row of `backup`, and the files in `backup_files`.
///
/// ```
/// making     store ─ VACUUM INTO ─▶ FILE.….part ─ files, check, sync ─▶ FILE
/// restoring  FILE ─ check ─▶ copy beside the store ─ without the files ─▶ lotse.sqlite, its old log away
/// ```
///
/// What is erased is in no page of a backup that is made later. An operator looks into it with
/// `sqlite3 FILE 'SELECT name, origin FROM backup_files'`.
package struct StoreBackup: Sendable {
    /// A small file that belongs to the store.
    package struct Attachment: Hashable, Sendable {
        /// What it is restored as: `accounts`, or a name in the folder `keys`.
        package let name: String
        /// Where it lay.
        package let origin: String
        package let content: [UInt8]

        package init(name: String, origin: String, content: [UInt8]) {
            self.name = name
            self.origin = origin
            self.content = content
        }
    }

    /// When it was made; nil for a copy of a store that another program made.
    package let madeAt: Date?
    package let sessionCount: Int
    package let attachments: [Attachment]

    private static let tables = """
        CREATE TABLE backup (made REAL NOT NULL) STRICT;
        CREATE TABLE backup_files (name TEXT NOT NULL PRIMARY KEY, origin TEXT NOT NULL, content BLOB NOT NULL) STRICT;
        """

    // MARK: Making

    /// Writes the store at `path` to `target`, whether or not a Lotse is writing to it: whole or not at all, readable for
    /// its owner alone.
    package static func make(
        of path: String, with attachments: [Attachment], at moment: Date, to target: String, replacing: Bool
    ) throws(BackupError) -> StoreBackup {
        let store = StoreFile(path: path)
        let part = StoreFile(path: "\(target).\(UInt32.random(in: .min ... .max)).part")
        do {
            guard replacing || access(target, F_OK) != 0 else { throw BackupError.exists(path: target) }
            _ = try store.stamp()
            close(try part.openFile(part.path, O_RDWR | O_CREAT | O_EXCL))
            defer { for path in [part.path, part.path + "-journal"] { unlink(path) } }
            try ReadAccess.copy(store, to: part.path)
            try attach(attachments, at: moment, to: part)
            let backup = try StoreBackup(checking: part.path)
            try part.sync()
            try part.move(to: target, replacing: replacing)
            return backup
        } catch {
            throw BackupError(error)
        }
    }

    private static func attach(_ attachments: [Attachment], at moment: Date, to part: StoreFile) throws {
        let queue = try DatabaseQueue(path: part.path)
        try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = DELETE") }
        try queue.write { db in
            try db.execute(sql: tables)
            try db.execute(
                sql: "INSERT INTO backup (made) VALUES (?)", arguments: [moment.timeIntervalSinceReferenceDate])
            for file in attachments {
                try db.execute(
                    sql: "INSERT INTO backup_files (name, origin, content) VALUES (?, ?, ?)",
                    arguments: [file.name, file.origin, Data(file.content)])
            }
        }
        try queue.close()
    }

    // MARK: Checking

    /// Reads the file at `path` to its end, and refuses what cannot be restored.
    package init(checking path: String) throws(BackupError) {
        do {
            let file = StoreFile(path: path)
            guard try !file.stamp().hasLog else {
                throw BackupError.unusable(
                    path: path,
                    reason: "\(file.logPath) lies beside it, as beside a store in use; make a backup of that")
            }
            var configuration = Configuration()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: file.immutableURI, configuration: configuration)
            let contents = try queue.read { db in
                try Schema.check(db)
                let flaws = try String.fetchAll(db, sql: "PRAGMA integrity_check(1)")
                guard flaws == ["ok"] else { throw StoreError.corrupt(reason: "it did not pass SQLite's check") }
                guard try db.tableExists("sessions") else { throw StoreError.corrupt(reason: "it has no sessions") }
                return try Self.contents(of: db)
            }
            (madeAt, sessionCount, attachments) = contents
        } catch let error as BackupError {
            throw error
        } catch {
            switch StoreError(error) {
            case .corrupt(let reason): throw .unusable(path: path, reason: "it is damaged or no backup (\(reason))")
            case .newerSchema(let found, let known):
                throw .unusable(
                    path: path, reason: "a newer Lotse made it (schema \(found), this one knows \(known))")
            case let other: throw .store(other)
            }
        }
    }

    private static func contents(of db: Database) throws -> (Date?, Int, [Attachment]) {
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM sessions") ?? 0
        guard try db.tableExists("backup_files") else { return (nil, count, []) }
        let made = try Double.fetchOne(db, sql: "SELECT made FROM backup")
        let files = try Row.fetchAll(db, sql: "SELECT name, origin, content FROM backup_files ORDER BY name").map {
            row in
            Attachment(name: row["name"], origin: row["origin"], content: Array(row["content"] as Data))
        }
        guard files.allSatisfy(\.hasSafeName) else {
            throw StoreError.corrupt(reason: "it has a file of a strange name")
        }
        return (made.map { Date(timeIntervalSinceReferenceDate: $0) }, count, files)
    }

    // MARK: Restoring

    /// Puts the backup at `path` in the place of the store at `target`, after it was checked. `alongside` puts the other
    /// files into their places, before the store changes.
    package static func restore(
        _ path: String, to target: String, replacing: Bool, alongside: () throws -> Void
    ) throws(BackupError) {
        _ = try StoreBackup(checking: path)
        let store = StoreFile(path: target)
        let part = StoreFile(path: target + ".part")
        do {
            let lock = try existingLock(store)
            defer { withExtendedLifetime(lock) {} }
            if !replacing, let what = occupation(of: store) {
                throw BackupError.occupied(path: target, what: what)
            }
            try store.makeItsFolder()
            let fresh = try lock == nil ? Lock(store) : nil
            defer { withExtendedLifetime(fresh) {} }
            unlink(part.path)
            defer { for path in [part.path, part.path + "-journal"] { unlink(path) } }
            try copy(path, to: part)
            try alongside()
            try giveToOwnerOfFolder(part.path)
            try giveToOwnerOfFolder(store.lockPath)
            // First the log: what is in it must never be read into the restored file.
            for old in [store.logPath, target + "-shm", target + "-journal"] { unlink(old) }
            try part.move(to: target, replacing: true)
        } catch {
            throw BackupError(error)
        }
    }

    /// The lock as a class, so that it can be held until a scope ends.
    private final class Lock {
        private let lock: WriterLock

        init(_ file: StoreFile) throws(StoreError) {
            lock = try WriterLock(file)
        }
    }

    private static func existingLock(_ store: StoreFile) throws(StoreError) -> Lock? {
        guard access(store.lockPath, F_OK) == 0 else { return nil }
        return try Lock(store)
    }

    /// What is there already and would be lost; nil where that is nothing.
    private static func occupation(of store: StoreFile) -> String? {
        guard access(store.path, F_OK) == 0 else { return nil }
        guard let count = try? ReadAccess.countSessions(in: store) else { return "is there and cannot be read" }
        return count == 0 ? nil : "has \(count) session\(count == 1 ? "" : "s")"
    }

    private static func copy(_ path: String, to part: StoreFile) throws {
        let content = StoreFile(path: path)
        close(try part.openFile(part.path, O_RDWR | O_CREAT | O_EXCL))
        try ReadAccess.copy(content, to: part.path)
        let queue = try DatabaseQueue(path: part.path)
        try queue.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON;
                    DROP TABLE IF EXISTS backup; DROP TABLE IF EXISTS backup_files; VACUUM
                    """)
        }
        try queue.close()
        try part.sync()
    }

    /// Gives a file that root made to the owner of its folder, who runs Lotse.
    package static func giveToOwnerOfFolder(_ path: String) throws(StoreError) {
        guard geteuid() == 0 else { return }
        var status = stat()
        let folder = StoreFile.folder(of: path)
        guard stat(folder, &status) == 0, chown(path, status.st_uid, status.st_gid) == 0 else {
            throw .noPermission(path: path)
        }
    }
}

extension StoreBackup.Attachment {
    /// Whether it can be written nowhere but where it belongs.
    fileprivate var hasSafeName: Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isPlaced = parts.count == 1 || parts.count == 2 && parts[0] == "keys"
        return isPlaced && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) }
    }
}

extension BackupError {
    fileprivate init(_ error: any Error) {
        self = error as? BackupError ?? .store(StoreError(error))
    }
}
