// The contact plan: who approaches which organisation, until when and how.

extension Turn {
    mutating func planContact(with id: RecordID, _ typed: ContactPlan) {
        guard let organisation = findOrganisation(id), let member = session.member(organisation.id) else {
            return
        }
        guard isAhead(typed.due) else { return refuse(.pastDate) }
        guard typed != ContactPlan() else { return show([contactLine(member)]) }
        var change = typed
        change.person = typed.assignee.flatMap { session.person(named: $0)?.id }
        if let format = typed.format { change.format = self.format(format)?.id ?? format }
        meet()
        let plan = (member.contact?.plan ?? ContactPlan()).changed(by: change)
        record(.contactPlanned(member.contactRecord.id, plan))
        if let member = session.member(organisation.id) {
            let line = contactLine(member)
            acknowledge(line.phrase, line.values)
        }
        warn(of: typed.due)
    }

    /// Keeps that an organisation was approached; the next date follows from the rhythm.
    mutating func makeContact(with id: RecordID) {
        guard let organisation = findOrganisation(id), let member = session.member(organisation.id) else {
            return
        }
        meet()
        let plan = member.contact?.plan ?? ContactPlan()
        if member.contact == nil { record(.contactPlanned(member.id, plan)) }
        let next = plan.rhythm.flatMap { plan.due?.next(by: $0, after: at) }
        record(.contactMade(member.contactRecord.id, next: next))
        var values: [Phrase.Slot: Value] = [.id: .id(organisation.id), .organisation: .text(organisation.name)]
        guard let next else { return acknowledge(.contactMade, values) }
        values[.due] = .due(next)
        acknowledge(.contactMadeNext, values)
    }

    mutating func showContacts() {
        let planned = session.network.members.filter { $0.contact != nil }
        guard !planned.isEmpty else { return acknowledge(.noContacts) }
        show(planned.map(contactLine))
    }

    mutating func remindOfContacts() {
        guard session.derived.contacts.earliest.map({ $0 <= at }) ?? false else { return }
        for organisation in session.organisationsWithContact {
            guard let contact = organisation.contact, let moment = contact.nextReminder, moment <= at,
                let due = contact.plan.due, let root = session.organisation(session.root(of: organisation.id))
            else { continue }
            record(.reminded(organisation.id))
            let plan = contact.plan
            let name = plan.person.map { self.name($0) } ?? plan.assignee.map { .text($0) } ?? .line(Line(.someone))
            say(
                .contactOverdue,
                [.id: .id(root.id), .organisation: .text(root.name), .name: name, .due: .due(due)],
                to: plan.person.map { audience($0) } ?? .room)
        }
    }

    /// The contacts that a person planned or is to make.
    func contactLines(about person: Person) -> [Line] {
        session.network.members.filter { member in
            member.contact.map { $0.plannedBy == person.id || $0.plan.person == person.id } ?? false
        }.map(contactLine)
    }

    private func contactLine(_ member: Network.Member) -> Line {
        Line(
            .contactItem,
            [.id: .id(member.id), .organisation: .text(member.name), .values: .list(contactFacts(member.contact))])
    }

    private func contactFacts(_ contact: Contact?) -> [Value] {
        guard let contact else { return [.line(Line(.contactOpen))] }
        let plan = contact.plan
        var facts: [Value] = []
        if let person = plan.person {
            facts.append(name(person))
        } else {
            facts += plan.assignee.map { [.text($0)] } ?? []
        }
        if let due = plan.due { facts.append(.line(Line(.contactUntil, [.due: .due(due)]))) }
        if let counterpart = plan.counterpart {
            facts.append(.line(Line(.contactCounterpart, [.name: .text(counterpart)])))
        }
        if let request = plan.request { facts.append(.line(Line(.contactRequest, [.text: .text(request)]))) }
        if let format = plan.format { facts.append(self.format(format).map { .localized($0.title) } ?? .text(format)) }
        if let rhythm = plan.rhythm { facts.append(.line(rhythm.line)) }
        if let made = contact.madeAt { facts.append(.line(Line(.contactLast, [.date: .day(made)]))) }
        return facts
    }

    /// The guide's format that was typed, or that is kept by its id.
    private func format(_ typed: String) -> AnswerShape.Label? {
        session.dialog.network?.formats.first { $0.matches(typed) }
    }
}

extension Rhythm {
    package var line: Line {
        let phrase: Phrase =
            switch unit {
            case .days: .everyDays
            case .weeks: .everyWeeks
            case .months: .everyMonths
            }
        return Line(phrase, [.count: .count(count)])
    }
}
