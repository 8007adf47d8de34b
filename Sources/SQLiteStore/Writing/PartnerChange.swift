package import FoundationEssentials

/// What the operator does about a partner; `at` is the moment from which deliveries are tried again.
package enum PartnerChange: Hashable, Sendable {
    /// Which dead letters are meant.
    package enum Selection: Hashable, Sendable {
        case id(String)
        /// What happened at this moment or later.
        case since(Date)
    }

    /// The partner is told again, beginning with what waits.
    case enable(String, at: Date)
    /// Dead letters are tried again.
    case replay(String, Selection, at: Date)
}
