// Looking: where the group stands, what is open, what happened, what can be done now.

extension Turn {
    /// One line for each step with the state of all its questions.
    mutating func showStatus() {
        var lines = session.dialog.steps.map { step in
            let questions = session.questions.filter { $0.step == step.id }
            return Line(.statusStep, [.step: .localized(step.title), .values: .list(questions.map(status))])
        }
        let former = session.formerQuestions
        if !former.isEmpty { lines.append(Line(.statusFormer, [.values: .list(former.map(status))])) }
        showOrAnswer(lines)
    }

    private func status(of question: Question) -> Value {
        let points = session.openPoints(at: question.id).map(\.id)
        let phrase: Phrase =
            switch session.state(of: question.id) {
            case .empty: session.answer(to: question.id).skipped == nil ? .statusEmpty : .statusSkipped
            case .collected: .statusCollected
            case .draft: .statusDraft
            case .agreed: .statusAgreed
            case .notApplicable: .statusRuledOut
            }
        let state = Value.line(Line(phrase, [.question: .key(question)]))
        guard !points.isEmpty else { return state }
        return .line(Line(.statusWithOpenPoints, [.state: state, .ids: .ids(points)]))
    }

    /// A question again, with what the group has to it: the wordings, the contributions, what is open, what others remarked.
    mutating func showQuestion(_ name: String?) {
        if name == nil, session.gallery != nil { return showExhibit() }
        guard let question = find(name) else { return }
        let statements = session.visibleContributions(to: question.id)
        var lines = [Line(.explanation, [.question: .key(question), .text: .localized(question.prompt)])]
        lines += wordings(of: question)
        lines += statements.map { Line(.recapContribution, [.id: .id($0.id), .text: .text($0.text)]) }
        lines += session.openPoints(at: question.id).map(openLine)
        lines += session.remarks(on: question.id).map(remarkLine)
        if lines.count == 1 { lines.append(Line(.nothingBrought)) }
        showOrAnswer(lines)
    }

    private func wordings(of question: Question) -> [Line] {
        let answer = session.answer(to: question.id)
        if let reason = answer.ruledOut { return [Line(.presentRuledOut, [.text: .text(reason)])] }
        let agreed = answer.agreed.map { Line(.presentAgreed, [.text: .text($0.text)]) }
        let draft = answer.draft.map { Line(.presentDraft, [.text: .text($0.text)]) }
        return [agreed, draft].compactMap { $0 }
    }

    mutating func showOpenItems() {
        var lines = session.openPoints.filter(\.isOpen).map(openLine)
        lines += session.actions.filter(\.isOpen).map(actionLine)
        let empty = session.questions.filter { session.state(of: $0.id) == .empty }
        if !empty.isEmpty {
            lines.append(Line(.openQuestions, [.questions: .keys(empty), .total: .count(empty.count)]))
        }
        guard !lines.isEmpty else { return acknowledge(.nothingOpen) }
        showOrAnswer(lines)
    }

    /// What a facilitator asks for, the group looks at together.
    mutating func showOrAnswer(_ lines: [Line]) {
        if role == .facilitator { show(lines) } else { answer(lines) }
    }

    func openLine(_ point: OpenPoint) -> Line {
        let question = session.dialog.question(point.question)
        var values: [Phrase.Slot: Value] = [
            .id: .id(point.id), .question: question.map(Value.key) ?? .text(""), .text: .text(point.text),
        ]
        guard let expert = point.expert, let owner = point.owner else { return Line(.openPointItem, values) }
        values[.name] = name(point.showsOwner ? owner : nil)
        values[.expert] = .text(expert)
        guard let due = point.due else { return Line(.openPointItemAsked, values) }
        values[.due] = .due(due)
        return Line(.openPointItemUntil, values)
    }

    func actionLine(_ action: Action) -> Line {
        var values: [Phrase.Slot: Value] = [
            .id: .id(action.id), .text: .text(action.text),
            .name: action.person.map { name($0) } ?? .text(action.assignee),
        ]
        guard let due = action.due else { return Line(.actionItem, values) }
        values[.due] = .due(due)
        return Line(.actionItemUntil, values)
    }

