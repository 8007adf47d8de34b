import FoundationEssentials

// Contributions: bringing, correcting and withdrawing them.

extension Turn {
    /// A plain line counts in a private message, in the terminal, and in the room while everything is collected.
    var plainLinesCount: Bool {
        let isCollecting = session.mode == .collect && (session.state == .running || session.state == .paused)
        return source == .private || source == .console || isCollecting
    }

    mutating func takePlain(_ text: String) {
        guard plainLinesCount else { return }
        if source == .private, session.dots != nil, let ids = ids(in: text) { return placeDots(ids) }
        take(.contribute(text, question: nil))
    }

    /// The ids that a line is made of; nil where it has anything else.
    private func ids(in text: String) -> [RecordID]? {
        let words = text.split { $0.isWhitespace || $0 == "," }
        let ids = words.compactMap { RecordID($0) }
        return ids.isEmpty || ids.count < words.count ? nil : ids
    }

    /// To the present question; in a gallery walk, on the answer that is looked at.
    private mutating func bring(_ text: String) {
        if session.gallery == nil { contribute(text, to: session.currentQuestion) } else { remark(text) }
    }

    /// Where such a line is no talk, somebody does not know how to go on.
    mutating func takeBare(_ bare: Bare) {
        guard plainLinesCount else { return }
        switch bare {
        case .mark, .help: help(.moment)
        case .leave: acknowledge(.howToLeave)
        }
    }

    /// Nothing is stored: whoever means the word as a contribution says so with one more sign.
    mutating func takeBareVerb(_ typed: String) {
        guard plainLinesCount else { return }
        refuse(.bareVerb, [.verb: .text(typed)])
    }

    /// Where a word behind `+` is no question's key, it is the first one of the text.
    mutating func contribute(_ text: String, to word: String?) {
        guard let word else { return bring(text) }
        if let question = session.dialog.question(keyed: word) { return contribute(text, to: question) }
        let whole = "\(word) \(text)"
        guard let near = session.dialog.question(near: word) else {
            return bring(whole)
        }
        refuse(.questionOrText, [.question: .localized(near.key), .text: .text(whole.shortened(to: 40))])
    }

    mutating func contribute(_ text: String, to question: Question?) {
        guard let question, !refuses(text, at: question) else { return }
        meet()
        let typed = text
        let text = completed(typed, at: question)
        let id = nextID(.contribution)
        let isExpected = question.id == expectedQuestion
        let wasAgreed = session.state(of: question.id) == .agreed
        let mentions = mentions(in: text, of: question)
        let counting = mentionsThatCount(mentions, at: question)
        let known = known(counting)
        record(.contributed(id, question: question.id, text: text, mentions: mentions, expert: nil))
        let isSilent = session.silence?.question == question.id
        if isSilent {
            acknowledge(source.isAloud ? .notedAloud : .notedSilently, [.id: .id(id)])
        } else if wasAgreed {
            acknowledge(.notedBesideAgreed, [.id: .id(id), .question: .key(question)])
        } else if text != typed {
            acknowledge(.notedAs, [.id: .id(id), .text: .text(text)])
        } else if isExpected {
            acknowledge(.noted, [.id: .id(id)])
        } else {
            acknowledge(.notedElsewhere, [.id: .id(id), .question: .key(question)])
        }
        tellDates(in: text, of: question, as: .id(id))
        askOneOrSeveral(in: text, of: question, id)
        if source == .private, !isSilent {
            say(.contributedPrivately, [.id: .id(id), .question: .key(question), .text: .text(text)])
            let mine = me.flatMap { session.derived.contributions.privately[$0.id] }
            if mine == 1 { acknowledge(.howPrivateLinesCount, [.id: .id(id)]) }
        }
        if !isSilent { followUp(on: question, counting, known: known) }
        offerLikeness(of: id)
    }

    /// Where the speaker's lines belong unless she says otherwise: the present question, or that of the line that she copied last.
    private var expectedQuestion: Question.ID? {
        source == .paper ? me.flatMap { session.typists[$0.id]?.question } : session.current
    }

