public import FoundationEssentials

extension Session {
    /// Forgets `person` under every record that is hers, as the operator does at her request; returns the events of it.
    public mutating func forget(_ person: Person.ID, at now: Date) -> [Event] {
        let identity = self.person(person)?.identity
        let hers = identity.map { people(with: $0).map(\.id) } ?? []
        let events = hers.enumerated().map { index, id in
            Event(seq: seq + index + 1, at: now, by: nil, source: .console, kind: .forgotten(id))
        }
        for event in events { follow(event) }
        return events
    }

    /// The person as other groups know her, by what she remarked there.
    public func visitor(_ person: Person.ID) -> Visitor {
        let identity = self.person(person)?.identity
        return Visitor(session: id, people: identity.map { people(with: $0).map(\.id) } ?? [person])
    }

    /// Takes a person's name and words out of the state.
    ///
    /// What the group decided stays, without her name: agreed answers, the reason why a question does not apply, tasks
    /// that somebody else has taken. A contribution is its author's, whoever corrected it last.
    mutating func forget(_ id: Person.ID) {
        forgetName(of: id)
        for index in contributions.indices { contributions[index].forget(id) }
        for question in answers.keys { answers[question]?.forget(id) }
        for index in openPoints.indices { openPoints[index].forget(id) }
        for index in actions.indices { actions[index].forget(id) }
        for index in parked.indices where parked[index].by == id { parked[index].text = "" }
        ready.removeAll { $0 == id }
        queue.removeAll { $0 == id }
        dots?.placed[id] = nil
        typists[id] = nil
        for index in contributionGroups.indices where contributionGroups[index].by == id {
            contributionGroups[index].text = nil
        }
        for index in organisations.indices { organisations[index].contact?.forget(id) }
        forgetNames(givenBy: id)
    }

    /// Forgets what somebody of another group has remarked here, as the operator does at her request.
    public mutating func forget(_ visitor: Visitor, at now: Date) -> [Event] {
        guard let ids = erasure(of: visitor)?.records.sorted() else { return [] }
        let event = Event(seq: seq + 1, at: now, by: nil, source: .console, kind: .remarksForgotten(ids))
        follow(event)
        return [event]
    }

    private mutating func forgetName(of id: Person.ID) {
        guard people.indices.contains(id - 1) else { return }
        people[id - 1].identity = Identity(rawValue: "")
        people[id - 1].name = ""
        people[id - 1].handle = ""
        people[id - 1].organisation = nil
        people[id - 1].language = nil
        people[id - 1].isFacilitator = false
        people[id - 1].isPresent = false
        people[id - 1].isForgotten = true
    }

    /// What nobody else named is known by its id alone, unless an agreed answer names it.
    private mutating func forgetNames(givenBy id: Person.ID) {
        let agreed = Set(answers.values.flatMap { $0.agreed?.mentions.map(\.id) ?? [] })
        organisations.forget(namedBy: id, keeping: agreed)
        items.forget(namedBy: id, keeping: agreed)
    }
}

extension Contact {
    fileprivate mutating func forget(_ person: Person.ID) {
        plan = plan.forgetting([person], isTheirs: plannedBy == person)
    }
}

extension Contribution {
    fileprivate mutating func forget(_ person: Person.ID) {
        if suggestedBy == person {
            suggestion = nil
            suggestedBy = nil
        }
        if author == person, source != .paper { erase() }
    }
}

extension Answer {
    fileprivate mutating func forget(_ person: Person.ID) {
        if draft?.proposer == person || draft?.wordedBy == person, draft?.cameOnPaper == false { draft = nil }
        draft?.forget(person)
        agreed?.forget(person)
        if skippedBy == person { skipped = skipped.map { _ in "" } }
    }
}

extension Proposal {
    fileprivate mutating func forget(_ person: Person.ID) {
        if case .objection = votes[person] { votes[person] = nil }
        earlierObjections[person] = nil
    }
}

extension OpenPoint {
    fileprivate mutating func forget(_ person: Person.ID) {
        if raisedBy == person, isOnPaper == nil { text = "" }
        if clearedBy == person { result = result.map { _ in "" } }
        guard owner == person else { return }
        owner = nil
        expert = nil
        due = nil
    }
}

extension Action {
    fileprivate mutating func forget(_ forgotten: Person.ID) {
        guard person == forgotten else { return }
        person = nil
        assignee = ""
        if assignedBy == forgotten { text = "" }
    }
}
