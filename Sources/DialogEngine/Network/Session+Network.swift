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
            guard let index = place(ofItem: id, knowing: derived.names) else { return }
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
                let place = place(ofItem: mention.id, knowing: derived.names)
                _ = items.note(mention, at: place, by: person)
                continue
            }
            let index = organisations.note(mention, at: organisations.place(of: mention.id), by: person)
            if let question, !organisations[index].namedAt.contains(question) {
                organisations[index].namedAt.append(question)
            }
        }
    }

    /// The record of this kind whose folded name this is, as it was first spelled, if there is one.
    func mention(of folded: String, as kind: RecordID.Kind) -> Mention? {
        guard let place = derived.names.place(kind, named: folded) else { return nil }
        if kind == .organisation { return Mention(id: organisations[place].id, name: organisations[place].name) }
        return Mention(id: items[place].id, name: items[place].name)
    }

    /// The records that contacts are planned with; of several that mean the same, the one that the others were merged into,
    /// else the oldest.
    var organisationsWithContact: [Organisation] { derived.contacts.places.map { organisations[$0] } }

    mutating func change(_ id: RecordID, _ body: (inout Organisation) -> Void) {
        guard let index = organisations.place(of: id) else { return }
        body(&organisations[index])
    }
}
