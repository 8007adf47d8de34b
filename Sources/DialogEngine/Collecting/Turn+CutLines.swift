// Lines that a client cut, because they were too long for its network, where the rest came late.

extension Turn {
    /// What the speaker said before goes on with `rest`. Where only she can say whether it does, she is asked.
    mutating func goOn(_ beginning: Command, with rest: String, isSure: Bool) {
        guard session.state == .running || session.state == .paused, role.may(.contribute), keepsText(beginning) else {
            return takePlain(rest)
        }
        if isSure { return complete(beginning, with: rest) }
        plainLinesCount ? takePlain(rest) : acknowledge(.doesItGoOn, [.text: .text(rest.shortened(to: 40))])
    }

    /// Somebody wants to add to what she said, and nobody knows to what, or nothing waits to be added.
    mutating func refuseToGoOn() {
        refuse(.nothingToGoOnWith)
    }

    /// Whether the line had a text that was kept, or is to be.
    private func keepsText(_ command: Command) -> Bool {
        switch command {
        case .plain: plainLinesCount
        case .aside, .bare, .bareVerb, .help, .more, .language, .unknown, .incomplete: false
        default: true
        }
    }

    private mutating func complete(_ beginning: Command, with rest: String) {
        switch beginning {
        case .plain, .contribute:
            guard let contribution = session.contributions.last(where: { isMine($0.author) }), !contribution.isWithdrawn
            else { break }
            return complete(contribution, with: rest)
        case .propose:
            guard let question = session.currentQuestion, let draft = session.answer(to: question.id).draft,
                isMine(draft.wordedBy)
            else { break }
            return complete(draft, at: question, with: rest)
        case .raise:
            guard let point = session.openPoints.last(where: { isMine($0.raisedBy) }) else { break }
            return amend(point.id, point.text + " " + rest, due: nil)
        case .assign:
            guard let action = session.actions.last(where: { isMine($0.assignedBy) }) else { break }
            return amend(action.id, action.text + " " + rest, due: nil)
        case .park:
            guard let matter = session.parked.last(where: { isMine($0.by) }) else { break }
            return amend(matter.id, matter.text + " " + rest, due: nil)
        case .object(let reason): return object(reason + " " + rest)
        case .edit(let id, let text?, let due): return edit(id, text + " " + rest, due: due)
        default: break
        }
        refuse(.restNotKept, [.text: .text(rest.shortened(to: 40))])
    }

    private mutating func complete(_ contribution: Contribution, with rest: String) {
        guard let question = session.dialog.question(contribution.question) else { return }
        let whole = contribution.text + " " + rest
        guard !refuses(whole, at: question, insteadOf: contribution.text) else { return }
        record(.contributionEdited(contribution.id, text: whole, mentions: mentions(in: whole, of: question)))
        acknowledge(.continued, [.id: .id(contribution.id), .text: .text(rest.shortened(to: 40))])
        if source == .private, !contribution.isHidden {
            say(.contributedPrivately, [.id: .id(contribution.id), .question: .key(question), .text: .text(whole)])
        }
    }

    /// A group never decides on half a sentence: the whole is shown, and whose word was on the half is asked again.
    private mutating func complete(_ draft: Proposal, at question: Question, with rest: String) {
        let whole = draft.text + " " + rest
        guard !refuses(whole, at: question, insteadOf: draft.text) else { return }
        record(.proposalEdited(question.id, text: whole, mentions: mentions(in: whole, of: question)))
        say(.proposalWhole, [.question: .key(question), .text: .text(whole)])
        if let line = askAgain(about: draft) { say(line.phrase, line.values) }
        askAgainPrivately(about: draft, at: question)
        tellDates(in: whole, of: question, as: .key(question))
    }
}

extension Command {
    /// The line as it is when `rest` stands behind it.
    package func followed(by rest: String) -> Command {
        switch self {
        case .plain(let text): .plain(text + " " + rest)
        case .object(let reason): .object(reason + " " + rest)
        case .edit(let id, let text?, let due): .edit(id, text + " " + rest, due: due)
        default: self
        }
    }
}
