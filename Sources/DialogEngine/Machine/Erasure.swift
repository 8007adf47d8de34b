/// What has to go from stored events when a person is forgotten, or when the concerns at a question are erased.
public struct Erasure: Hashable, Sendable {
    /// Her records; several where she spoke before she proved her account.
    public var people: Set<Person.ID> = []
    /// The questions at which every word goes, whoever said it.
    public var questions: Set<Question.ID> = []
    /// What she contributed, raised and parked, and the tasks that were given to her; whatever stands at the question.
    public let records: Set<RecordID>
    /// The tasks that she gave to herself.
    public var ownTasks: Set<RecordID> = []
    /// Wordings that the group agreed on; they stay, whoever proposed them.
    public var agreedTexts: Set<String> = []
    /// Who wrote the records on paper.
    public var writer: String?
}

extension Erasure {
    /// Whether the words of the record are hers; those of a task are, where she gave it to herself.
    fileprivate func owns(_ id: RecordID) -> Bool {
        id.kind == .action ? ownTasks.contains(id) : records.contains(id)
    }
}

extension Session {
    /// What forgetting `person` takes from the events so far; to be asked before the session has forgotten her.
    public func erasure(of person: Person.ID) -> Erasure {
        let identity = self.person(person)?.identity
        let hers = Set(identity.map { people(with: $0).map(\.id) } ?? []).union([person])
        // What she copied from paper is not hers.
        var records = contributions.filter { $0.author.map(hers.contains) ?? false && $0.source != .paper }.map(\.id)
        records += openPoints.filter { $0.raisedBy.map(hers.contains) ?? false && $0.isOnPaper == nil }.map(\.id)
        records += parked.filter { $0.by.map(hers.contains) ?? false }.map(\.id)
        records += actions.filter { $0.person.map(hers.contains) ?? false }.map(\.id)
        let ownTasks = actions.filter { $0.person.map(hers.contains) ?? false && $0.person == $0.assignedBy }.map(\.id)
        let agreed = answers.values.compactMap { $0.agreed?.text }
        return Erasure(people: hers, records: Set(records), ownTasks: Set(ownTasks), agreedTexts: Set(agreed))
    }
}

extension Session {
    /// What forgetting somebody of another group takes from the events so far; nil where nothing here is hers.
    public func erasure(of visitor: Visitor) -> Erasure? {
        let ids = remarks.filter { $0.isBy(visitor) }.map(\.id)
        return ids.isEmpty ? nil : Erasure(records: Set(ids))
    }
}

extension Event {
    /// The event without a forgotten person's name and words; its place in the session stays.
    ///
    /// Replaying the redacted events gives the same session as forgetting her did.
    public func redacted(by erasure: Erasure) -> Event {
        Event(seq: seq, at: at, by: by, source: source, kind: redactedKind(by: erasure))
    }

    private func redactedKind(by erasure: Erasure) -> Kind {
        if !erasure.questions.isEmpty { return redactedWords(at: erasure.questions, of: erasure.records) }
        let isHers = author.map(erasure.people.contains) ?? false
        return switch kind {
        case .arrived, .identified, .renamed, .introduced: redactedName(of: erasure.people)
        // The organisations that a writer of paper named stay: the copyist stands for them.
        case .contributed(let id, let question, _, let mentions, let expert) where erasure.records.contains(id):
            .contributed(
                id, question: question, text: "",
                mentions: erasure.writer == nil ? mentions.map(\.nameless) : mentions, expert: expert)
        case .contributionEdited(let id, _, let mentions) where erasure.records.contains(id):
            .contributionEdited(id, text: "", mentions: isHers ? mentions.map(\.nameless) : mentions)
        case .editSuggested(let id, _) where erasure.records.contains(id): .editSuggested(id, text: "")
        case .actionAssigned(let id, _, let person, let text, let due) where erasure.records.contains(id):
            .actionAssigned(id, to: "", person: person, text: erasure.ownTasks.contains(id) ? "" : text, due: due)
        case .contactPlanned(let id, let plan):
            .contactPlanned(id, plan.forgetting(erasure.people, isTheirs: isHers))
        case .amended(let id, .some, let due) where erasure.owns(id): .amended(id, text: "", due: due)
        case .paperBegan(let writer?) where writer.folded == erasure.writer?.folded: .paperBegan(writer: nil)
        case .remarked(let id, let question, _, let group, _) where erasure.records.contains(id):
            .remarked(id, question: question, text: "", group: group, visitor: nil)
        default: isHers ? redactedWords(keeping: erasure.agreedTexts) : kind
        }
    }

