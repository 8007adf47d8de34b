// The records of organisations: naming them, saying what they are, finding which of them are the same.

extension Turn {
    /// Brings an organisation to the question that asks for its position.
    mutating func addOrganisation(_ name: String, as position: NetworkPosition?, _ detail: String?) {
        guard let guide = session.dialog.network else { return refuse(.noNetwork) }
        let present = guide.position(at: session.current)
        guard let position = position ?? present, let question = guide.positions[position],
            let found = session.dialog.question(question)
        else { return refuse(.whichPosition, [.name: .text(name.shortened(to: 40))]) }
        if found.answer.about != nil, detail == nil {
            return refuse(.whichResource, [.name: .text(name.shortened(to: 40))])
        }
        contribute(statement(of: name, detail, at: found), to: found)
    }

    /// The text that says `detail` of one organisation: of each part between semicolons, so that none of them is read as the
    /// name of another. Where the organisations are named for entries of another question, the parts are these.
    func statement(of name: String, _ detail: String?, at question: Question) -> String {
        let reading = OrganisationReading(question, in: session.dialog)
        let spelled = reading?.spelled(name) ?? name
        guard let detail else { return spelled }
        let parts = reading == nil ? [detail] : detail.parts(separatedBy: ";")
        guard question.answer.about != nil else {
            return parts.map { "\(spelled): \($0)" }.joined(separator: "; ")
        }
        return parts.flatMap(resources).map { "\(reading?.subject($0) ?? $0): \(spelled)" }.joined(separator: "; ")
    }

    /// The parts between commas, if each of them calls a resource and the whole does not.
    private func resources(in text: String) -> [String] {
        let parts = text.parts(separatedBy: ",")
        let isList = session.resource(named: text) == nil && parts.allSatisfy { session.resource(named: $0) != nil }
        return isList ? parts : [text]
    }

    /// Brings an organisation's task and benefit to the questions that ask for them, and keeps what no question asks for.
    mutating func describe(_ id: RecordID, _ description: OrganisationDescription) {
        guard let organisation = findOrganisation(id) else { return }
        guard description != OrganisationDescription() else { return show([organisationLine(organisation)]) }
        var sphere: AnswerShape.Label?
        if let typed = description.sphere {
            let spheres = session.dialog.network?.spheres ?? []
            sphere = spheres.first { $0.matches(typed) }
            guard sphere != nil else {
                return refuse(.spheres, [.id: .id(id), .values: .list(spheres.map { .localized($0.title) })])
            }
        }
        if let task = description.task { contribute(task, about: organisation, to: session.dialog.network?.tasks) }
        if let benefit = description.benefit {
            contribute(benefit, about: organisation, to: session.dialog.network?.benefits)
        }
        guard sphere != nil || description.kind != nil else { return }
        meet()
        record(.organisationDescribed(organisation.id, sphere: sphere?.id, kind: description.kind))
        if let line = session.member(organisation.id).map(line) { acknowledge(line.phrase, line.values) }
    }

    private mutating func contribute(_ text: String, about organisation: Organisation, to question: Question.ID?) {
        guard let question = question.flatMap({ session.dialog.question($0) }) else { return refuse(.noNetwork) }
        contribute(statement(of: organisation.name, text, at: question), to: question)
    }

    mutating func showOrganisations() {
        let network = session.network
        let lines = network.members.map(line) + alikeLines(network.members) + gapLines(network)
        guard !lines.isEmpty else { return acknowledge(.noOrganisations) }
        show(lines)
    }

    mutating func merge(_ kept: RecordID, _ other: RecordID) {
        guard let first = findOrganisation(kept), let second = findOrganisation(other) else { return }
        guard first.id != second.id else {
            return refuse(.alreadyMerged, [.id: .id(kept), .record: .id(other), .name: .text(first.name)])
        }
        record(.organisationsMerged(second.id, into: first.id))
        say(.organisationsMerged, [.id: .id(first.id), .record: .id(second.id), .name: .text(first.name)])
    }

    mutating func split(_ id: RecordID) {
        // Who names the one that both became means the other one, if there is but one.
        let others = session.merged(into: session.root(of: id)).filter { $0.mergedInto == id }
        let merged = session.organisation(id).flatMap { $0.mergedInto == nil ? nil : $0 }
        guard let organisation = merged ?? (others.count == 1 ? others[0] : nil) else {
            return refuse(.notMerged, [.id: .id(id)])
        }
        record(.organisationSplit(organisation.id))
        say(.organisationSplit, [.id: .id(organisation.id), .name: .text(organisation.name)])
    }

