import DialogEngine

// The network: who is in it, what comes next, and how the group approaches the partner.

extension PartnerWindow {
    /// Organisations and next steps that everybody has now seen for the first time.
    func named() -> [PartnerEvent] {
        let records = session.shared(before.unseen)
        let ids = records.sorted()
        let organisations = ids.compactMap { session.organisation($0) }.filter { !$0.name.isEmpty }
        let steps = ids.filter { $0.kind == .step }.compactMap { session.item($0) }.filter { !$0.name.isEmpty }
        return organisations.map { organisation(.organisationAdded, .partnerOrganisation, $0) }
            + steps.map { step in
                let text = shown(step.name)
                return make(.nextStepAdded, .partnerNextStep, [.id: .id(step.id), .text: .text(text)]) {
                    $0.nextStep = .init(id: step.id.description, text: text)
                }
            }
    }

    /// Two organisations that everybody knows are the same.
    func merged(_ id: RecordID, into kept: RecordID) -> [PartnerEvent] {
        guard session.shared([id, kept]).count == 2, let merged = session.organisation(id),
            let organisation = session.organisation(kept)
        else { return [] }
        let values: [Phrase.Slot: Value] = [.record: .id(id), .text: .text(shown(merged.name))]
        return [
            self.organisation(.organisationMerged, .partnerMerged, organisation, values) { $0.merged = part(merged) }
        ]
    }

    func split(_ id: RecordID) -> [PartnerEvent] {
        guard session.shared([id]).count == 1, let organisation = session.organisation(id) else { return [] }
        return [self.organisation(.organisationSplit, .partnerSplit, organisation)]
    }

    private func organisation(
        _ kind: PartnerEvent.Kind, _ phrase: Phrase, _ organisation: Organisation,
        _ values: [Phrase.Slot: Value] = [:], _ fill: (inout PartnerData) -> Void = { _ in }
    ) -> PartnerEvent {
        let known: [Phrase.Slot: Value] = [
            .id: .id(organisation.id), .organisation: .text(shown(organisation.name)),
        ]
        return make(kind, phrase, known.merging(values) { $1 }) {
            $0.organisation = part(organisation)
            fill(&$0)
        }
    }

    func part(_ organisation: Organisation) -> PartnerData.RecordPart {
        .init(id: organisation.id.description, text: shown(organisation.name))
    }

    // MARK: The contact plan of the partner's own organisation

    func planned(_ id: RecordID, _ plan: ContactPlan) -> [PartnerEvent] {
        guard let organisation = ownOrganisation(id) else { return [] }
        let plan = plan.news(since: before.privatePlan)
        let details = details(of: plan)
        let values: [Phrase.Slot: Value] = details.isEmpty ? [:] : [.values: .list(details)]
        let phrase = details.isEmpty ? Phrase.partnerContact : .partnerContactDetails
        return [
            self.organisation(.contactPlanned, phrase, organisation, values) {
                $0.contact = .init(
                    request: plan.request.map(shown), format: plan.format.map(shown), every: plan.rhythm?.iso8601,
                    due: plan.due?.moment, counterpart: view.withNames ? plan.counterpart : nil,
                    owner: view.withNames ? plan.person.flatMap { session.person($0)?.name } ?? plan.assignee : nil)
            }
        ]
    }

    func made(_ id: RecordID, next: DueDate?) -> [PartnerEvent] {
        guard let organisation = ownOrganisation(id) else { return [] }
        let isPrivate = session.organisation(id)?.contact?.isPrivate == true
        guard let next, !isPrivate else { return [self.organisation(.contactMade, .partnerContactMade, organisation)] }
        return [dated(.contactMade, .partnerContactMadeNext, organisation, next)]
    }

    func contactDue(_ id: RecordID) -> [PartnerEvent] {
        guard let organisation = ownOrganisation(id), let contact = session.organisation(id)?.contact,
            contact.isPrivate != true, let due = contact.plan.due
        else { return [] }
        return [dated(.contactDue, .partnerContactDue, organisation, due)]
    }

    private func dated(
        _ kind: PartnerEvent.Kind, _ phrase: Phrase, _ organisation: Organisation, _ due: DueDate
    ) -> PartnerEvent {
        self.organisation(kind, phrase, organisation, [.due: .due(due)]) { $0.contact = .init(due: due.moment) }
    }

    private func details(of plan: ContactPlan) -> [Value] {
        var details: [Value] = []
        if let due = plan.due { details.append(.line(Line(.contactUntil, [.due: .due(due)]))) }
        if let request = plan.request {
            details.append(.line(Line(.contactRequest, [.text: .text(shown(request))])))
        }
        if let format = plan.format {
            let known = session.dialog.network?.formats.first { $0.id == format }
            details.append(known.map { .localized($0.title) } ?? .text(shown(format)))
        }
        if let rhythm = plan.rhythm { details.append(.line(rhythm.line)) }
        return details
    }

    /// The partner's own organisation as everybody knows it, where the record means it under one of its names.
    ///
    /// One that is named at internal questions alone is not known outside, and neither is a name that nobody else has read.
    func ownOrganisation(_ id: RecordID) -> Organisation? {
        guard view.organisation != nil else { return nil }
        let root = session.root(of: id)
        let same = (session.organisation(root).map { [$0] } ?? []) + session.merged(into: root)
        let shared = session.shared(Set(same.map(\.id)))
        let known = same.filter { shared.contains($0.id) }
        guard known.contains(where: { isOwn($0.name) }) else { return nil }
        return known.first { $0.id == root } ?? known.first
    }
}

extension ContactPlan {
    /// The plan without what stood in `former` already.
    fileprivate func news(since former: ContactPlan?) -> ContactPlan {
        guard let former else { return self }
        func news<Value: Equatable>(_ part: KeyPath<ContactPlan, Value?>) -> Value? {
            self[keyPath: part] == former[keyPath: part] ? nil : self[keyPath: part]
        }
        return ContactPlan(
            assignee: news(\.assignee), person: news(\.person), counterpart: news(\.counterpart),
            request: news(\.request), format: news(\.format), rhythm: news(\.rhythm), due: news(\.due))
    }
}

extension Rhythm {
    /// As ISO 8601 writes a duration, such as `P4W`.
    fileprivate var iso8601: String {
        switch unit {
        case .days: "P\(count)D"
        case .weeks: "P\(count)W"
        case .months: "P\(count)M"
        }
    }
}
