import FoundationEssentials

// What the network needs and has: resources walked one by one, hurdles with their steps, what is still missing.

extension Turn {
    /// What a question of the network is to begin with, behind its prompt.
    mutating func introduce(_ question: Question) {
        guard let guide = session.dialog.network else { return }
        if question.id == guide.positions[.holder] { askForHolder() }
        if question.id == guide.positions[.opponent] {
            let until = session.concernsRetainedUntil ?? session.retainedUntil
            say(.concernsNotice, [.date: .day(until)])
        }
    }

    // MARK: Resources

    /// Asks for the first resource that nobody brings and that is no open point; nothing where there is none.
    mutating func askForHolder() {
        let needs = session.needs
        guard !session.derived.network.needs.isEmpty else { return }
        guard let next = needs.first(where: \.isAwaited) else {
            return needs.allSatisfy(\.isMatched) ? say(.allResourcesMatched) : ()
        }
        say(.askForHolder, [.id: .id(next.item.id), .text: .text(next.item.name)])
    }

    /// Keeps as an open point that nobody is known who could bring a resource.
    mutating func raiseMissingHolder(of id: RecordID?) {
        let found = session.needs.first { id == nil ? $0.isAwaited : $0.item.id == id }
        guard let resource = found, let place = session.dialog.network?.positions[.holder],
            let question = session.dialog.question(place)
        else {
            guard let id else { return refuse(.noResourceAwaited) }
            return refuse(.noSuchRecord, [.id: .id(id)])
        }
        guard resource.openPoint == nil, !resource.isMatched else {
            return refuse(.resourceSettled, [.id: .id(resource.item.id), .text: .text(resource.item.name)])
        }
        meet()
        let point = nextID(.openPoint)
        record(.openPointRaised(point, question: question.id, text: resource.item.name))
        say(.openPointRaised, [.id: .id(point), .date: .typedDay(at.addingTimeInterval(10 * 86_400))])
        if session.current == question.id { askForHolder() }
    }

    /// What somebody typed at the question for resource holders, with the resource in front.
    ///
    /// | typed                         | while R1 »Wasser« is asked for is read as                            |
    /// |-------------------------------|----------------------------------------------------------------------|
    /// | `Sparkasse, Landkreis`        | `Wasser: Sparkasse, Landkreis`: an answer to what was asked          |
    /// | `R2: Bauhof`, `Wagen: Bauhof` | `Tankwagen: Bauhof`: names the resource itself                       |
    /// | `Bauhof: Tankwagen`           | `Tankwagen: Bauhof`: the other way round, as people say it           |
    /// | `Bauhof: nur im Sommer`       | `Wasser: Bauhof: nur im Sommer`, where the Bauhof is known already   |
    ///
    /// At the questions for tasks and benefits `O1 wartet die Rigolen` is read as `Stadtwerke: wartet die Rigolen`.
    func completed(_ text: String, at question: Question) -> String {
        let guide = session.dialog.network
        if question.id == guide?.tasks || question.id == guide?.benefits {
            return withOrganisation(text, at: question)
        }
        guard question.id == guide?.positions[.holder] else { return text }
        let asked = question.id == session.current ? session.needs.first(where: \.isAwaited) : nil
        let parts = text.split { $0 == ";" || $0.isNewline }.map { $0.trimmed }.filter { !$0.isEmpty }
        let reading = OrganisationReading(question, in: session.dialog)
        guard parts.contains(where: { $0.splitAtColon != nil }) else {
            guard let name = asked?.item.name else { return text }
            guard let reading else { return "\(name): \(parts.joined(separator: ", "))" }
            if let list = reading.list(of: parts) { return "\(reading.subject(name)): \(list)" }
            return parts.map { "\(reading.subject(name)): \($0)" }.joined(separator: "; ")
        }
        let read = parts.map { withResource($0, asked: asked?.item, reading) }
        return read == parts ? text : read.joined(separator: "; ")
    }

    /// What stands behind a semicolon is said of the same organisation, unless it names another one.
    private func withOrganisation(_ text: String, at question: Question) -> String {
        var called: String?
        let parts = text.split { $0 == ";" || $0.isNewline }.map { $0.trimmed }.filter { !$0.isEmpty }
        let read = parts.map { part -> String in
            let word = part.prefix { !$0.isWhitespace && $0 != ":" }
            let rest = part.dropFirst(word.count).drop { $0 == ":" || $0.isWhitespace }
            if let id = RecordID(word), !rest.isEmpty, let named = session.named(session.root(of: id)) {
                called = named.name
                return statement(of: named.name, String(rest), at: question)
            }
            if part.splitAtColon != nil { called = nil }
            return called.map { statement(of: $0, part, at: question) } ?? part
        }
        return read == parts ? text : read.joined(separator: "; ")
    }

    private func withResource(_ part: String, asked: Item?, _ reading: OrganisationReading?) -> String {
        func subject(_ name: String) -> String { reading?.subject(name) ?? name }
        guard let (head, tail) = part.splitAtColon else { return part }
        if let id = RecordID(head), let resource = session.item(id) { return "\(subject(resource.name)): \(tail)" }
        guard session.resource(named: head) == nil else { return part }
        let resources = tail.parts(separatedBy: ",").map { session.resource(named: $0)?.name }
        if !resources.contains(nil) {
            return resources.compactMap(\.self).map { "\(subject($0)): \(head)" }.joined(separator: "; ")
        }
        guard let asked, session.organisation(named: head) != nil else { return part }
        return "\(subject(asked.name)): \(part)"
    }

