import FoundationEssentials

extension Session {
    mutating func applyNetwork(_ event: Event) {
        let now = seq
        switch event.kind {
        case .organisationDescribed(let id, let sphere, let kind):
            change(id) {
                $0.sphere = sphere ?? $0.sphere
                $0.kind = kind ?? $0.kind
            }
        case .organisationsMerged(let id, let kept):
            change(id) { $0.mergedInto = kept }
        case .organisationSplit(let id):
            change(id) {
                if let other = $0.mergedInto { $0.distinctFrom.append(other) }
                $0.mergedInto = nil
            }
        case .contactPlanned(let id, let plan):
            change(id) {
                $0.contact = Contact(
                    plan: plan, plannedBy: event.by, isPrivate: event.source == .private,
                    madeAt: $0.contact?.madeAt, changedSeq: now)
            }
        case .contactMade(let id, let next):
            change(id) {
                $0.contact?.plan.due = next
                $0.contact?.madeAt = event.at
                $0.contact?.wasReminded = false
                $0.contact?.changedSeq = now
            }
        case .hurdleResolved(let id, let resolution):
            guard let index = items.firstIndex(where: { $0.id == id }) else { return }
            items[index].resolution = resolution
        case .concernsErased:
            eraseConcerns()
        default:
            break
        }
    }

    /// Keeps every record that is named, and at which question.
    mutating func note(_ mentions: [Mention], by person: Person.ID?, at question: Question.ID?) {
        for mention in mentions {
            guard mention.id.kind == .organisation else {
                _ = items.note(mention, by: person)
                continue
            }
            let index = organisations.note(mention, by: person)
            if let question, !organisations[index].namedAt.contains(question) {
                organisations[index].namedAt.append(question)
            }
        }
    }

    /// The record of this kind and name as it was first spelled, if there is one.
    func mention(of name: String, as kind: RecordID.Kind) -> Mention? {
        if kind == .organisation { return organisation(named: name).map { Mention(id: $0.id, name: $0.name) } }
        return item(named: name, of: kind).map { Mention(id: $0.id, name: $0.name) }
    }

    /// The records that contacts are planned with; of several that mean the same, the one that the others were merged into,
    /// else the oldest.
    var organisationsWithContact: [Organisation] {
        var roots: Set<RecordID> = []
        let planned = organisations.filter { $0.contact != nil }
        return (planned.filter { $0.mergedInto == nil } + planned.filter { $0.mergedInto != nil })
            .filter { roots.insert(root(of: $0.id)).inserted }
    }

    mutating func change(_ id: RecordID, _ body: (inout Organisation) -> Void) {
        guard let index = organisations.firstIndex(where: { $0.id == id }) else { return }
        body(&organisations[index])
    }
}
