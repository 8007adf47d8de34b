/// Contributions to one question that say the same, looked at as one.
public struct ContributionGroup: Hashable, Sendable, Codable {
    public let id: RecordID
    public let question: Question.ID
    public let members: [RecordID]
    public let by: Person.ID?
    /// What they say together; nil for the text of the first of them.
    public internal(set) var text: String?
    public internal(set) var isSplit = false
}

/// What the group looks at as one: a contribution, or several in a group.
package struct Statement: Hashable, Sendable {
    package let id: RecordID
    package let question: Question.ID
    package let text: String
    /// The contributions in a group; none for a contribution by itself.
    package let members: [RecordID]
}

extension Session {
    /// What counts at a question and can be seen by everybody; a group stands where its first contribution stood.
    package func statements(to question: Question.ID) -> [Statement] {
        var statements: [Statement] = []
        for contribution in visibleContributions(to: question) {
            guard let group = group(of: contribution.id) else {
                statements.append(Statement(contribution))
                continue
            }
            guard !statements.contains(where: { $0.id == group.id }), let together = statement(group.id) else {
                continue
            }
            statements.append(together)
        }
        return statements
    }

    /// A contribution or a group that everybody can see; nil for what is withdrawn, hidden, or split.
    package func statement(_ id: RecordID) -> Statement? {
        if let contribution = contribution(id) {
            return contribution.isWithdrawn || contribution.isHidden ? nil : Statement(contribution)
        }
        guard let group = contributionGroups.first(where: { $0.id == id }), !group.isSplit else { return nil }
        let members = group.members.compactMap(statement)
        guard let first = members.first else { return nil }
        return Statement(
            id: id, question: group.question, text: group.text ?? first.text, members: members.map(\.id))
    }

    /// The group that a contribution is in.
    func group(of contribution: RecordID) -> ContributionGroup? {
        contributionGroups.last { !$0.isSplit && $0.members.contains(contribution) }
    }
}

extension Statement {
    fileprivate init(_ contribution: Contribution) {
        self.init(id: contribution.id, question: contribution.question, text: contribution.text, members: [])
    }
}
