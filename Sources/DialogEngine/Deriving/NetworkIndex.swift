/// What the texts at the questions of the network name at present: read once, and counted as texts come and go.
///
/// What a question has is the agreed wording, else the open one, with whatever was brought after it; else all
/// contributions.
struct NetworkIndex: Hashable, Sendable {
    /// An entry of a text, with the place of the record that it names.
    struct Naming: Hashable, Sendable {
        let entry: Entry
        let record: Int
        /// What the entry speaks about, folded.
        let subject: String?
    }

    /// Something that the group needs at present.
    struct Need: Hashable, Sendable {
        /// The place of its record among the items.
        let item: Int
        /// The id of its kind.
        let kind: String?
        /// Its name, folded.
        let name: String
    }

    private enum Source: Hashable {
        case contribution(Int)
        case wording(Question.ID)
    }

    /// What contributions name, by their places.
    private(set) var texts: [Int: [Naming]] = [:]
    /// What the wordings that count at present name.
    private(set) var wordings: [Question.ID: [Naming]] = [:]
    /// The contributions that count at present.
    private(set) var present = Places<Question.ID>()
    private var ruledOut: Set<Question.ID> = []
    /// How often each organisation is named, by its place; not those that are not.
    private(set) var named: [Int: Int] = [:]
    /// What the group needs, in the order of its question, each once.
    private(set) var needs: [Need] = []
    private var needed: Set<Int> = []
    private var neededByName: [String: Int] = [:]
    /// How often somebody is named who can bring something, by the place of the item.
    private(set) var brought: [Int: Int] = [:]
    /// The places of the organisations that were merged into others, by those.
    private(set) var merged: [RecordID: [Int]] = [:]
    /// Names in texts that mean no record.
    private var unknown: [RecordName: Set<Source>] = [:]
    private var unknownIn: [Source: Set<RecordName>] = [:]

    init() {}

    init(of session: Session, _ contributions: ContributionIndex, _ names: NameIndex) {
        noteMerging(in: session)
        for question in session.dialog.allQuestions where session.dialog.recordKind(of: question) != nil {
            for place in contributions.all[question.id] { read(place, at: question, in: session, names) }
            recount(question.id, in: session, contributions, names)
        }
    }

    mutating func noteMerging(in session: Session) {
        merged = [:]
        for place in session.organisations.indices where session.organisations[place].mergedInto != nil {
            merged[session.root(of: session.organisations[place].id), default: []].append(place)
        }
    }

    // MARK: Texts that come and go

    /// Follows a contribution that is new, reads otherwise, or was withdrawn.
    mutating func note(
        _ place: Int, at id: Question.ID, in session: Session, _ contributions: ContributionIndex, _ names: NameIndex
    ) {
        guard let question = session.dialog.question(id), session.dialog.recordKind(of: question) != nil else { return }
        let answer = session.answer(to: id)
        if answer.ruledOut == nil, ruledOut.contains(id) {
            read(place, at: question, in: session, names)
            return recount(id, in: session, contributions, names)
        }
        let contribution = session.contributions[place]
        let isPresent =
            answer.ruledOut == nil && !contribution.isWithdrawn && !contribution.isHidden
            && contribution.seq > (answer.agreed ?? answer.draft)?.changedSeq ?? 0
        let isLast = present[id].last.map { $0 < place } ?? true
        let wasPresent = present.has(place, under: id)
        if wasPresent { count(texts[place] ?? [], at: id, -1, in: session) }
        read(place, at: question, in: session, names)
        if isPresent {
            present.add(place, under: id)
            count(texts[place] ?? [], at: id, 1, in: session)
        } else {
            present.remove(place, under: id)
        }
        if id == session.dialog.network?.resources {
            if isLast, isPresent { need(texts[place] ?? [], in: session) } else { recountNeeds(in: session) }
            recountBrought(in: session)
        }
    }

    /// Follows a change of what counts at a question.
    mutating func recount(
        _ id: Question.ID, in session: Session, _ contributions: ContributionIndex, _ names: NameIndex
    ) {
        guard let question = session.dialog.question(id), session.dialog.recordKind(of: question) != nil else { return }
        count(wordings[id] ?? [], at: id, -1, in: session)
        for place in present[id] { count(texts[place] ?? [], at: id, -1, in: session) }
        present.removeAll(under: id)
        let answer = session.answer(to: id)
        let wording = answer.ruledOut == nil ? answer.agreed ?? answer.draft : nil
        wordings[id] = wording.map { namings(in: $0.text, at: question, from: .wording(id), in: session, names) }
        if wording == nil { setUnknown([], in: .wording(id)) }
        if answer.ruledOut == nil {
            ruledOut.remove(id)
            count(wordings[id] ?? [], at: id, 1, in: session)
            for place in contributions.visible[id]
            where session.contributions[place].seq > wording?.changedSeq ?? 0 {
                present.add(place, under: id)
                count(texts[place] ?? [], at: id, 1, in: session)
            }
        } else {
            ruledOut.insert(id)
        }
        if id == session.dialog.network?.resources {
            recountNeeds(in: session)
            recountBrought(in: session)
        }
    }

