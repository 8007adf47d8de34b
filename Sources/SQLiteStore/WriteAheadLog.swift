import Facilitation
import GRDB
import Logging
import Synchronization

/// Keeps the write-ahead log short, and free of what was erased.
///
/// SQLite's own checkpoints are off, since they come before the answers and hide a failed sync. Used on the writer queue.
final class WriteAheadLog: Sendable {
    /// After how many changes the log is copied back: about the thousand pages that SQLite itself would wait for.
    static let changesPerCheckpoint = 256
    /// How long a truncation waits for readers before it is put off, so that the groups go on.
    private static let patienceInMilliseconds = 100

    private struct State {
        var changes = 0
        var owesTruncation = false
        /// Outbox entries that tell somebody of an erasure; they leave the log too when they are cleared.
        var traces: Set<OutboxEntry.ID> = []
    }

    private let logger: Logger
    private let state = Mutex(State())

    init(logger: Logger) {
        self.logger = logger
    }

    /// Whether erased text may still lie in the log.
    var owesTruncation: Bool { state.withLock(\.owesTruncation) }

    func keepShort(after batch: GroupCommit.Batch, _ outcomes: [WriteJob.Outcome], _ db: Database) throws {
        let isDue = state.withLock { state in
            if !state.traces.isDisjoint(with: batch.spoken) { state.owesTruncation = true }
            state.traces.subtract(batch.spoken)
            for (job, outcome) in zip(batch.jobs, outcomes) where job.erases {
                guard case .success(let written) = outcome else { continue }
                state.owesTruncation = true
                if let id = written.outboxID { state.traces.insert(id) }
            }
            state.changes += batch.jobs.count
            return state.changes >= WriteAheadLog.changesPerCheckpoint
        }
        if owesTruncation {
            try truncate(db)
        } else if isDue {
            try copyBack(db)
        }
    }

    private func copyBack(_ db: Database) throws {
        do {
            try db.checkpoint(.passive)
        } catch let error as DatabaseError where error.isPassing {
            logger.warning("write-ahead log not copied back", metadata: ["error": "\(error.extendedResultCode)"])
        }
        state.withLock { $0.changes = 0 }
    }

    /// Copies the log back and empties it; where a reader is in the way, that is reported and owed.
    func truncate(_ db: Database) throws {
        do {
            try db.execute(sql: "PRAGMA busy_timeout = \(WriteAheadLog.patienceInMilliseconds)")
            try db.checkpoint(.truncate)
            state.withLock { state in
                state.owesTruncation = false
                state.changes = 0
            }
        } catch let error as DatabaseError where error.isPassing {
            state.withLock { $0.owesTruncation = true }
            logger.warning(
                "write-ahead log not emptied; trying again", metadata: ["error": "\(error.extendedResultCode)"])
        }
        try db.execute(sql: "PRAGMA busy_timeout = \(SQLiteStore.busyTimeoutInMilliseconds)")
    }
}

extension DatabaseError {
    /// Whether the same may succeed later: a reader in the way, or a full disk.
    fileprivate var isPassing: Bool {
        [.SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_FULL].contains(resultCode)
    }
}
