import Facilitation
import GRDB
import Logging
import Synchronization

/// Keeps the write-ahead log short, and the files free of what was erased.
///
/// SQLite's own checkpoints are off, since they come before the answers and hide a failed sync. Used on the writer queue.
final class Upkeep: Sendable {
    /// After how many changes the log is copied back: about the thousand pages that SQLite itself would wait for.
    static let changesPerCheckpoint = 256
    /// How long emptying the log waits for readers before it is put off, so that the groups go on.
    private static let patienceInMilliseconds = 100

    /// What is still to be done until erased text is in none of the files.
    enum Debt: Int {
        case none
        /// The write-ahead log is to be emptied.
        case truncation
        /// The file is to be written anew without the gaps of deleted rows, and then the log emptied.
        case rewriting
    }

    private struct State {
        var changes = 0
        var debt = Debt.none
        /// Outbox entries that tell somebody of an erasure; they leave the log too when they are cleared.
        var traces: Set<OutboxEntry.ID> = []

        mutating func owe(_ debt: Debt) {
            if debt.rawValue > self.debt.rawValue { self.debt = debt }
        }
    }

    private let logger: Logger
    private let state = Mutex(State())

    init(logger: Logger) {
        self.logger = logger
    }

    /// Whether erased text may still lie in a file.
    var isInDebt: Bool { state.withLock { $0.debt != .none } }

    /// Does what is due after a transaction.
    func follow(_ batch: GroupCommit.Batch, _ outcomes: [WriteJob.Outcome], _ db: Database) throws {
        let (debt, isDue) = state.withLock { state in
            if !state.traces.isDisjoint(with: batch.spoken) { state.owe(.truncation) }
            state.traces.subtract(batch.spoken)
            for (job, outcome) in zip(batch.jobs, outcomes) {
                guard case .success(let written) = outcome else { continue }
                state.owe(job.debt(written))
                if job.erases, let id = written.outboxID { state.traces.insert(id) }
            }
            state.changes += batch.jobs.count
            return (state.debt, state.changes >= Upkeep.changesPerCheckpoint)
        }
        if debt == .rewriting { try rewrite(db) }
        if debt != .none {
            try emptyLog(db)
        } else if isDue {
            try copyBack(db)
        }
    }

    private func copyBack(_ db: Database) throws {
        _ = try unlessPassing("write-ahead log not copied back") { try db.checkpoint(.passive) }
        state.withLock { $0.changes = 0 }
    }

    private func rewrite(_ db: Database) throws {
        let isDone = try unlessPassing("file not written anew; trying again") {
            // Not in memory, since the file may be large.
            try db.execute(sql: "PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY")
        }
        if isDone { state.withLock { $0.debt = .truncation } }
    }

    /// Copies the log back and empties it; where a reader is in the way, that is reported and owed.
    func emptyLog(_ db: Database) throws {
        try db.execute(sql: "PRAGMA busy_timeout = \(Upkeep.patienceInMilliseconds)")
        let isDone = try unlessPassing("write-ahead log not emptied; trying again") { try db.checkpoint(.truncate) }
        try db.execute(sql: "PRAGMA busy_timeout = \(SQLiteStore.busyTimeoutInMilliseconds)")
        state.withLock { state in
            guard isDone else { return state.owe(.truncation) }
            if state.debt == .truncation { state.debt = .none }
            state.changes = 0
        }
    }

    /// False where `body` met what may pass: a reader in the way, or a full disk.
    private func unlessPassing(_ consequence: Logger.Message, _ body: () throws -> Void) throws -> Bool {
        do {
            try body()
            return true
        } catch let error as DatabaseError {
            guard [.SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_FULL].contains(error.resultCode) else { throw error }
            logger.warning(consequence, metadata: ["error": "\(error.extendedResultCode)"])
            return false
        }
    }
}

extension WriteJob {
    fileprivate func debt(_ written: Written) -> Upkeep.Debt {
        switch work {
        case .append(let change): change.erasing == nil ? .none : .truncation
        case .erase, .eraseExpired: written.erased.isEmpty ? .none : .rewriting
        case .settleConcerns, .record: .none
        }
    }
}