    private func redactedName(of people: Set<Person.ID>) -> Kind {
        let nobody = Identity(rawValue: "")
        return switch kind {
        case .arrived(let id, _, _) where people.contains(id): .arrived(id, identity: nobody, name: "")
        case .identified(let id, _) where people.contains(id): .identified(id, as: nobody)
        case .renamed(let id, _) where people.contains(id): .renamed(id, name: "")
        case .introduced(let id, _, _) where people.contains(id): .introduced(id, name: nil, organisation: nil)
        default: kind
        }
    }

    /// The event of a forgotten person without her words.
    private func redactedWords(keeping agreedTexts: Set<String>) -> Kind {
        switch kind {
        case .editSuggested(let id, _): .editSuggested(id, text: "")
        case .proposed(let question, let text, let from, let mentions) where !agreedTexts.contains(text):
            .proposed(question, text: "", from: from, mentions: mentions.map(\.nameless))
        case .proposalEdited(let question, let text, let mentions) where !agreedTexts.contains(text):
            .proposalEdited(question, text: "", mentions: mentions.map(\.nameless))
        case .voted(let question, .objection): .voted(question, .objection(""))
        case .skipped(let question, .some): .skipped(question, reason: "")
        case .openPointRaised(let id, let question, _): .openPointRaised(id, question: question, text: "")
        case .expertAsked(let id, _, let due): .expertAsked(id, expert: "", due: due)
        case .openPointCleared(let id, _): .openPointCleared(id, result: "")
        case .parked(let id, _): .parked(id, text: "")
        case .recordsNamed(let question, let place, let mentions) where place != .agreed:
            .recordsNamed(question, in: place, mentions: mentions.map(\.nameless))
        case .contributionsGrouped(let id, let question, let members, _):
            .contributionsGrouped(id, question: question, members: members, text: nil)
        default: kind
        }
    }
}

extension Event {
    /// The event without any word that was said at `questions`.
    fileprivate func redactedWords(at questions: Set<Question.ID>, of records: Set<RecordID>) -> Kind {
        switch kind {
        case .contributed(let id, let question, _, let mentions, let expert) where questions.contains(question):
            .contributed(
                id, question: question, text: "", mentions: mentions.map(\.nameless), expert: expert.map { _ in "" })
        case .contributionEdited(let id, _, let mentions) where records.contains(id):
            .contributionEdited(id, text: "", mentions: mentions.map(\.nameless))
        case .editSuggested(let id, _) where records.contains(id): .editSuggested(id, text: "")
        case .proposed(let question, _, let from, let mentions) where questions.contains(question):
            .proposed(question, text: "", from: from, mentions: mentions.map(\.nameless))
        case .proposalEdited(let question, _, let mentions) where questions.contains(question):
            .proposalEdited(question, text: "", mentions: mentions.map(\.nameless))
        case .recordsNamed(let question, let place, let mentions) where questions.contains(question):
            .recordsNamed(question, in: place, mentions: mentions.map(\.nameless))
        case .voted(let question, .objection) where questions.contains(question): .voted(question, .objection(""))
        case .skipped(let question, .some) where questions.contains(question): .skipped(question, reason: "")
        case .ruledOut(let question, _) where questions.contains(question): .ruledOut(question, reason: "")
        case .openPointRaised(let id, let question, _) where questions.contains(question):
            .openPointRaised(id, question: question, text: "")
        case .expertAsked(let id, _, let due) where records.contains(id): .expertAsked(id, expert: "", due: due)
        case .openPointCleared(let id, _) where records.contains(id): .openPointCleared(id, result: "")
        case .amended(let id, .some, let due) where records.contains(id): .amended(id, text: "", due: due)
        case .contributionsGrouped(let id, let question, let members, .some) where questions.contains(question):
            .contributionsGrouped(id, question: question, members: members, text: nil)
        case .contactPlanned(let id, _) where records.contains(id): .contactPlanned(id, ContactPlan())
        default: kind
        }
    }
}

extension ContactPlan {
    /// The plan without what is about `people`, and without the words of whoever made it if she is one of them.
    func forgetting(_ people: Set<Person.ID>, isTheirs: Bool) -> ContactPlan {
        var plan = self
        if let person, people.contains(person) {
            plan.person = nil
            plan.assignee = nil
        }
        if isTheirs {
            plan.counterpart = nil
            plan.request = nil
        }
        return plan
    }
}

extension Mention {
    /// The organisation's id alone, so that it is never given to another one.
    fileprivate var nameless: Mention { Mention(id: id, name: "") }
}
