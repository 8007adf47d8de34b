import Facilitation
import FoundationEssentials
import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How the tables are read: beside the writer of this process, or without one.
enum ReadAccess: Sendable {
    case pool(DatabasePool)
    case file(StoreFile)

    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        switch self {
        case .pool(let pool): try await ReadAccess.read(pool, body)
        case .file(let file): try ReadAccess.read(file, body)
        }
    }

    /// Not GRDB's own asynchronous reading: that ends with the task, and a session is loaded also while Lotse stops.
    private static func read<Value: Sendable>(
        _ pool: DatabasePool, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await withCheckedContinuation { continuation in
            pool.asyncRead { db in
                continuation.resume(returning: Result { try body(db.get()) })
            }
        }.get()
    }

    /// Reads without making a file or changing one, whether or not another process writes meanwhile.
    ///
    /// Where there is no write-ahead log, SQLite would make one, as a file of whoever reads. So the database is read as
    /// one that cannot change; if it has changed nevertheless, it is read once more beside the log that is there now.
    private static func read<Value>(_ file: StoreFile, _ body: (Database) throws -> Value) throws -> Value {
        let before = try file.stamp()
        if before.hasLog { return try open(file.path).read { try body($0) } }
        let value = Result { try open(file.immutableURI).read { try body($0) } }
        if try file.stamp() == before { return try value.get() }
        return try open(file.path).read { try body($0) }
    }

    private static func open(
        _ path: String, check: (Database) throws -> Void = Schema.checkForReading
    ) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(Double(SQLiteStore.busyTimeoutInMilliseconds) / 1000)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.read { try check($0) }
        return queue
    }

    // MARK: Of any schema

    /// Writes what is in the file at one moment to the empty file at `path`, without the pages that are not used.
    static func copy(_ file: StoreFile, to path: String) throws {
        func copy(_ source: String) throws {
            try open(source, check: Schema.check).unsafeRead { db in
                try db.execute(sql: "VACUUM INTO ?", arguments: [path])
            }
        }
        let before = try file.stamp()
        if before.hasLog { return try copy(file.path) }
        let copied = Result { try copy(file.immutableURI) }
        if try file.stamp() == before { return try copied.get() }
        guard truncate(path, 0) == 0 else { throw StoreError.noPermission(path: path) }
        try copy(file.path)
    }

    /// How many sessions the file has.
    static func countSessions(in file: StoreFile) throws -> Int {
        let source = try file.stamp().hasLog ? file.path : file.immutableURI
        return try open(source, check: Schema.check).read { db in
            guard try db.tableExists("sessions") else { return 0 }
            return try Int.fetchOne(db, sql: "SELECT count(*) FROM sessions") ?? 0
        }
    }
}

extension StoreFile {
    /// The path as SQLite takes it with parameters, see <https://www.sqlite.org/uri.html>.
    var immutableURI: String {
        var escaped = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "%"): escaped += "%25"
            case UInt8(ascii: "?"): escaped += "%3f"
            case UInt8(ascii: "#"): escaped += "%23"
            default: escaped.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return "file:\(escaped)?immutable=1"
    }
}
