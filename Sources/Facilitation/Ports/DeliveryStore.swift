public import DialogEngine
public import FoundationEssentials

/// A notice on its way to a partner.
public struct Delivery: Hashable, Sendable {
    public let notice: Notice
    public let partner: String
    public let session: Session.ID
    /// The place among all notices for this partner about this session, from 1 without a gap.
    public let seq: Int
    /// How often it was tried.
    public let attempts: Int
    /// The first of the partner's failed attempts since one succeeded.
    public let failingSince: Date?

    /// The notice as it was stored.
    public struct Notice: Hashable, Sendable {
        public let id: String
        public let type: String
        public let at: Date
        /// The words; nil when they were erased before they could be delivered.
        public let words: Words?

        public init(id: String, type: String, at: Date, words: Words?) {
            self.id = id
            self.type = type
            self.at = at
            self.words = words
        }
    }

    public struct Words: Hashable, Sendable {
        public let text: String
        /// A JSON object.
        public let data: String

        public init(text: String, data: String) {
            self.text = text
            self.data = data
        }
    }

    public init(
        notice: Notice, partner: String, session: Session.ID, seq: Int, attempts: Int, failingSince: Date?
    ) {
        self.notice = notice
        self.partner = partner
        self.session = session
        self.seq = seq
        self.attempts = attempts
        self.failingSince = failingSince
    }
}

/// How one attempt to deliver a notice ended.
public struct DeliveryAttempt: Hashable, Sendable {
    public enum Verdict: Hashable, Sendable {
        case delivered
        case again(at: Date)
        /// Nobody tries it again unless asked to.
        case dead
        /// The partner is off from now on, for this reason; the notice waits.
        case off(reason: String)
    }

    public let delivery: Delivery
    public let at: Date
    /// The status of HTTP; nil where there was no answer.
    public let status: Int?
    /// Why there was no answer.
    public let failure: String?
    public let duration: Duration
    public let verdict: Verdict

    public init(
        delivery: Delivery, at: Date, status: Int?, failure: String?, duration: Duration, verdict: Verdict
    ) {
        self.delivery = delivery
        self.at = at
        self.status = status
        self.failure = failure
        self.duration = duration
        self.verdict = verdict
    }
}

/// Keeps what partners are still to be told, and how that went.
public protocol DeliveryStore: Sendable {
    /// Of each of `partners` that is not off, and each session, the first notice that is not delivered, where its time
    /// has come; what has waited longest first.
    func due(at moment: Date, for partners: [String], limit: Int) async throws(StoreError) -> [Delivery]

    /// Keeps how attempts ended. Returns what follows in the sessions whose notice is done with, for the same partners.
    func record(_ attempts: [DeliveryAttempt]) async throws(StoreError) -> [Delivery]
}
