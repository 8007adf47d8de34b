package import DialogEngine
package import FoundationEssentials

/// How a partner is doing.
package struct PartnerHealth: Hashable, Sendable {
    package let name: String
    /// The first failed attempt since one succeeded.
    package let failingSince: Date?
    /// Since when the partner is told nothing more, and why.
    package let offSince: Date?
    package let reason: String?
    /// How many notices wait, and how many are dead letters.
    package let waiting: Int
    /// When the next of what waits is tried.
    package let nextAttempt: Date?
    package let dead: Int
}

/// One attempt to deliver a notice; one line without an attempt for what was not tried yet.
package struct DeliveryLogEntry: Hashable, Sendable {
    package let id: String
    package let session: Session.ID
    package let seq: Int
    package let type: String
    package let at: Date
    /// `waiting`, `delivered` or `dead`.
    package let state: String
    package let triedAt: Date?
    package let status: Int?
    package let failure: String?
    package let seconds: Double?
}
