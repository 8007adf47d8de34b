import DialogEngine

/// Who may be called by name in a document, and what stands in the place of everybody else.
struct Naming {
    let people: [Person]
    let withNames: Bool
    /// What a forgotten person is called.
    let someone: String
    /// The words that participants are called by, where no names are wanted.
    private let called: Set<String>

    init(people: [Person], withNames: Bool, someone: String) {
        self.people = people
        self.withNames = withNames
        self.someone = someone
        called = withNames ? [] : Set(people.flatMap(\.nameWords))
    }

    /// Nil where no names are wanted.
    func name(_ id: Person.ID?) -> Report.Name? {
        guard withNames else { return nil }
        guard let id, people.indices.contains(id - 1), !people[id - 1].isForgotten else {
            return Report.Name(person: nil, text: someone)
        }
        return Report.Name(person: id, text: people[id - 1].name.cleaned)
    }

    /// All of them counted; by name only those who did not speak privately.
    func voices(_ ids: [Person.ID], on proposal: Proposal) -> Report.Voices {
        Report.Voices(count: ids.count, names: ids.filter(proposal.shows).compactMap(name))
    }

    /// The author of a contribution; what came privately has none.
    func author(of contribution: Contribution) -> Report.Name? {
        contribution.showsAuthor ? name(contribution.author) : nil
    }

    /// Whoever took over a task: the person under her present name, else the name as it was typed.
    func assignee(of action: Action) -> Report.Name? {
        guard withNames else { return nil }
        if let person = action.person { return name(person) }
        return Report.Name(person: nil, text: action.assignee.isEmpty ? someone : action.assignee.cleaned)
    }

    /// Whoever approaches an organisation, as ``assignee(of:)-(Action)``.
    func assignee(of plan: ContactPlan) -> Report.Name? {
        guard withNames else { return nil }
        if let person = plan.person { return name(person) }
        return plan.assignee.map { Report.Name(person: nil, text: $0.cleaned) }
    }

    /// A text in a place meant for people or offices; without names, it is replaced where it calls a participant by her
    /// name, her handle, or a part of either.
    func masked(_ text: String) -> String {
        guard !withNames else { return text }
        return text.split { !$0.isLetter && !$0.isNumber }.contains { called.contains($0.folded) } ? someone : text
    }
}

extension String {
    /// The text without control characters and without the marks that turn the direction of what follows.
    var cleaned: String {
        var scalars = UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar {
            case "\n": scalars.append(scalar)
            case "\t", "\u{2028}", "\u{2029}", "\u{85}": scalars.append(" ")
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{FEFF}": break
            case _ where scalar.properties.generalCategory == .control: break
            default: scalars.append(scalar)
            }
        }
        return String(scalars).trimmed
    }
}
