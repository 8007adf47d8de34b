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

    /// A text to read entries from: a contribution, or a wording, which has no id.
    package struct PresentText {
        package let text: String
        package let source: RecordID?
        /// Whether it is what an open point led to.
        package let isResult: Bool
    }

    /// What the group has to `question` for its network: the agreed wording, else the open one, with whatever was brought
    /// after it; else all contributions.
    package func presentTexts(of question: Question) -> [PresentText] {
        let answer = answer(to: question.id)
        guard answer.ruledOut == nil else { return [] }
        let wording = answer.agreed ?? answer.draft
        let later = visibleContributions(to: question.id).filter { $0.seq > wording?.changedSeq ?? 0 }
        return (wording.map { [PresentText(text: $0.text, source: nil, isResult: false)] } ?? [])
            + later.map { PresentText(text: $0.text, source: $0.id, isResult: $0.source == .expert) }
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
        while let next = organisation(id)?.mergedInto { id = next }
        return id
    }

    package func organisation(_ id: RecordID) -> Organisation? {
        organisations.first { $0.id == id }
    }

    /// The resource of the group that `subject` names.
    func resource(named subject: String) -> Item? {
        let reading = NetworkReading(session: self, questions: questions)
        return reading.match(subject, in: reading.items(at: dialog.network?.resources))
    }

    package func item(_ id: RecordID) -> Item? {
        items.first { $0.id == id }
    }

    func item(named name: String, of kind: RecordID.Kind) -> Item? {
        items.first { $0.id.kind == kind && !$0.name.isEmpty && $0.name.folded == name.folded }
    }
}

/// The making of a network.
private struct NetworkReading {
    let session: Session
    /// Those that are looked at.
    let questions: [Question]

    private var guide: NetworkGuide? { session.dialog.network }

    private func question(_ id: Question.ID?) -> Question? {
        questions.first { $0.id == id }
    }

    // MARK: Organisations

    func members() -> [Network.Member] {
        var statements: [RecordID: [Network.Statement]] = [:]
        for question in questions where question.answer.form == .organisations {
            for statement in self.statements(at: question) {
                guard let record = session.organisation(named: statement.entry.text) else { continue }
                statements[session.root(of: record.id), default: []].append(statement)
            }
        }
        return session.organisations.compactMap { record in
            statements[record.id].map { member(record, $0) }
        }
    }

    private func statements(at question: Question) -> [Network.Statement] {
        session.presentTexts(of: question).flatMap { present in
            session.dialog.entries(in: present.text, of: question).filter { $0.section == nil }.map {
                Network.Statement(question: question.id, entry: $0, source: present.source)
            }
        }
    }

    private func member(_ record: Organisation, _ statements: [Network.Statement]) -> Network.Member {
        let asked = Set(statements.map(\.question))
        let positions = NetworkPosition.allCases.filter { guide?.positions[$0].map(asked.contains) ?? false }
        let merged = session.organisations.filter { $0.id != record.id && session.root(of: $0.id) == record.id }
        return Network.Member(record: record, merged: merged, positions: positions, statements: statements)
    }

    // MARK: Resources, steps, hurdles

    /// The entries of a question that are records, each once.
    func items(at id: Question.ID?) -> [(item: Item, entry: Entry)] {
        guard let question = question(id),
            let kind = session.dialog.recordKind(of: question)
        else { return [] }
        var seen: Set<RecordID> = []
        // What an expert found out explains an answer and is none.
        let texts = session.presentTexts(of: question).filter { !$0.isResult }
        return texts.flatMap { session.dialog.entries(in: $0.text, of: question) }.compactMap { entry in
            guard let item = session.item(named: entry.text, of: kind), seen.insert(item.id).inserted else {
                return nil
            }
            return (item, entry)
        }
    }

    func resources() -> [Network.Resource] {
        let items = items(at: guide?.resources)
        guard !items.isEmpty else { return [] }
        let places = question(guide?.positions[.holder])
        var holders: [RecordID: [RecordID]] = [:]
        for statement in places.map({ statements(at: $0) }) ?? [] {
            guard let subject = statement.entry.subject, let item = match(subject, in: items),
                let record = session.organisation(named: statement.entry.text).map({ session.root(of: $0.id) })
            else { continue }
            if !holders[item.id, default: []].contains(record) { holders[item.id, default: []].append(record) }
        }
        return items.map { item, entry in
            let point = session.openPoints.first {
                $0.question == places?.id && $0.isOpen && $0.text.folded == item.name.folded
            }
            return Network.Resource(
                item: item, kind: entry.kind, holders: holders[item.id] ?? [], openPoint: point?.id)
        }
    }

    /// The resource that `subject` names: by its words or id, by a beginning that only one has, or by a kind of which there
    /// is only one.
    func match(_ subject: String, in items: [(item: Item, entry: Entry)]) -> Item? {
        let wanted = subject.folded
        if let exact = items.first(where: { $0.item.name.folded == wanted }) { return exact.item }
        let begun = items.filter { wanted.count > 3 && $0.item.name.folded.hasPrefix(wanted) }
        if begun.count == 1 { return begun[0].item }
        let kinds = guide?.resources.flatMap { session.dialog.question($0) }?.answer.kinds ?? []
        let meant = items.filter { _, entry in
            kinds.contains { $0.id == entry.kind && $0.matches(subject) }
        }
        return meant.count == 1 ? meant[0].item : nil
    }

    func hurdles(steps: [Item]) -> [Network.Hurdle] {
        items(at: guide?.hurdles).map { item, entry in
            Network.Hurdle(item: item, way: way(of: item, said: entry.cells.dropFirst().first ?? "", steps))
        }
    }

    private func way(of hurdle: Item, said: String, _ steps: [Item]) -> Network.Hurdle.Way {
        switch hurdle.resolution {
        case .outside: return .outside
        case .step(let id):
            if let step = steps.first(where: { $0.id == id }) { return .step(step) }
        case nil: break
        }
        guard !said.folded.isEmpty else { return .open }
        return step(said, in: steps).map { .step($0) } ?? .words(said)
    }

    /// The step that `said` names: by its words, by a beginning of them, by its id, or by its place (`2`, `Schritt 2`).
    private func step(_ said: String, in steps: [Item]) -> Item? {
        let wanted = said.folded
        if let exact = steps.first(where: { $0.name.folded == wanted || $0.id.description.folded == wanted }) {
            return exact
        }
        let alike = steps.filter { step in
            let name = step.name.folded
            return min(name.count, wanted.count) > 5 && (name.hasPrefix(wanted) || wanted.hasPrefix(name))
        }
        if alike.count == 1 { return alike[0] }
        let number = said.drop { !$0.isNumber }
        guard said.split(separator: " ").count <= 2, let place = Int(number), steps.indices.contains(place - 1) else {
            return nil
        }
        return steps[place - 1]
    }
}
