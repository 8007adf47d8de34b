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
        var seen: Set<RecordID> = []
        for place in derived.contributions.visible[question] {
            guard let group = group(of: contributions[place].id) else {
                statements.append(Statement(contributions[place]))
                continue
            }
            guard seen.insert(group.id).inserted, let together = statement(group.id) else { continue }
            statements.append(together)
        }
        return statements
    }

    /// A contribution or a group that everybody can see; nil for what is withdrawn, hidden, or split.
    package func statement(_ id: RecordID) -> Statement? {
        if let contribution = contribution(id) {
            return contribution.isWithdrawn || contribution.isHidden ? nil : Statement(contribution)
        }
        guard let group = contributionGroup(id), !group.isSplit else { return nil }
        let members = group.members.compactMap(statement)
        guard let first = members.first else { return nil }
        return Statement(
            id: id, question: group.question, text: group.text ?? first.text, members: members.map(\.id))
    }

    /// The group that a contribution is in.
    func group(of contribution: RecordID) -> ContributionGroup? {
        derived.contributions.groups[contribution].last.map { contributionGroups[$0] }
    }

    func contributionGroup(_ id: RecordID) -> ContributionGroup? {
        contributionGroups.place(of: id).map { contributionGroups[$0] }
    }
}

extension Statement {
    fileprivate init(_ contribution: Contribution) {
        self.init(id: contribution.id, question: contribution.question, text: contribution.text, members: [])
    }
}
