// Proposals, rounds and agreed answers.

extension Turn {
    mutating func propose(_ text: String?, from ids: [RecordID], to question: Question?) {
        guard let question else { return }
        guard !session.facilitatorsPropose || role == .facilitator else {
            return refuse(.facilitatorsPropose, [.names: facilitatorNames])
        }
        guard !refuses(ids) else { return }
        var parts: [String] = []
        var from: [RecordID] = []
        for id in ids where !from.contains(id) {
            guard let statement = session.statement(id) else { return refuse(.noSuchRecord, [.id: .id(id)]) }
            guard statement.question == question.id else { return refuseFromElsewhere(statement) }
            parts.append(statement.text)
            from.append(id)
        }
        let wording = text ?? question.answer.joined(parts)
        guard !wording.isEmpty else { return refuse(.emptyText) }
        // What was brought in many lines may stand in one answer.
        let brought = text == nil ? wording : ""
        guard !refuses(wording, at: question, insteadOf: brought) else { return }
        let replaced = session.answer(to: question.id).draft
        let mentions = mentions(in: wording, of: question)
        let counting = mentionsThatCount(mentions, at: question)
        let known = known(counting)
        record(.proposed(question.id, text: wording, from: from, mentions: mentions))
        let wasSeen = text != nil && source == .chat
        var values: [Phrase.Slot: Value] = [
            .question: .key(question), .text: .text(wasSeen ? wording.shortened(to: 40) : wording),
        ]
        switch source {
        case .private: say(.proposedPrivately, values)
        case .paper: say(.proposedOnPaper, values)
        case .chat, .console, .webhook, .expert:
            values[.name] = name(me?.id)
            say(.proposed, values)
        }
        if let replaced {
            if let line = askAgain(about: replaced) { say(line.phrase, line.values) }
            askAgainPrivately(about: replaced, at: question)
        }
        followUp(on: question, counting, known: known)
        tellMissingSections(in: wording, of: question)
        tellDates(in: wording, of: question, as: .key(question))
        askOneOrSeveral(in: wording, of: question, nil)
    }

    mutating func refuseFromElsewhere(_ statement: Statement) {
        guard let question = session.dialog.question(statement.question) else { return }
        let values: [Phrase.Slot: Value] = [
            .id: .id(statement.id), .question: .key(question), .text: .localized(question.key),
        ]
        refuse(.belongsElsewhere, values)
    }

    /// Reminds of the parts of the answer, such as for whom it is, that were contributed and are not in the wording.
    private mutating func tellMissingSections(in wording: String, of question: Question) {
        let told = Set(session.dialog.entries(in: wording, of: question).map(\.section))
        for section in question.answer.sections where !told.contains(section.id) {
            let contributions = session.visibleContributions(to: question.id).filter { contribution in
                session.dialog.entries(in: contribution.text, of: question).contains { $0.section == section.id }
            }
            guard !contributions.isEmpty else { continue }
            let ids = Value.ids(contributions.map(\.id))
            acknowledge(.sectionMissing, [.text: .localized(section.title), .ids: ids])
        }
    }

    mutating func editProposal(at question: Question, _ text: String) {
        guard let draft = session.answer(to: question.id).draft,
            !refuses(text, at: question, insteadOf: draft.text)
        else { return }
        record(.proposalEdited(question.id, text: text, mentions: mentions(in: text, of: question)))
        let line = askAgain(about: draft)
        if source == .private {
            // Nobody else has read the new wording yet.
            say(.presentDraft, [.text: .text(text)])
            if let line { say(line.phrase, line.values) }
        } else if let line {
            acknowledge(line.phrase, line.values)
        } else {
            acknowledge(.proposalEdited, [.question: .key(question)])
        }
        askAgainPrivately(about: draft, at: question)
        tellDates(in: text, of: question, as: .key(question))
    }

