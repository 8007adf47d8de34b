import DialogEngine
import Dispatch
import Facilitation
import GRDB
import Logging
import Synchronization

/// The one writer: takes what waits, writes it in one transaction, and answers everybody after the commit.
///
/// ```
///  perform ──▶ waiting ──▶ BEGIN   change  change …  outbox   COMMIT ──▶ answers
///                 ▲                                         (one sync)     │
///                 └──────── what arrives meanwhile is the next batch ◀─────┘
/// ```
///
/// It works on GRDB's serial writer queue, and only while there is something to do. A sync that failed is final: from
/// then on every call fails, since nobody knows any more what the disk holds.
final class GroupCommit: Sendable {
    /// How many jobs may wait; one more is refused as ``StoreError/busy``.
    static let capacity = 1024
    /// How long outbox entries that were spoken, or upkeep that was put off, wait for a commit to ride with.
    static let idleTime = DispatchTimeInterval.seconds(1)

    struct Batch {
        let jobs: [WriteJob]
        let spoken: [OutboxEntry.ID]
    }

    private struct State {
        var waiting: [WriteJob] = []
        var spoken: [OutboxEntry.ID] = []
        var isWorking = false
        var isFlushScheduled = false
        var isFlushDue = false
        var nextOutboxID: OutboxEntry.ID
        var commits = 0
        /// How long transactions took that were committed, with their sync.
        var durations = Histogram()
        /// Why the last line could not be kept; nil where it was.
        var hindrance: StoreError?
        /// What made it impossible to go on.
        var fault: StoreError?
        var isClosed = false

        /// Why nothing is taken any more.
        var end: StoreError? { fault ?? (isClosed ? .failed(reason: "the store is closed") : nil) }

        /// Whether the writer has to be woken, since it is not at work already.
        mutating func beginWorking() -> Bool {
            defer { isWorking = true }
            return !isWorking
        }
    }

    private let pool: DatabasePool
    private let place: StorePlace
    private let codec: Codec
    private let upkeep: Upkeep
    private let state: Mutex<State>

    init(_ pool: DatabasePool, at place: StorePlace, codec: Codec, nextOutboxID: OutboxEntry.ID, logger: Logger) {
        self.pool = pool
        self.place = place
        self.codec = codec
        upkeep = Upkeep(logger: logger)
        state = Mutex(State(nextOutboxID: nextOutboxID))
    }

    /// How many transactions were committed.
    var commits: Int { state.withLock(\.commits) }

    /// How long they took.
    var durations: Histogram { state.withLock(\.durations) }

    /// Why nothing can be kept, as far as is known: for good, or until the next line is kept.
    var trouble: StoreError? { state.withLock { $0.end ?? $0.hindrance } }

    /// Looks whether the files are where they were; ends everything where they are not.
    func checkPlace() throws(StoreError) {
        try checkUsable()
        do {
            try place.check()
        } catch {
            end(with: error)
            throw error
        }
    }

    func limit(toPages pages: Int) async throws {
        try await pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") }
    }

    /// How many changes wait to be written.
    var waitingCount: Int { state.withLock(\.waiting.count) }

    func checkUsable() throws(StoreError) {
        if let end = state.withLock(\.end) { throw end }
    }

    // MARK: Taking

    func perform(_ work: WriteJob.Work) async throws(StoreError) -> WriteJob.Written {
        try await withCheckedContinuation { take(WriteJob(work: work, waiter: $0)) }.get()
    }

    private func take(_ job: WriteJob) {
        var mustWake = false
        let refusal: StoreError? = state.withLock { state in
            if let end = state.end { return end }
            guard state.waiting.count < GroupCommit.capacity else { return .busy }
            state.waiting.append(job)
            mustWake = state.beginWorking()
            return nil
        }
        if let refusal { job.waiter.resume(returning: .failure(refusal)) }
        if mustWake { wake() }
    }

    /// Clears entries of the outbox with the next commit, or when there is none for a while.
    func clear(_ ids: [OutboxEntry.ID]) throws(StoreError) {
        let end: StoreError? = state.withLock { state in
            guard state.end == nil else { return state.end }
            state.spoken += ids
            return nil
        }
        if let end { throw end }
        flushWhenIdle()
    }

    var waitingToBeCleared: Set<OutboxEntry.ID> { state.withLock { Set($0.spoken) } }

    /// Never within the lock, which the writer wants at once.
    private func wake() {
        pool.asyncWriteWithoutTransaction { self.work($0) }
    }

