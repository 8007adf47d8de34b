import FoundationEssentials

/// The records that contacts are planned with, and when the first contact is overdue.
struct ContactIndex: Hashable, Sendable {
    /// Of several records that mean the same, the one that the others were merged into, else the oldest.
    private(set) var places: [Int] = []
    private(set) var earliest: Date?

    init() {}

    init(of session: Session) {
        let planned = session.organisations.indices.filter { session.organisations[$0].contact != nil }
        var roots: Set<RecordID> = []
        let (merged, own) = (
            planned.filter { session.organisations[$0].mergedInto != nil },
            planned.filter { session.organisations[$0].mergedInto == nil }
        )
        places = (own + merged).filter { roots.insert(session.root(of: session.organisations[$0].id)).inserted }
        earliest = places.compactMap { session.organisations[$0].contact?.nextReminder }.min()
    }
}
