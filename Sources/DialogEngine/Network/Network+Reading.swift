extension Session {
    /// The network at present.
    package var network: Network { network { _ in true } }

    /// The network as far as it follows from the questions that `isTold` lets through.
    package func network(where isTold: (Question) -> Bool) -> Network {
        let reading = NetworkReading(session: self, questions: allQuestions.filter(isTold))
        let steps = reading.items(at: dialog.network?.steps).map(\.item)
        return Network(
            members: reading.members(), resources: reading.resources(), steps: steps,
            hurdles: reading.hurdles(steps: steps))
    }

    /// The sentences in the middle of the map, without sections: what the group agreed on last. What somebody said about it
    /// is no mission yet.
    package var mission: String? {
        guard let question = missionQuestion else { return nil }
        let answer = answer(to: question.id)
        guard answer.ruledOut == nil else { return nil }
        return answer.agreed.flatMap { question.answer.sentence(in: $0.text) }
    }

    /// The mission as far as the group has agreed on it; nil while it is open again.
    var agreedMission: String? {
        guard let question = missionQuestion, state(of: question.id) == .agreed,
            let agreed = answer(to: question.id).agreed
        else { return nil }
        return question.answer.sentence(in: agreed.text)
    }

    /// The question whose answer is the mission, where the guide names one.
    var missionQuestion: Question? {
        dialog.network?.mission.flatMap { dialog.question($0) }
    }

    /// The record that stands for the organisation: itself, or the one that it was found to be the same as.
    package func root(of id: RecordID) -> RecordID {
        var id = id
        while let place = organisations.place(of: id), let next = organisations[place].mergedInto { id = next }
        return id
    }

    package func organisation(_ id: RecordID) -> Organisation? {
        organisations.place(of: id).map { organisations[$0] }
    }

    /// The other records that were found to mean the same as the one with this id, which stands for all of them.
    package func merged(into root: RecordID) -> [Organisation] {
        (derived.network.merged[root] ?? []).map { organisations[$0] }
    }

    package func item(_ id: RecordID) -> Item? {
        derived.names.itemPlaces[id].map { items[$0] }
    }

    // MARK: Asked of every line, and answered without reading what is there

    /// Whether the group names the organisation at present, itself or under another name.
    func isNamed(_ root: RecordID) -> Bool {
        let places = organisations.place(of: root).map { [$0] } ?? []
        return (places + (derived.network.merged[root] ?? [])).contains { derived.network.named[$0] != nil }
    }

    /// The organisation; nil where the group does not name it at present.
    func named(_ root: RecordID) -> Organisation? { isNamed(root) ? organisation(root) : nil }

    /// The organisation, with what is said about it; nil where the group does not name it, and for one that was merged into
    /// another.
    func member(_ root: RecordID) -> Network.Member? {
        guard let record = named(root), record.mergedInto == nil else { return nil }
        return NetworkReading(session: self, questions: allQuestions).member(record)
    }

    /// The resource of the group that `subject` names.
    func resource(named subject: String) -> Item? {
        derived.network.match(subject, folded: subject.folded, in: self).map { items[$0] }
    }

    /// Something that the group needs, with whether somebody brings it and the open point about that.
    struct Need {
        let item: Item
        let isMatched: Bool
        let openPoint: RecordID?

        /// Whether it is still to be asked who can bring it.
        var isAwaited: Bool { !isMatched && openPoint == nil }
    }

    /// What the group needs, in its sequence; each is only looked at when it is asked for.
    var needs: LazyMapSequence<[NetworkIndex.Need], Need> {
        derived.network.needs.lazy.map { need in
            Need(
                item: items[need.item], isMatched: derived.network.brought[need.item] != nil,
                openPoint: openPoint(about: need.name))
        }
    }

    /// The open point about who could bring the resource with this folded name.
    fileprivate func openPoint(about resource: String) -> RecordID? {
        derived.followUps.resources[resource].first.map { openPoints[$0].id }
    }
}

/// The making of a network, from texts that were read when they came.
private struct NetworkReading {
    let session: Session
    /// Those that are looked at.
    let questions: [Question]

    private var guide: NetworkGuide? { session.dialog.network }
    private var index: NetworkIndex { session.derived.network }

    private func question(_ id: Question.ID?) -> Question? {
        questions.first { $0.id == id }
    }

    /// What the texts at a question name at present, in their sequence, each with the contribution that it stands in.
    private func namings(at question: Question) -> [(naming: NetworkIndex.Naming, source: RecordID?)] {
        (index.wordings[question.id] ?? []).map { ($0, nil) }
            + index.present[question.id].flatMap { place in
                (index.texts[place] ?? []).map { ($0, session.contributions[place].id) }
            }
    }