    private func flushWhenIdle() {
        let isFirst = state.withLock { state in
            defer { state.isFlushScheduled = true }
            return !state.isFlushScheduled
        }
        guard isFirst else { return }
        DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + GroupCommit.idleTime) { [weak self] in
            self?.flush()
        }
    }

    private func flush() {
        let mustWake = state.withLock { state in
            state.isFlushScheduled = false
            guard state.end == nil else { return false }
            state.isFlushDue = true
            return state.beginWorking()
        }
        if mustWake { wake() }
    }

    // MARK: Working, on the writer queue

    private func work(_ db: Database) {
        while let batch = nextBatch() {
            let outcomes = write(batch, db)
            // An erasure is done when no file holds the text; everybody else is answered before any upkeep.
            let isErasing = batch.jobs.contains(where: \.erases)
            if isErasing { keepUp(after: batch, outcomes, db) }
            for (job, outcome) in zip(batch.jobs, outcomes) { job.waiter.resume(returning: outcome) }
            if !isErasing { keepUp(after: batch, outcomes, db) }
        }
    }

    private func nextBatch() -> Batch? {
        state.withLock { state in
            let hasWork = !state.waiting.isEmpty || state.isFlushDue && (!state.spoken.isEmpty || upkeep.isInDebt)
            state.isFlushDue = false
            guard hasWork else {
                state.isWorking = false
                return nil
            }
            defer {
                state.waiting = []
                state.spoken = []
            }
            return Batch(jobs: state.waiting, spoken: state.spoken)
        }
    }

    private func write(_ batch: Batch, _ db: Database) -> [WriteJob.Outcome] {
        let begin = ContinuousClock.now
        do {
            try place.check()
            let outcomes = try commit(batch, db)
            do {
                // Whoever moved the folder away meanwhile took the changes with her.
                try place.check()
            } catch {
                throw StoreError.unsure(reason: "\(error)")
            }
            let end = ContinuousClock.now
            state.withLock { state in
                state.commits += 1
                state.durations.note((end - begin) / .seconds(1))
                // A full disk may still take what says less than a line.
                if batch.jobs.contains(where: \.isAppending) { state.hindrance = nil }
            }
            return outcomes
        } catch {
            try? db.rollback()
            let error = StoreError(error)
            state.withLock { state in
                state.spoken += batch.spoken
                if !error.concernsOneChange { state.hindrance = error }
            }
            if error.isFinal { end(with: error.forLaterCalls) }
            return batch.jobs.map { _ in .failure(error) }
        }
    }

    private func commit(_ batch: Batch, _ db: Database) throws -> [WriteJob.Outcome] {
        let writer = TableWriter(db: db, codec: codec)
        try db.cachedStatement(sql: "BEGIN IMMEDIATE TRANSACTION").execute()
        let outcomes = try batch.jobs.map { job in
            try batch.jobs.count == 1 ? .success(write(job.work, writer)) : writeApart(job.work, writer)
        }
        try writer.clearOutbox(batch.spoken)
        do {
            try db.cachedStatement(sql: "COMMIT TRANSACTION").execute()
        } catch {
            throw StoreError(error).afterCommit
        }
        return outcomes
    }

    /// Writes within a savepoint, so that a refused change leaves the others of its transaction alone.
    private func writeApart(_ work: WriteJob.Work, _ writer: TableWriter) throws -> WriteJob.Outcome {
        try writer.db.cachedStatement(sql: "SAVEPOINT change").execute()
        do {
            let written = try write(work, writer)
            try writer.db.cachedStatement(sql: "RELEASE SAVEPOINT change").execute()
            return .success(written)
        } catch {
            let reason = StoreError(error)
            guard reason.concernsOneChange else { throw error }
            try writer.db.cachedStatement(sql: "ROLLBACK TO SAVEPOINT change").execute()
            try writer.db.cachedStatement(sql: "RELEASE SAVEPOINT change").execute()
            return .failure(reason)
        }
    }

    private func write(_ work: WriteJob.Work, _ writer: TableWriter) throws -> WriteJob.Written {
        switch work {
        case .append(let change):
            let id = change.outputs == nil ? nil : takeOutboxID()
            try writer.append(change, outboxID: id)
            return WriteJob.Written(outboxID: id)
        case .erase(let session):
            return WriteJob.Written(erased: try writer.erase(session) ? [session] : [])
        case .eraseExpired(let moment):
            return WriteJob.Written(erased: try writer.eraseExpired(at: moment))
        case .settleConcerns(let sessions):
            try writer.settleConcerns(of: sessions)
            return WriteJob.Written()
        case .record(let attempts):
            return WriteJob.Written(following: try writer.record(attempts))
        }
    }

    /// Never the same twice while the store is open, so that a late clearing cannot meet a younger entry.
    private func takeOutboxID() -> OutboxEntry.ID {
        state.withLock { state in
            defer { state.nextOutboxID += 1 }
            return state.nextOutboxID
        }
    }

    private func keepUp(after batch: Batch, _ outcomes: [WriteJob.Outcome], _ db: Database) {
        guard state.withLock({ $0.fault == nil }) else { return }
        do {
            try upkeep.follow(batch, outcomes, db)
        } catch {
            end(with: StoreError(error))
        }
        if upkeep.isInDebt { flushWhenIdle() }
    }

    // MARK: Ending

    private func end(with error: StoreError) {
        let waiting = state.withLock { state in
            state.fault = state.fault ?? error
            defer { state.waiting = [] }
            return state.waiting
        }
        for job in waiting { job.waiter.resume(returning: .failure(error)) }
    }

    /// Writes what waits, copies the log back and closes the file; from then on every call fails.
    ///
    /// After a fault the connections stay open until the process ends, since closing them would sync once more; then
    /// the result is false.
    func close() async -> Bool {
        let isOpen = state.withLock { state in
            defer {
                state.isClosed = true
                state.isFlushDue = true
            }
            return state.end == nil
        }
        if isOpen {
            await withCheckedContinuation { continuation in
                pool.asyncWriteWithoutTransaction { db in
                    self.finish(db)
                    continuation.resume()
                }
            }
        }
        if state.withLock(\.fault) == nil {
            // Closes the readers, so that the writer is the last to leave and removes the log.
            pool.releaseMemory()
            if (try? pool.close()) != nil { return true }
        }
        _ = Unmanaged.passRetained(pool)
        return false
    }

    private func finish(_ db: Database) {
        work(db)
        guard state.withLock({ $0.fault == nil }) else { return }
        do {
            try upkeep.emptyLog(db)
        } catch {
            end(with: StoreError(error))
        }
    }
}