    /// Exactly what changed since the speaker was last here.
    mutating func showRecap() {
        let since = me?.lastSeenSeq ?? 0
        var lines: [Line] = []
        for question in session.allQuestions {
            lines += recap(of: question, since: since)
        }
        lines += session.openPoints.filter { $0.changedSeq > since && !$0.isWithdrawn }.map { point in
            if let result = point.result {
                return Line(.recapCleared, [.id: .id(point.id), .text: .text(result)])
            }
            return openLine(point)
        }
        lines += session.actions.filter { $0.changedSeq > since && !$0.isWithdrawn }.map { action in
            action.isDone ? Line(.recapFinished, [.id: .id(action.id), .text: .text(action.text)]) : actionLine(action)
        }
        lines += session.parked.filter { $0.seq > since && !$0.isWithdrawn }.map(parkedLine)
        guard !lines.isEmpty else { return acknowledge(.recapNothing) }
        answer(lines)
    }

    private func recap(of question: Question, since: Int) -> [Line] {
        let answer = session.answer(to: question.id)
        var lines: [Line] = []
        if let agreed = answer.agreed, agreed.changedSeq > since, answer.ruledOut == nil {
            lines.append(Line(.recapAgreed, [.question: .key(question), .text: .text(agreed.text)]))
        }
        if let draft = answer.draft, draft.changedSeq > since {
            var values: [Phrase.Slot: Value] = [.question: .key(question), .text: .text(draft.text)]
            let isNamed = !draft.isPrivate && !draft.cameOnPaper
            if isNamed { values[.name] = name(draft.proposer) }
            lines.append(
                Line(
                    isNamed ? .recapDraft : draft.cameOnPaper ? .recapDraftOnPaper : .recapDraftPrivately, values))
        }
        if let reason = answer.ruledOut, answer.changedSeq > since {
            lines.append(Line(.recapRuledOut, [.question: .key(question), .text: .text(reason)]))
        }
        let new = session.visibleContributions(to: question.id).filter { $0.changedSeq > since }
        if !new.isEmpty {
            let texts = new.map { Line(.recapContribution, [.id: .id($0.id), .text: .text($0.text)]) }
            lines.append(Line(.recapContributions, [.question: .key(question), .values: .list(texts.map(Value.line))]))
        }
        return lines
    }

    mutating func help(_ topic: HelpTopic) {
        switch topic {
        case .moment: helpNow()
        case .guide: explainGuide()
        case .verb: add(Output(to: .asker, .verbHelp(topic)))
        case .allVerbs: answerApart(.verbHelp(topic))
        }
    }

    /// What can be done at this moment, in five lines at most.
    private mutating func helpNow() {
        switch session.state {
        case .new: return show([Line(.helpStart)])
        case .ended: return show([Line(.helpEnded)])
        case .running, .paused: break
        }
        if session.gallery != nil {
            return answer([
                Line(.helpGallery), Line(role == .facilitator ? .helpGalleryLead : .helpLook), Line(.helpMore),
            ])
        }
        if session.state == .paused {
            let lead = role == .facilitator ? Phrase.helpPausedLead : .helpLook
            return answer([Line(.helpPaused), Line(lead), Line(.helpMore)])
        }
        let isDraft = session.state(of: session.current) == .draft
        let plainCounts = session.mode == .collect || source == .private || source == .console
        var phrases: [Phrase] = [plainCounts ? .helpPlain : .helpContribute]
        phrases.append(isDraft ? .helpVote : .helpPropose)
        phrases.append(.helpLook)
        phrases.append(role == .facilitator ? (isDraft ? .helpAgree : .helpLead) : .helpQuestion)
        phrases.append(.helpMore)
        answer(phrases.map { Line($0) })
    }

    private mutating func explainGuide() {
        let dialog = session.dialog
        answer(
            [Line(.prompt, [.text: .localized(dialog.about)])]
                + dialog.steps.enumerated().map { index, step in
                    Line(
                        .stepItem,
                        [.number: .count(index + 1), .step: .localized(step.title), .text: .localized(step.purpose)])
                })
    }

    mutating func explain() {
        guard let question = session.currentQuestion else { return }
        show([Line(.explanation, [.question: .key(question), .text: .localized(question.help)])])
    }

    mutating func giveExample() {
        guard let question = session.currentQuestion else { return }
        show([Line(.exampleAnswer, [.text: .localized(question.example)])])
    }
}