    /// The organisation that `id` stands for now, if the group names it; refuses any other id.
    mutating func findOrganisation(_ id: RecordID) -> Organisation? {
        guard let organisation = session.named(session.root(of: id)) else {
            refuse(.noSuchOrganisation, [.id: .id(id)])
            return nil
        }
        return organisation
    }

    /// Asks whether a name in `text` is several: in that of a contribution, or in the open wording, which has no id.
    mutating func askOneOrSeveral(in text: String, of question: Question, _ id: RecordID?) {
        for doubt in OrganisationReading(question, in: session.dialog)?.doubts(in: text).prefix(2) ?? [] {
            var values: [Phrase.Slot: Value] = [.name: .text(doubt.name), .text: .text(doubt.text)]
            guard let id else {
                acknowledge(.oneOrSeveralProposed, values)
                continue
            }
            values[.id] = .id(id)
            acknowledge(.oneOrSeveral, values)
        }
    }

    // MARK: Names that are alike

    /// Asks whether an organisation that was just named for the first time is one that is known already.
    mutating func offerMerging(_ named: [RecordID], _ known: Set<RecordID>) {
        let places = Set(named).subtracting(known).compactMap { session.organisations.place(of: $0) }.sorted()
        for place in places {
            if let line = alikeLine(place) { acknowledge(line.phrase, line.values) }
        }
    }

    private func alikeLines(_ members: [Network.Member]) -> [Line] {
        members.compactMap { session.organisations.place(of: $0.id).flatMap(alikeLine) }
    }

    /// Names the first of the older organisations whose name is like that of the one at `place`.
    private func alikeLine(_ place: Int) -> Line? {
        let record = session.organisations[place]
        guard session.isNamed(record.id) else { return nil }
        let (names, marks) = (session.derived.names.comparable, session.derived.names.marks)
        let same = [record] + session.merged(into: record.id)
        let known = (0..<place).first { older in
            guard marks[older].isLike(marks[place]), names[older].isAlike(names[place]) else { return false }
            let other = session.organisations[older]
            return other.mergedInto == nil && session.isNamed(other.id)
                && !same.contains { $0.distinctFrom.contains(other.id) }
                && !([other] + session.merged(into: other.id)).contains { $0.distinctFrom.contains(record.id) }
        }
        guard let known else { return nil }
        let other = session.organisations[known]
        return Line(
            .alikeOrganisations,
            [.id: .id(record.id), .name: .text(record.name), .record: .id(other.id), .text: .text(other.name)])
    }

    // MARK: Showing

    private func organisationLine(_ organisation: Organisation) -> Line {
        session.member(organisation.id).map(line)
            ?? Line(
                .organisationItem, [.id: .id(organisation.id), .name: .text(organisation.name), .values: .list([])])
    }

    func line(_ member: Network.Member) -> Line {
        Line(.organisationItem, [.id: .id(member.id), .name: .text(member.name), .values: .list(facts(of: member))])
    }

    /// Everything that is known of an organisation but its name.
    private func facts(of member: Network.Member) -> [Value] {
        let guide = session.dialog.network
        // Who brings something has it named behind.
        let positions = member.positions.filter { $0 != .holder }
        var facts = positions.map { Value.line(Line($0.phrase)) }
        if member.kind != .organisation { facts.append(.line(Line(member.kind.phrase))) }
        if let sphere = guide?.spheres.first(where: { $0.id == member.sphere }) {
            facts.append(.localized(sphere.title))
        }
        facts += member.merged.filter { !$0.name.isEmpty }.map {
            .line(Line(.organisationAlso, [.id: .id($0.id), .name: .text($0.name)]))
        }
        facts += details(of: member, at: guide?.positions[.holder], .organisationBrings, \.subject)
        facts += details(of: member, at: guide?.tasks, .organisationTask, \.detail)
        facts += details(of: member, at: guide?.benefits, .organisationBenefit, \.detail)
        facts += details(of: member, at: guide?.positions[.opponent], .organisationConcern, \.detail)
        return facts
    }

    private func details(
        of member: Network.Member, at question: Question.ID?, _ phrase: Phrase, _ part: (Entry) -> String?
    ) -> [Value] {
        let texts = member.statements(at: question).compactMap { part($0.entry) }
        return texts.isEmpty ? [] : [.line(Line(phrase, [.names: .names(texts)]))]
    }
}

extension NetworkPosition {
    package var phrase: Phrase {
        switch self {
        case .partner: .positionPartner
        case .supporter: .positionSupporter
        case .holder: .positionHolder
        case .missing: .positionMissing
        case .opponent: .positionOpponent
        }
    }
}

extension Organisation.Kind {
    package var phrase: Phrase {
        switch self {
        case .organisation: .kindOrganisation
        case .group: .kindGroup
        case .person: .kindPerson
        }
    }
}