    /// Repeats the date that was understood in a column for dates, or says that the calendar will not have it.
    mutating func tellDates(in text: String, of question: Question, as name: Value) {
        guard let column = question.answer.columns.firstIndex(where: { $0.kind == .date }) else { return }
        for entry in question.answer.entries(in: text) {
            guard let typed = dates[entry.cells[column]] else { continue }
            if let due = typed {
                acknowledge(.dateUnderstood, [.id: name, .due: .due(due)])
            } else {
                acknowledge(
                    .dateNotUnderstood,
                    [
                        .id: name, .text: .text(entry.cells[column]),
                        .date: .typedDay(at.addingTimeInterval(10 * 86_400)),
                    ])
            }
        }
    }

    mutating func edit(_ id: RecordID, _ text: String?, due: DueDate?) {
        switch id.kind {
        case .contribution: edit(id, text ?? "")
        case .openPoint, .action, .parked: amend(id, text, due: due)
        case .organisation, .resource, .step, .hurdle: refuse(.organisationInText, [.id: .id(id)])
        case .remark: refuse(.remarkStands, [.id: .id(id)])
        case .group where role == .facilitator: group([id], as: text)
        case .group: refuse(.forFacilitators, [.names: facilitatorNames])
        }
    }

    private mutating func edit(_ id: RecordID, _ text: String) {
        guard !text.isEmpty else { return refuse(.emptyText) }
        guard let contribution = findContribution(id) else { return }
        guard let question = session.dialog.question(contribution.question),
            !refuses(text, at: question, insteadOf: contribution.text)
        else { return }
        guard mayCorrect(contribution.author) else { return suggest(text, for: contribution) }
        record(.contributionEdited(id, text: text, mentions: mentions(in: text, of: question)))
        acknowledge(.edited, [.id: .id(id)])
        tellDates(in: text, of: question, as: .id(id))
        askOneOrSeveral(in: text, of: question, id)
        if source == .private, !contribution.isHidden {
            say(.contributedPrivately, [.id: .id(id), .question: .key(question), .text: .text(text)])
        }
    }

    /// Offers another wording to the author: in the room, or privately to one whom nobody else knows.
    private mutating func suggest(_ text: String, for contribution: Contribution) {
        meet()
        record(.editSuggested(contribution.id, text: text))
        var values: [Phrase.Slot: Value] = [.id: .id(contribution.id), .text: .text(text)]
        guard contribution.showsAuthor else {
            if let author = contribution.author.flatMap(session.person), !author.isForgotten {
                say(.editSuggestedToAuthor, values, to: .person(author.identity))
            }
            return acknowledge(.suggestionPassedOn, [.id: .id(contribution.id)])
        }
        values[.author] = name(contribution.author)
        guard source != .private else { return say(.editSuggestedPrivately, values) }
        values[.name] = name(me?.id)
        say(.editSuggested, values)
    }

    /// The author takes over the wording that somebody else suggested.
    mutating func confirmEdit(of id: RecordID) {
        guard let contribution = findContribution(id), let question = session.dialog.question(contribution.question)
        else { return }
        guard let suggestion = contribution.suggestion else { return refuse(.noSuggestion, [.id: .id(id)]) }
        guard mayCorrect(contribution.author) else {
            return refuseOthers(contribution, .authorConfirms)
        }
        record(.contributionEdited(id, text: suggestion, mentions: mentions(in: suggestion, of: question)))
        acknowledge(.edited, [.id: .id(id)])
        if source == .private {
            say(.contributedPrivately, [.id: .id(id), .question: .key(question), .text: .text(suggestion)])
        }
    }

    private mutating func refuseOthers(_ contribution: Contribution, _ phrase: Phrase) {
        guard contribution.showsAuthor else { return refuse(.ofAnotherAuthor, [.id: .id(contribution.id)]) }
        refuse(phrase, [.id: .id(contribution.id), .author: name(contribution.author)])
    }

    /// Replaces `old` in the latest text of the speaker's that contains it: an open proposal or a contribution.
    mutating func substitute(_ old: String, by new: String) {
        guard !old.isEmpty else { return refuse(.nothingToSubstitute, [.text: .text("")]) }
        let draft = session.currentQuestion.flatMap { question in
            session.answer(to: question.id).draft.flatMap {
                $0.text.contains(old) && (isMine($0.proposer) || role == .facilitator) ? (question, $0) : nil
            }
        }
        let contribution = latestOfMine { $0.text.contains(old) }
        if let (question, proposal) = draft, proposal.changedSeq > contribution?.changedSeq ?? 0 || contribution == nil
        {
            let text = proposal.text.replacingFirst(old, by: new).trimmed
            guard !text.isEmpty else { return refuse(.emptyText) }
            editProposal(at: question, text)
        } else if let contribution {
            let text = contribution.text.replacingFirst(old, by: new).trimmed
            guard !text.isEmpty else { return refuse(.emptyText) }
            edit(contribution.id, text)
        } else if let question = session.currentQuestion, let agreed = session.answer(to: question.id).agreed,
            agreed.text.contains(old)
        {
            refuse(.agreedStands, [.question: .key(question)])
        } else {
            refuse(.nothingToSubstitute, [.text: .text(old.shortened(to: 40))])
        }
    }

