// What is kept about a person: showing it to her, and erasing it.

extension Turn {
    mutating func showMyData() {
        guard let me else { return acknowledge(.nothingAboutYou) }
        var lines = [Line(.myName, [.name: .text(me.name), .text: .text(me.organisation ?? "–")])]
        for contribution in session.contributions where contribution.author == me.id {
            let question = session.dialog.question(contribution.question)
            lines.append(
                Line(
                    .myContribution,
                    [
                        .id: .id(contribution.id), .question: question.map(Value.key) ?? .text(""),
                        .text: .text(contribution.text), .date: .day(contribution.at),
                    ]))
        }
        for question in session.questions {
            let answer = session.answer(to: question.id)
            for proposal in [answer.agreed, answer.draft].compactMap({ $0 }) {
                if proposal.proposer == me.id {
                    lines.append(Line(.myProposal, [.question: .key(question), .text: .text(proposal.text)]))
                }
                if let reason = proposal.objections[me.id] {
                    lines.append(Line(.myObjection, [.question: .key(question), .text: .text(reason)]))
                } else if proposal.votes[me.id] != nil, proposal.proposer != me.id {
                    lines.append(Line(.myVote, [.question: .key(question)]))
                }
            }
        }
        lines += session.openPoints.filter { $0.raisedBy == me.id || $0.owner == me.id }.map {
            Line(.myOpenPoint, [.id: .id($0.id), .text: .text($0.text)])
        }
        lines += session.actions.filter { $0.person == me.id }.map {
            Line(.myAction, [.id: .id($0.id), .text: .text($0.text)])
        }
        lines += session.parked.filter { $0.by == me.id }.map { Line(.myParked, [.id: .id($0.id), .text: .text($0.text)]) }
        lines.append(Line(.keptUntil, [.date: .day(session.retainedUntil)]))
        guard let speaker else { return }
        show(lines, to: .person(speaker.identity))
    }

    /// Erases what is about the speaker, after she has said so twice.
    mutating func forgetMe(confirmed: Bool) {
        guard let me, let speaker else { return acknowledge(.nothingAboutYou) }
        if facilitators.count == 1, me.isFacilitator, session.state != .ended {
            return refuse(.handOverFirst)
        }
        guard confirmed else { return acknowledgePrivately(.confirmForget) }
        record(.forgotten(me.id), by: me.id)
        say(.forgotten, to: .person(speaker.identity))
    }
}

/// What has to go from stored events when a person is forgotten.
public struct Erasure: Hashable, Sendable {
    public let person: Person.ID
    /// The contributions, open points, tasks and parked matters whose words are hers.
    public let records: Set<RecordID>
    /// Wordings that the group agreed on; they stay, whoever proposed them.
    public let agreedTexts: Set<String>
}

extension Session {
    /// What forgetting `person` takes from the events so far.
    public func erasure(of person: Person.ID) -> Erasure {
        var records = contributions.filter { $0.author == person }.map(\.id)
        records += openPoints.filter { $0.raisedBy == person || $0.owner == person }.map(\.id)
        records += actions.filter { $0.person == person }.map(\.id)
        records += parked.filter { $0.by == person }.map(\.id)
        let agreed = answers.values.compactMap { $0.agreed?.text }
        return Erasure(person: person, records: Set(records), agreedTexts: Set(agreed))
    }
}

extension Event {
    /// The event without a forgotten person's name and words; its place in the session stays.
    public func redacted(by erasure: Erasure) -> Event {
        Event(seq: seq, at: at, by: by, source: source, kind: redactedKind(by: erasure))
    }

    private func redactedKind(by erasure: Erasure) -> Kind {
        let isHers = by == erasure.person
        switch kind {
        case .arrived(let id, _, _) where id == erasure.person:
            return .arrived(id, identity: Identity(rawValue: ""), name: "")
        case .identified(let id, _) where id == erasure.person: return .identified(id, as: Identity(rawValue: ""))
        case .renamed(let id, _) where id == erasure.person: return .renamed(id, name: "")
        case .introduced(let id, _, _) where id == erasure.person: return .introduced(id, name: nil, organisation: nil)
        case .contributed(let id, let question, _, _, let expert) where erasure.records.contains(id) || isHers:
            return .contributed(id, question: question, text: "", mentions: [], expert: expert)
        case .contributionEdited(let id, _, _) where erasure.records.contains(id):
            return .contributionEdited(id, text: "", mentions: [])
        case .editSuggested(let id, _) where erasure.records.contains(id) || isHers: return .editSuggested(id, text: "")
        case .proposed(let question, let text, let from, let mentions) where isHers && !erasure.agreedTexts.contains(text):
            return .proposed(question, text: "", from: from, mentions: mentions)
        case .proposalEdited(let question, let text, let mentions) where isHers && !erasure.agreedTexts.contains(text):
            return .proposalEdited(question, text: "", mentions: mentions)
        case .voted(let question, .objection) where isHers: return .voted(question, .objection(""))
        case .skipped(let question, _) where isHers: return .skipped(question, reason: nil)
        case .openPointRaised(let id, let question, _) where isHers: return .openPointRaised(id, question: question, text: "")
        case .openPointCleared(let id, _) where isHers || erasure.records.contains(id):
            return .openPointCleared(id, result: "")
        case .parked(let id, _) where isHers: return .parked(id, text: "")
        case .actionAssigned(let id, _, let text, let due) where erasure.records.contains(id):
            return .actionAssigned(id, to: "", text: text, due: due)
        default: return kind
        }
    }
}
