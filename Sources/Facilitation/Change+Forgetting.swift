public import DialogEngine
public import FoundationEssentials

extension Change {
    /// Forgets a person of `session` at the operator's hands, with all her records.
    public init(forgetting person: Person.ID, in session: Session, of group: String, at now: Date) {
        var after = session
        let events = after.forget(person, at: now)
        self.init(
            session: session.id, group: group, expectedSeq: session.seq, events: events, snapshot: after,
            erasing: session.erasure(of: person))
    }
}
