/// What has to go from stored events when a person is forgotten.
public struct Erasure: Hashable, Sendable {
    public let person: Person.ID
    /// The contributions that are hers, and the tasks that were given to her.
    public let records: Set<RecordID>
    /// Wordings that the group agreed on; they stay, whoever proposed them.
    public let agreedTexts: Set<String>
}

extension Session {
    /// What forgetting `person` takes from the events so far; to be asked before the session has forgotten her.
    public func erasure(of person: Person.ID) -> Erasure {
        var records = contributions.filter { $0.author == person }.map(\.id)
        records += actions.filter { $0.person == person }.map(\.id)
        let agreed = answers.values.compactMap { $0.agreed?.text }
        return Erasure(person: person, records: Set(records), agreedTexts: Set(agreed))
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
        switch kind {
        case .arrived, .identified, .renamed, .introduced: redactedName(of: erasure.person)
        case .contributed(let id, let question, _, let mentions, let expert) where erasure.records.contains(id):
            .contributed(id, question: question, text: "", mentions: mentions.map(\.nameless), expert: expert)
        case .contributionEdited(let id, _, let mentions) where erasure.records.contains(id):
            .contributionEdited(id, text: "", mentions: by == erasure.person ? mentions.map(\.nameless) : mentions)
        case .editSuggested(let id, _) where erasure.records.contains(id): .editSuggested(id, text: "")
        case .actionAssigned(let id, _, let person, let text, let due) where erasure.records.contains(id):
            .actionAssigned(id, to: "", person: person, text: by == erasure.person ? "" : text, due: due)
        default: by == erasure.person ? redactedWords(keeping: erasure.agreedTexts) : kind
        }
    }

    private func redactedName(of person: Person.ID) -> Kind {
        let nobody = Identity(rawValue: "")
        return switch kind {
        case .arrived(person, _, _): .arrived(person, identity: nobody, name: "")
        case .identified(person, _): .identified(person, as: nobody)
        case .renamed(person, _): .renamed(person, name: "")
        case .introduced(person, _, _): .introduced(person, name: nil, organisation: nil)
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
        default: kind
        }
    }
}

extension Mention {
    /// The organisation's id alone, so that it is never given to another one.
    fileprivate var nameless: Mention { Mention(id: id, name: "") }
}
