import DialogEngine
import Facilitation

/// One thing to be written, and who waits for it.
struct WriteJob: Sendable {
    enum Work: Sendable {
        case append(EncodedChange)
        case erase(Session.ID)
        /// Every session whose retention ended before this moment, in seconds since 1970.
        case eraseExpired(at: Double)
        /// Nothing that was said about opponents is left in these sessions.
        case settleConcerns([Session.ID])
        /// How deliveries to partners ended.
        case record([DeliveryAttempt])
    }

    /// What was written.
    struct Written: Sendable {
        /// The outbox entry of a change's outputs.
        var outboxID: OutboxEntry.ID?
        var erased: [Session.ID] = []
        /// What follows on deliveries that are done with.
        var following: [Delivery] = []
    }

    typealias Outcome = Result<Written, StoreError>

    let work: Work
    let waiter: CheckedContinuation<Outcome, Never>

    /// Whether it keeps what was said.
    var isAppending: Bool {
        if case .append = work { true } else { false }
    }

    /// Whether what was stored before may no longer be found in the files.
    var erases: Bool {
        switch work {
        case .append(let change): change.erasing != nil
        case .erase, .eraseExpired: true
        case .settleConcerns, .record: false
        }
    }
}
