/// A vote with dots: everybody has so many for the contributions to one question. Nobody sees them before it is closed.
public struct DotVote: Hashable, Sendable, Codable {
    public let question: Question.ID
    /// How many dots each person has.
    public let each: Int
    /// Where each person's dots lie; several may lie on one.
    public internal(set) var placed: [Person.ID: [RecordID]] = [:]
}

/// How many dots a contribution or a group got.
public struct DotCount: Hashable, Sendable, Codable {
    public let id: RecordID
    public let count: Int
}

extension Session {
    /// The dots as they lie now, the most first. What lies on a contribution in a group counts for the group; what lies on
    /// something withdrawn or split counts no more.
    func tally(_ vote: DotVote) -> [DotCount] {
        var counts: [RecordID: Int] = [:]
        for id in vote.placed.values.joined() {
            let counted = group(of: id)?.id ?? id
            if statement(counted) != nil { counts[counted, default: 0] += 1 }
        }
        return counts.map { DotCount(id: $0.key, count: $0.value) }
            .sorted { ($1.count, $0.id) < ($0.count, $1.id) }
    }
}
