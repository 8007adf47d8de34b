public import DialogEngine
public import Facilitation
public import FoundationEssentials
import GRDB
public import Logging
import Synchronization

/// Keeps sessions in one SQLite file, for one Lotse at a time.
///
/// A change is on disk when ``append(_:)`` returns: the file is in WAL mode, and the log is synced at every commit
/// (`synchronous=FULL`). Beside the file lie SQLite's `-wal` and `-shm` while it is open, and `-lock`, which keeps a
/// second writer out.
public final class SQLiteStore: SessionStore {
    static let busyTimeoutInMilliseconds = 2000

    private let codec = Codec()
    private let reading: ReadAccess
    /// Nil in a store that was opened for reading.
    private let writing: GroupCommit?
    private let lock: Mutex<WriterLock?>

    /// Opens the file at `path` for writing, making it and its folder where they do not exist.
    public init(at path: String, logger: Logger) throws(StoreError) {
        let file = StoreFile(path: path)
        try file.make()
        lock = Mutex(try WriterLock(file))
        do {
            let pool = try SQLiteStore.openPool(path)
            let nextOutboxID = try pool.read { db in
                try OutboxEntry.ID.fetchOne(db, sql: "SELECT max(id) + 1 FROM outbox") ?? 1
            }
            reading = .pool(pool)
            writing = GroupCommit(
                pool, at: StorePlace(file), codec: codec, nextOutboxID: nextOutboxID, logger: logger)
        } catch {
            let reason = StoreError(error)
            throw reason == .busy ? .inUse(path: path) : reason
        }
    }

    /// Opens the file at `path` for reading only, whether or not a Lotse is writing to it. Makes and changes nothing.
    public init(readingFrom path: String) throws(StoreError) {
        let file = StoreFile(path: path)
        _ = try file.stamp()
        lock = Mutex(nil)
        writing = nil
        reading = .file(file)
    }

    /// Refuses a file that could not be opened for writing: a damaged one, and one that a newer Lotse wrote.
    package static func checkFile(at path: String) throws(StoreError) {
        do {
            _ = try ReadAccess.countSessions(in: StoreFile(path: path))
        } catch {
            throw StoreError(error)
        }
    }

    private static func openPool(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(Double(busyTimeoutInMilliseconds) / 1000)
        // A rollback that fails is a failed write, not a reason to crash.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY")
            if !db.configuration.readonly { try Schema.check(db) }
        }
        let pool = try DatabasePool(path: path, configuration: configuration)
        try Schema.migrator.migrate(pool)
        try pool.writeWithoutTransaction { db in
            // The pool sets NORMAL when it turns on WAL, so this cannot come earlier.
            try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0")
        }
        return pool
    }

    /// Writes what waits and closes the file; every later call fails.
    public func close() async {
        guard let writing else { return }
        if await writing.close() { lock.withLock { $0 = nil } }
    }

    /// How many transactions were committed since the store was opened.
    package var commitCount: Int { writing?.commits ?? 0 }

    /// How long each of them took, with its sync.
    package var commitDurations: Histogram { writing?.durations ?? Histogram() }

    /// How many changes wait to be written.
    package var waitingCount: Int { writing?.waitingCount ?? 0 }

    /// Why nothing can be kept, as far as is known: for good, or until the next line is kept.
    package var trouble: StoreError? { writing.map(\.trouble) ?? .readOnly }

    /// Looks whether the files are where they were when the store was opened. Where they are not, every later call fails
    /// like this one.
    package func checkPlace() throws(StoreError) {
        try writing?.checkPlace()
    }

    /// Makes the disk full from there on, for tests.
    package func limit(toMegabytes size: Int) async throws {
        try await writing?.limit(toPages: size * 256)
    }

    // MARK: Writing

    public func append(_ change: Change) async throws(StoreError) -> OutboxEntry.ID? {
        let writing = try writer()
        return try await writing.perform(.append(EncodedChange(change, codec: codec))).outboxID
    }

    public func markSpoken(_ ids: [OutboxEntry.ID]) async throws(StoreError) {
        try writer().clear(ids)
    }

    public func erase(_ id: Session.ID) async throws(StoreError) {
        _ = try await writer().perform(.erase(id))
    }

    public func eraseExpired(at moment: Date) async throws(StoreError) -> [Session.ID] {
        try await writer().perform(.eraseExpired(at: moment.timeIntervalSinceReferenceDate)).erased
    }

    public func settleConcerns(of ids: [Session.ID]) async throws(StoreError) {
        _ = try await writer().perform(.settleConcerns(ids))
    }

    func writer() throws(StoreError) -> GroupCommit {
        guard let writing else { throw .readOnly }
        try writing.checkUsable()
        return writing
    }

    // MARK: Reading

    public func load(_ id: Session.ID) async throws(StoreError) -> Session? {
        try await read { try $0.session(id) }
    }

    public func events(of id: Session.ID) async throws(StoreError) -> [Event] {
        try await read { try $0.events(of: id) }
    }

    public func messages(of id: Session.ID) async throws(StoreError) -> [Change.Message] {
        try await read { try $0.messages(of: id) }
    }

    public func running(in group: String) async throws(StoreError) -> Session.ID? {
        try await read { try $0.running(in: group) }
    }

    public func latest(in group: String) async throws(StoreError) -> Session.ID? {
        try await read { try $0.latest(in: group) }
    }

    public func runningSessions() async throws(StoreError) -> [SessionSummary] {
        try await read { try $0.runningSessions() }
    }

    public func sessions() async throws(StoreError) -> [SessionSummary] {
        try await read { try $0.sessions() }
    }

    public func concernsDue(at moment: Date) async throws(StoreError) -> [SessionSummary] {
        try await read { try $0.concernsDue(at: moment.timeIntervalSinceReferenceDate) }
    }

    public func unspoken() async throws(StoreError) -> [OutboxEntry] {
        let cleared = writing?.waitingToBeCleared ?? []
        return try await read { try $0.unspoken() }.filter { !cleared.contains($0.id) }
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Tables) throws -> Value
    ) async throws(StoreError) -> Value {
        try writing?.checkUsable()
        let codec = codec
        do {
            return try await reading.read { try body(Tables(db: $0, codec: codec)) }
        } catch {
            throw StoreError(error)
        }
    }
}
