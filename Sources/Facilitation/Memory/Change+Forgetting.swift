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

    /// Forgets what `writer` wrote on paper in `session` at the operator's hands.
    public init(forgettingWriter writer: String, in session: Session, of group: String, at now: Date) {
        var after = session
        let events = after.forget(writer: writer, at: now)
        self.init(
            session: session.id, group: group, expectedSeq: session.seq, events: events, snapshot: after,
            erasing: session.erasure(ofWriter: writer))
    }

    /// Forgets what somebody of another group has remarked in `session`; nil where that is nothing.
    public init?(forgetting visitor: Visitor, in session: Session, of group: String, at now: Date) {
        guard let erasing = session.erasure(of: visitor) else { return nil }
        var after = session
        let events = after.forget(visitor, at: now)
        self.init(
            session: session.id, group: group, expectedSeq: session.seq, events: events, snapshot: after,
            erasing: erasing)
    }
}