    /// The result of an open point about a resource, with that resource in front.
    func completed(_ result: String, for point: OpenPoint) -> String {
        guard point.question == session.dialog.network?.positions[.holder], result.splitAtColon == nil,
            session.needs.contains(where: { $0.openPoint == point.id })
        else { return result }
        let question = session.dialog.question(point.question)
        let reading = question.flatMap { OrganisationReading($0, in: session.dialog) }
        return "\(reading?.subject(point.text) ?? point.text): \(result)"
    }

    /// What follows for the network from a text with these `mentions`, of which some were `known`: names that are alike, the
    /// next resource, a new resource that nobody brings.
    mutating func followUp(on question: Question, _ mentions: [Mention], known: Set<RecordID>) {
        guard let guide = session.dialog.network, session.dialog.recordKind(of: question) != nil else { return }
        offerMerging(mentions.filter { $0.id.kind == .organisation }.map { session.root(of: $0.id) }, known)
        guard let holders = guide.positions[.holder] else { return }
        if question.id == holders, session.current == holders { return askForHolder() }
        guard question.id == guide.resources, session.state(of: holders) != .empty else { return }
        let new = Set(mentions.map(\.id)).subtracting(known)
        guard !new.isEmpty, let place = session.dialog.question(holders) else { return }
        for need in session.needs where new.contains(need.item.id) && !need.isMatched {
            acknowledge(
                .resourceAdded, [.id: .id(need.item.id), .text: .text(need.item.name), .question: .key(place)])
        }
    }

    /// Those of the records that a text is about to name which the network has already.
    func known(_ mentions: [Mention]) -> Set<RecordID> {
        var known: Set<RecordID> = []
        for mention in mentions {
            switch mention.id.kind {
            case .organisation:
                let root = session.root(of: mention.id)
                if session.isNamed(root) { known.insert(root) }
            default:
                let place = session.derived.names.itemPlaces[mention.id]
                if place.map(session.derived.network.isNeeded) ?? false { known.insert(mention.id) }
            }
        }
        return known
    }

    /// What a contribution, or a wording, to `question` makes count: the records that it names, and where the question does
    /// not apply so far, those of all that was said to it before.
    func mentionsThatCount(_ mentions: [Mention], at question: Question) -> [Mention] {
        let answer = session.answer(to: question.id)
        guard answer.ruledOut != nil, session.dialog.recordKind(of: question) != nil else { return mentions }
        let former = session.visibleContributions(to: question.id).flatMap(\.mentions)
        return (answer.agreed?.mentions ?? []) + former + mentions
    }

    // MARK: Hurdles

    mutating func resolveHurdle(_ id: RecordID, _ resolution: Item.Resolution) {
        let network = session.network
        guard let hurdle = network.hurdles.first(where: { $0.item.id == id }) else {
            return refuse(.noSuchRecord, [.id: .id(id)])
        }
        switch resolution {
        case .outside:
            meet()
            record(.hurdleResolved(id, .outside))
            acknowledge(.hurdleOutside, [.id: .id(id), .text: .text(hurdle.item.name)])
        case .step(let step):
            guard let found = network.steps.first(where: { $0.id == step }) else {
                return refuse(.noSuchRecord, [.id: .id(step)])
            }
            meet()
            record(.hurdleResolved(id, .step(step)))
            acknowledge(
                .hurdleLinked,
                [.id: .id(id), .text: .text(hurdle.item.name), .record: .id(step), .name: .text(found.name)])
        }
    }

    // MARK: What is missing

    /// Says, when the group leaves a question of the network, what its answers still lack.
    mutating func tellGaps(leaving question: Question.ID) {
        guard let guide = session.dialog.network, session.state(of: question) != .empty else { return }
        let gaps = session.network.gaps(in: session.dialog)
        let lines: [Line?] =
            switch question {
            case guide.tasks: [taskKindsLine(gaps)]
            case guide.benefits: symmetryLines(gaps)
            case guide.positions[.holder]: [resourcesLine(gaps)]
            case guide.hurdles: [hurdlesLine(gaps)]
            default: []
            }
        for line in lines.compactMap(\.self) { say(line.phrase, line.values) }
    }

    /// Everything that the network still lacks, a line for each sort of gap.
    func gapLines(_ network: Network) -> [Line] {
        let gaps = network.gaps(in: session.dialog)
        let lines = [taskKindsLine(gaps)] + symmetryLines(gaps) + [spheresLine(gaps), resourcesLine(gaps)]
        return (lines + [hurdlesLine(gaps)]).compactMap(\.self)
    }

    private func taskKindsLine(_ gaps: NetworkGaps) -> Line? {
        line(.gapTaskKinds, gaps.taskKinds.map { .localized($0.title) })
    }

    private func symmetryLines(_ gaps: NetworkGaps) -> [Line?] {
        [
            line(.gapBenefits, gaps.withoutBenefit.map { .text($0.name) }),
            line(.gapTasks, gaps.withoutTask.map { .text($0.name) }),
        ]
    }

    private func spheresLine(_ gaps: NetworkGaps) -> Line? {
        line(.gapSpheres, gaps.spheres.map { .localized($0.title) })
    }

    private func resourcesLine(_ gaps: NetworkGaps) -> Line? {
        line(.gapResources, gaps.resources.map { named($0.item) })
    }

    private func hurdlesLine(_ gaps: NetworkGaps) -> Line? {
        line(.gapHurdles, gaps.hurdles.map { named($0.item) })
    }

    private func named(_ item: Item) -> Value {
        .line(Line(.recordItem, [.id: .id(item.id), .text: .text(item.name)]))
    }

    private func line(_ phrase: Phrase, _ values: [Value]) -> Line? {
        values.isEmpty ? nil : Line(phrase, [.names: .list(values)])
    }
}