    /// Reads again the texts that named something before there was a record of it.
    mutating func resolve(
        _ new: [RecordName], in session: Session, _ contributions: ContributionIndex, _ names: NameIndex
    ) {
        guard !unknown.isEmpty else { return }
        for source in Set(new.flatMap { unknown[$0] ?? [] }) {
            switch source {
            case .contribution(let place):
                note(place, at: session.contributions[place].question, in: session, contributions, names)
            case .wording(let id): recount(id, in: session, contributions, names)
            }
        }
    }

    // MARK: Reading

    private mutating func read(_ place: Int, at question: Question, in session: Session, _ names: NameIndex) {
        let contribution = session.contributions[place]
        // What an expert found out explains an answer and is no resource, step or hurdle.
        let isRead = contribution.source != .expert || question.answer.form == .organisations
        let namings =
            isRead
            ? namings(in: contribution.text, at: question, from: .contribution(place), in: session, names) : []
        texts[place] = namings.isEmpty ? nil : namings
    }

    private mutating func namings(
        in text: String, at question: Question, from source: Source, in session: Session, _ names: NameIndex
    ) -> [Naming] {
        guard let kind = session.dialog.recordKind(of: question), !text.isEmpty else {
            setUnknown([], in: source)
            return []
        }
        var namings: [Naming] = []
        var unknown: Set<RecordName> = []
        for entry in session.dialog.entries(in: text, of: question) where kind != .organisation || entry.section == nil
        {
            let name = entry.text.folded
            if let place = names.place(kind, named: name) {
                namings.append(Naming(entry: entry, record: place, subject: entry.subject?.folded))
            } else {
                unknown.insert(RecordName(kind: kind, name: name))
            }
        }
        setUnknown(unknown, in: source)
        return namings
    }

    private mutating func setUnknown(_ new: Set<RecordName>, in source: Source) {
        let old = unknownIn[source] ?? []
        guard old != new else { return }
        for name in old {
            unknown[name]?.remove(source)
            if unknown[name]?.isEmpty ?? false { unknown[name] = nil }
        }
        for name in new { unknown[name, default: []].insert(source) }
        unknownIn[source] = new.isEmpty ? nil : new
    }

    // MARK: Counting

    private mutating func count(_ namings: [Naming], at id: Question.ID, _ number: Int, in session: Session) {
        guard let guide = session.dialog.network, session.dialog.question(id)?.answer.form == .organisations else {
            return
        }
        for naming in namings { named.count(number, of: naming.record) }
        if id == guide.positions[.holder] { countBrought(namings, number, in: session) }
    }

    private mutating func countBrought(_ namings: [Naming], _ number: Int, in session: Session) {
        for naming in namings {
            guard let typed = naming.entry.subject, let subject = naming.subject,
                let item = match(typed, folded: subject, in: session)
            else { continue }
            brought.count(number, of: item)
        }
    }

    private mutating func recountBrought(in session: Session) {
        brought = [:]
        guard let holders = session.dialog.network?.positions[.holder] else { return }
        countBrought(wordings[holders] ?? [], 1, in: session)
        for place in present[holders] { countBrought(texts[place] ?? [], 1, in: session) }
    }

    private mutating func recountNeeds(in session: Session) {
        needs = []
        needed = []
        neededByName = [:]
        guard let id = session.dialog.network?.resources else { return }
        need(wordings[id] ?? [], in: session)
        for place in present[id] { need(texts[place] ?? [], in: session) }
    }

    private mutating func need(_ namings: [Naming], in session: Session) {
        for naming in namings where needed.insert(naming.record).inserted {
            let name = session.items[naming.record].name.folded
            needs.append(Need(item: naming.record, kind: naming.entry.kind, name: name))
            if neededByName[name] == nil { neededByName[name] = naming.record }
        }
    }

    /// Whether the group needs the item at present.
    func isNeeded(_ item: Int) -> Bool { needed.contains(item) }

    /// The resource that `subject` names, by its place among the items: by its words, by a beginning that only one has, or by
    /// a kind of which there is only one.
    func match(_ subject: String, folded wanted: String, in session: Session) -> Int? {
        if let exact = neededByName[wanted] { return exact }
        let begun = needs.filter { wanted.count > 3 && $0.name.hasPrefix(wanted) }
        if begun.count == 1 { return begun[0].item }
        let kinds = session.dialog.network?.resources.flatMap { session.dialog.question($0) }?.answer.kinds ?? []
        let meant = Set(kinds.filter { $0.matches(subject) }.map(\.id))
        guard !meant.isEmpty else { return nil }
        let alike = needs.filter { $0.kind.map(meant.contains) ?? false }
        return alike.count == 1 ? alike[0].item : nil
    }
}

extension [Int: Int] {
    /// Counts `number` more, or less; what there is none of is not in it.
    fileprivate mutating func count(_ number: Int, of place: Int) {
        let sum = self[place, default: 0] + number
        self[place] = sum == 0 ? nil : sum
    }
}
