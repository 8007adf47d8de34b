import DialogEngine
import Facilitation
import GRDB

extension StoreError {
    /// What an error thrown while reading or writing means for the caller.
    ///
    /// | SQLite says                              | the store says                       |
    /// |------------------------------------------|--------------------------------------|
    /// | `FULL`                                   | `diskFull`                           |
    /// | `READONLY`                               | `readOnly`                           |
    /// | `CORRUPT`, `NOTADB`                      | `corrupt`                            |
    /// | `BUSY`, `LOCKED`                         | `busy`                               |
    /// | `CONSTRAINT`, `MISMATCH`, `TOOBIG`       | `invalidChange`                      |
    /// | `IOERR` of any kind, and everything else | `failed`: the store is done for      |
    ///
    /// Reasons never contain values, since these are what people said.
    init(_ error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(error)
        case let gap as EventGap: self = .corrupt(reason: "event \(gap.expected) of a session is missing")
        default: self = .failed(reason: "\(type(of: error))")
        }
    }

    private init(_ error: DatabaseError) {
        let reason = "SQLite error \(error.extendedResultCode.rawValue): \(error.extendedResultCode)"
        switch error.resultCode {
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_READONLY: self = .readOnly
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
        case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG: self = .invalidChange(reason: reason)
        default: self = .failed(reason: reason)
        }
    }

    /// Whether the other changes of the same transaction can be stored nevertheless.
    var concernsOneChange: Bool {
        switch self {
        case .conflict, .alreadyStored, .invalidChange, .corrupt: true
        case .busy, .diskFull, .readOnly, .failed, .unsure, .gone, .olderSchema, .newerSchema, .inUse, .noPermission,
            .cannotMake, .missing:
            false
        }
    }

    /// Whether nothing may be read or written any more after this.
    var isFinal: Bool {
        switch self {
        case .failed, .unsure, .gone: true
        default: false
        }
    }

    /// What a failed commit means for the changes in it: their bytes may be in the log, where the next start finds them.
    var afterCommit: StoreError {
        if case .failed(let reason) = self { .unsure(reason: reason) } else { self }
    }

    /// What every later call fails with.
    var forLaterCalls: StoreError {
        if case .unsure(let reason) = self { .failed(reason: reason) } else { self }
    }
}