    /// Withdraws a contribution; without an id the open proposal of the speaker, else her latest contribution.
    mutating func withdraw(_ id: RecordID?) {
        switch id {
        case nil: if session.gallery != nil { return withdrawRemark(nil, of: nil) }
        case let id? where id.kind == .contribution: return withdrawContribution(id)
        case let id? where id.kind == .remark: return withdrawRemark(id, of: nil)
        case let id?: return withdrawOther(id)
        }
        let draft = session.answer(to: session.current).draft
        if let draft, isMine(draft.proposer) || role == .facilitator {
            record(.proposalWithdrawn(session.current))
            if let question = session.currentQuestion { say(.proposalWithdrawn, [.question: .key(question)]) }
        } else if let latest = latestOfMine(where: { _ in true }) {
            withdrawContribution(latest.id)
        } else {
            refuse(.nothingToWithdraw)
        }
    }

    private mutating func withdrawContribution(_ id: RecordID) {
        guard let contribution = findContribution(id) else { return }
        guard mayCorrect(contribution.author) else {
            return refuseOthers(contribution, .notYours)
        }
        record(.withdrawn(id))
        acknowledge(.withdrawn, [.id: .id(id)])
        if source == .private, !contribution.isHidden { say(.withdrawn, [.id: .id(id)]) }
    }

    private func mayCorrect(_ author: Person.ID?) -> Bool {
        role.may(.correctOthers) || isMine(author)
    }

    /// The speaker's latest contribution that counts and `isMeant`.
    private func latestOfMine(where isMeant: (Contribution) -> Bool) -> Contribution? {
        mine.flatMap { session.derived.contributions.authored[$0] }.sorted(by: >).lazy.map { session.contributions[$0] }
            .first { !$0.isWithdrawn && isMeant($0) }
    }

    func isMine(_ author: Person.ID?) -> Bool {
        author.map { mine.contains($0) } ?? false
    }

    /// A live contribution; one that waits for the end of a silence is there for its author alone.
    private mutating func findContribution(_ id: RecordID) -> Contribution? {
        guard let contribution = session.contribution(id), !contribution.isWithdrawn,
            !contribution.isHidden || isMine(contribution.author)
        else {
            refuse(.noSuchRecord, [.id: .id(id)])
            return nil
        }
        return contribution
    }

    /// The question called `name`, else the present one; refuses an unknown name.
    mutating func find(_ name: String?) -> Question? {
        guard let name else { return session.currentQuestion }
        if let question = session.dialog.question(named: name) { return question }
        refuse(.noSuchQuestion, [.text: .text(name.shortened(to: 40))])
        return nil
    }

    /// The records that `text` names at `question`: known ones by their id, new ones with a new id.
    func mentions(in text: String, of question: Question) -> [Mention] {
        guard let kind = session.dialog.recordKind(of: question) else { return [] }
        var next = nextID(kind).number
        var mentions: [Mention] = []
        var seen: Set<String> = []
        for entry in session.dialog.entries(in: text, of: question) where entry.section == nil {
            let name = entry.text.folded
            guard !name.isEmpty, seen.insert(name).inserted else { continue }
            if let known = session.mention(of: name, as: kind) {
                mentions.append(known)
            } else {
                mentions.append(Mention(id: RecordID(kind, next), name: entry.text))
                next += 1
            }
        }
        return mentions
    }
}

extension String {
    func replacingFirst(_ old: String, by new: String) -> String {
        guard let range = firstRange(of: old) else { return self }
        return self[..<range.lowerBound] + new + self[range.upperBound...]
    }

    /// At most `limit` characters, cut at a word and marked with an ellipsis.
    func shortened(to limit: Int) -> String {
        guard count > limit else { return self }
        let beginning = prefix(limit)
        let cut = beginning.lastIndex(of: " ") ?? beginning.endIndex
        return beginning[..<cut].trimmed + " …"
    }
}
