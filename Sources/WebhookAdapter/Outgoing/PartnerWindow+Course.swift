import DialogEngine

// How the session goes: its course, its answers, what is unclear.

extension PartnerWindow {
    func paused(_ until: DueDate?) -> PartnerEvent {
        guard let until else { return make(.sessionPaused, .partnerPaused) }
        return make(.sessionPaused, .partnerPausedUntil, [.due: .due(until)]) { $0.until = until.moment }
    }

    func closed() -> PartnerEvent {
        let questions = session.questions
        let agreed = questions.filter { session.state(of: $0.id) == .agreed }.count
        let values: [Phrase.Slot: Value] = [.count: .count(agreed), .total: .count(questions.count)]
        return make(.sessionClosed, .partnerClosed, values) {
            $0.progress = .init(agreed: agreed, total: questions.count)
        }
    }

    // MARK: Answers

    /// What became of the question: its answer was agreed or re-opened, and its step closed.
    func answered() -> [PartnerEvent] {
        guard let question = before.question else { return [] }
        let state = session.state(of: question.id)
        var events: [PartnerEvent] = []
        if state == .agreed, before.state != .agreed, let answer = session.answer(to: question.id).agreed {
            if !question.isInternal { events.append(agreed(question, answer)) }
        } else if before.state.isClosed, !state.isClosed, !question.isInternal {
            events.append(make(.answerReopened, .partnerReopened, [.question: .key(question.key)], at: question))
        }
        if state.isClosed, !before.wasStepClosed, session.isClosed(question.step),
            let step = session.dialog.step(question.step)
        {
            events.append(
                make(.stepClosed, .partnerStepClosed, [.step: .localized(step.title)]) {
                    $0.step = .init(id: step.id, title: step.title[language])
                })
        }
        return events
    }

    private func agreed(_ question: Question, _ answer: Proposal) -> PartnerEvent {
        let text = shown(answer.text)
        let values: [Phrase.Slot: Value] = [.question: .key(question.key), .text: .text(text)]
        return make(.answerAgreed, .partnerAgreed, values, at: question) {
            $0.answer = .init(
                text: text, consenting: answer.consenting.count, abstaining: answer.abstaining.count,
                objecting: answer.objections.count,
                names: view.withNames ? answer.consenting.compactMap { session.person($0)?.name } : nil)
        }
    }

    // MARK: Open points

    func raised(_ id: RecordID) -> [PartnerEvent] {
        guard let point = session.openPoint(id), let question = shownQuestion(point.question) else { return [] }
        let text = shown(point.text)
        let values: [Phrase.Slot: Value] = [.id: .id(id), .question: .key(question.key), .text: .text(text)]
        return [
            make(.openPointRaised, .partnerOpenPoint, values, at: question) {
                $0.openPoint = .init(id: id.description, text: text)
            }
        ]
    }

    func cleared(_ id: RecordID, isPrivate: Bool) -> [PartnerEvent] {
        guard let point = session.openPoint(id), let question = shownQuestion(point.question) else { return [] }
        let result = isPrivate ? nil : point.result.map(shown)
        var values: [Phrase.Slot: Value] = [.id: .id(id), .question: .key(question.key)]
        if let result { values[.text] = .text(result) }
        let phrase = result == nil ? Phrase.partnerClearedPrivately : .partnerCleared
        return [
            make(.openPointCleared, phrase, values, at: question) {
                $0.openPoint = .init(id: id.description, text: result)
            }
        ]
    }

    /// The partner itself is asked, unless that or the point itself came privately.
    func asked(_ id: RecordID, _ kind: PartnerEvent.Kind, _ phrase: Phrase, _ dated: Phrase) -> [PartnerEvent] {
        guard let point = session.openPoint(id), let question = shownQuestion(point.question), point.showsOwner,
            point.isPrivate != true, isOwn(point.expert)
        else { return [] }
        let text = shown(point.text)
        var values: [Phrase.Slot: Value] = [.id: .id(id), .text: .text(text)]
        if let due = point.due { values[.due] = .due(due) }
        return [
            make(kind, point.due == nil ? phrase : dated, values, at: question) {
                $0.openPoint = .init(id: id.description, text: text, due: point.due?.moment)
            }
        ]
    }
}