    /// Tells whose word on `former` is not a word on the new wording; nil where nobody else had spoken in the room.
    func askAgain(about former: Proposal) -> Line? {
        let others = former.voters.filter { $0 != me?.id && former.shows($0) }
        let consenting = former.consenting.filter { $0 != me?.id && former.shows($0) }
        if others.isEmpty { return nil }
        if consenting.isEmpty { return Line(.proposalEditedAskAgain, [.people: names(others)]) }
        return Line(.proposalEditedConsentsGone, [.names: names(consenting), .people: names(others)])
    }

    /// Tells those who had spoken privately, and whom nobody is to name, the same.
    mutating func askAgainPrivately(about former: Proposal, at question: Question) {
        let wording = session.answer(to: question.id).draft?.text ?? ""
        for id in former.voters where id != me?.id && !former.shows(id) {
            guard let person = session.person(id), !person.isForgotten else { continue }
            let values: [Phrase.Slot: Value] = [.question: .key(question), .text: .text(wording)]
            say(.voteOnFormerWording, values, to: .person(person.identity))
        }
    }

    /// Consents to the proposal at the named question; with the id of a contribution, confirms the edit suggested for it.
    mutating func consent(_ target: String?) {
        if let target, let id = RecordID(target), id.kind == .contribution { return confirmEdit(of: id) }
        vote(.ok, on: target)
    }

    /// Objects to the present proposal, or with a question's key before a colon to that question's: `recht: zu teuer`.
    mutating func object(_ reason: String) {
        if let (key, rest) = reason.splitAtColon, session.dialog.question(named: key)?.hasKey(key) ?? false {
            vote(.objection(rest), on: key)
        } else {
            vote(.objection(reason), on: nil)
        }
    }

    mutating func vote(_ vote: Vote, on name: String?) {
        guard let question = find(name) else { return }
        let answer = session.answer(to: question.id)
        let state = session.state(of: question.id)
        guard state == .draft || state == .agreed, let proposal = answer.draft ?? answer.agreed else {
            return refuse(.noProposal, [.question: .key(question)])
        }
        meet()
        record(.voted(question.id, vote))
        let isRepeated = me.map { proposal.votes[$0.id] == vote } ?? false
        let values: [Phrase.Slot: Value] = [.question: .key(question)]
        switch vote {
        case .ok where isRepeated: acknowledgePrivately(.consentStands, values)
        case .ok: acknowledgePrivately(state == .agreed ? .consentAfterwards : .consentNoted, values)
        case .objection: acknowledgePrivately(state == .agreed ? .objectionAfterwards : .objectionNoted, values)
        case .abstention: acknowledgePrivately(.abstentionNoted, values)
        }
    }

    mutating func agree(_ name: String?) {
        guard let question = find(name) else { return }
        guard let draft = session.answer(to: question.id).draft else {
            let isAgreed = session.state(of: question.id) == .agreed
            return refuse(isAgreed ? .agreedStands : .nothingToAgree, [.question: .key(question)])
        }
        meet()
        record(.agreed(question.id))
        let consenting = draft.consenting
        if consenting.isEmpty {
            say(.agreedByNobody, [.question: .key(question)])
        } else {
            say(.agreed, [.question: .key(question), .names: voices(consenting, on: draft)])
        }
        if !draft.abstaining.isEmpty {
            say(.agreedAbstentions, [.names: voices(draft.abstaining, on: draft)])
        }
        for (person, reason) in draft.objections.sorted(by: { $0.key < $1.key }) {
            if draft.shows(person) {
                say(.agreedObjection, [.name: self.name(person), .text: .text(reason)])
            } else {
                say(.agreedObjectionPrivately, [.text: .text(reason)])
            }
        }
        tellMission(agreedAt: question)
    }

    /// Those who spoke in the room by name, the others by their number.
    private func voices(_ people: [Person.ID], on proposal: Proposal) -> Value {
        let named = people.filter(proposal.shows)
        let others = people.count - named.count
        return .list(
            named.map { name($0) } + (others > 0 ? [.line(Line(.votesPrivately, [.count: .count(others)]))] : []))
    }
}