    // MARK: Organisations

    func members() -> [Network.Member] {
        var statements: [RecordID: [Network.Statement]] = [:]
        for question in questions where question.answer.form == .organisations {
            for (naming, source) in namings(at: question) {
                let root = session.root(of: session.organisations[naming.record].id)
                statements[root, default: []].append(
                    Network.Statement(question: question.id, entry: naming.entry, source: source))
            }
        }
        return session.organisations.compactMap { record in
            statements[record.id].map { member(record, $0) }
        }
    }

    /// One of them; a root.
    func member(_ record: Organisation) -> Network.Member {
        let same = Set([record.id] + session.merged(into: record.id).map(\.id))
        let statements = questions.filter { $0.answer.form == .organisations }.flatMap { question in
            namings(at: question).filter { same.contains(session.organisations[$0.naming.record].id) }.map {
                Network.Statement(question: question.id, entry: $0.naming.entry, source: $0.source)
            }
        }
        return member(record, statements)
    }

    private func member(_ record: Organisation, _ statements: [Network.Statement]) -> Network.Member {
        let asked = Set(statements.map(\.question))
        let positions = NetworkPosition.allCases.filter { guide?.positions[$0].map(asked.contains) ?? false }
        return Network.Member(
            record: record, merged: session.merged(into: record.id), positions: positions, statements: statements)
    }

    // MARK: Resources, steps, hurdles

    /// The entries of a question that are records, each once.
    func items(at id: Question.ID?) -> [(item: Item, entry: Entry)] {
        guard let question = question(id), session.dialog.recordKind(of: question) != nil else { return [] }
        var seen: Set<Int> = []
        return namings(at: question).compactMap { naming, _ in
            seen.insert(naming.record).inserted ? (session.items[naming.record], naming.entry) : nil
        }
    }

    func resources() -> [Network.Resource] {
        let items = items(at: guide?.resources)
        guard !items.isEmpty else { return [] }
        let places = question(guide?.positions[.holder])
        var holders: [RecordID: [RecordID]] = [:]
        var seen: [RecordID: Set<RecordID>] = [:]
        for naming in places.map({ namings(at: $0).map(\.naming) }) ?? [] {
            guard let subject = naming.entry.subject, let folded = naming.subject,
                let place = index.match(subject, folded: folded, in: session)
            else { continue }
            let item = session.items[place].id
            let record = session.root(of: session.organisations[naming.record].id)
            if seen[item, default: []].insert(record).inserted { holders[item, default: []].append(record) }
        }
        return items.map { item, entry in
            Network.Resource(
                item: item, kind: entry.kind, holders: holders[item.id] ?? [],
                openPoint: places == nil ? nil : session.openPoint(about: item.name.folded))
        }
    }

    func hurdles(steps: [Item]) -> [Network.Hurdle] {
        let steps = Steps(steps)
        return items(at: guide?.hurdles).map { item, entry in
            Network.Hurdle(item: item, way: way(of: item, said: entry.cells.dropFirst().first ?? "", steps))
        }
    }

    private func way(of hurdle: Item, said: String, _ steps: Steps) -> Network.Hurdle.Way {
        switch hurdle.resolution {
        case .outside: return .outside
        case .step(let id):
            if let step = steps.items.first(where: { $0.id == id }) { return .step(step) }
        case nil: break
        }
        guard !said.folded.isEmpty else { return .open }
        return steps.step(said).map { .step($0) } ?? .words(said)
    }
}

/// The next steps, to be found by what people call them.
private struct Steps {
    let items: [Item]
    private let names: [String]
    /// By their names and their ids, folded.
    private let places: [String: Int]

    init(_ items: [Item]) {
        self.items = items
        names = items.map(\.name.folded)
        let called = names.enumerated().map { ($1, $0) } + items.enumerated().map { ($1.id.description.folded, $0) }
        places = Dictionary(called, uniquingKeysWith: min)
    }

    /// The step that `said` names: by its words, by a beginning of them, by its id, or by its place (`2`, `Schritt 2`).
    func step(_ said: String) -> Item? {
        let wanted = said.folded
        if let exact = places[wanted] { return items[exact] }
        let length = wanted.count
        let alike = names.indices.filter { place in
            let name = names[place]
            return (name.hasPrefix(wanted) || wanted.hasPrefix(name)) && min(name.count, length) > 5
        }
        if alike.count == 1 { return items[alike[0]] }
        let number = said.drop { !$0.isNumber }
        guard said.split(separator: " ").count <= 2, let place = Int(number), items.indices.contains(place - 1) else {
            return nil
        }
        return items[place - 1]
    }
}
