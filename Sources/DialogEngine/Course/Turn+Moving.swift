import FoundationEssentials

// Beginning, and moving through the questions.

extension Turn {
    /// The time, in seconds, in which a second `!weiter` is taken for a slip.
    private static let slip = 3.0

    mutating func start(_ name: String?) {
        if session.state == .ended { return offerToReopen() }
        guard session.state == .new else { return carryOn() }
        guard let settings = session.settings, let speaker else { return refuse(.noSession) }
        let dialog = session.dialog
        let start = Event.Start(
            session: settings.session, name: name ?? settings.name, dialogID: dialog.id, dialogVersion: dialog.version,
            dialogHash: dialog.contentHash,
            order: settings.order.flatMap { dialog.order($0)?.id } ?? dialog.orders.first?.id ?? "",
            language: dialog.languages.contains(settings.language)
                ? settings.language : dialog.languages.first ?? settings.language,
            mode: settings.mode, retainedUntil: settings.retainedUntil,
            concernsRetainedUntil: settings.concernsRetainedUntil,
            facilitatorsPropose: settings.facilitatorsPropose, token: settings.token)
        record(.started(start), by: 1)
        record(.arrived(1, identity: speaker.identity, name: speaker.name), by: 1)
        record(.facilitatorAdded(1), by: 1)
        noteAppointment(of: 1)
        say(.greeting, [.greeting: .greeting(at), .text: .localized(dialog.introduction)])
        say(session.mode == .collect || source == .console ? .howToCollect : .howToTalk)
        say(.privacy, [.date: .day(session.retainedUntil)])
        ask()
        offerSilence()
    }

    /// Shows a session that has begun already; where all its facilitators are gone, whoever asks for it takes over.
    private mutating func carryOn() {
        if mayTakeOver {
            let id = meet()
            record(.facilitatorAdded(id))
            say(.facilitatorAdded, [.name: self.name(id)])
        }
        if session.state == .paused { return resume() }
        ask()
    }

    /// Shows the present question, with what the group has on it so far; where a step begins, also the mission.
    mutating func ask(passing passed: [Question] = [], beginningStep isBeginning: Bool = false) {
        guard session.gallery == nil else { return showExhibit() }
        guard let question = session.currentQuestion else { return }
        if let step = session.dialog.steps.firstIndex(where: { $0.id == question.step }), isAsked(question) {
            announce(question, in: step, passing: passed)
        } else {
            say(.questionHeaderFormer, [.question: .key(question)])
        }
        if isBeginning, question.id != session.missionQuestion?.id { repeatMission() }
        say(.prompt, [.text: .localized(question.prompt)])
        tellAnswer(to: question)
        introduce(question)
    }

    private func isAsked(_ question: Question) -> Bool {
        session.dialog.questions.contains { $0.id == question.id }
    }

    private mutating func announce(_ question: Question, in step: Int, passing passed: [Question]) {
        let steps = session.dialog.steps
        var values: [Phrase.Slot: Value] = [
            .number: .count(step + 1), .total: .count(steps.count), .step: .localized(steps[step].title),
            .question: .key(question),
        ]
        guard !passed.isEmpty else { return say(.questionHeader, values) }
        values[.questions] = .keys(Array(passed.prefix(3)))
        // Where but one more is passed, three are named all the same.
        let others = passed.count > 4 ? passed.count - 3 : 0
        values[.count] = .count(others > 0 ? others : passed.count)
        say(others > 0 ? .questionHeaderPassingMany : .questionHeaderPassing, values)
    }

    private mutating func tellAnswer(to question: Question) {
        let answer = session.answer(to: question.id)
        switch session.state(of: question.id) {
        case .empty: break
        case .collected:
            let statements = session.statements(to: question.id)
            say(.presentCollected, [.ids: .ids(statements.map(\.id)), .total: .count(statements.count)])
        case .draft:
            say(.presentDraft, [.text: .text(answer.draft?.text ?? "")])
        case .agreed:
            say(.presentAgreed, [.text: .text(answer.agreed?.text ?? "")])
        case .notApplicable:
            say(.presentRuledOut, [.text: .text(answer.ruledOut ?? "")])
        }
        let points = session.openPoints(at: question.id)
        if !points.isEmpty {
            say(.presentOpenPoints, [.ids: .ids(points.map(\.id)), .total: .count(points.count)])
        }
        let remarks = session.remarks(on: question.id)
        if !remarks.isEmpty {
            let groups = Set(remarks.map(\.group)).count
            say(
                .presentRemarks,
                [.ids: .ids(remarks.map(\.id)), .total: .count(remarks.count), .count: .count(groups)])
        }
    }

    mutating func next(confirmed: Bool) {
        guard mayMove() else { return }
        let movedAt = session.gallery?.movedAt ?? session.movedAt
        let isSlip = movedAt.map { abs(at.timeIntervalSince($0)) < Self.slip } ?? false
        guard confirmed || !isSlip else { return refuse(.confirmNext) }
        if let walk = session.gallery { return showNextExhibit(of: walk) }
        let questions = session.questions
        guard let index = questions.firstIndex(where: { $0.id == session.current }) else {
            return leaveFormerQuestion()
        }
        guard index + 1 < questions.count else { return say(.lastQuestion) }
        move(to: questions[index + 1])
    }

    mutating func back() {
        guard mayMove() else { return }
        if let walk = session.gallery { return showFormerExhibit(of: walk) }
        let questions = session.questions
        guard let index = questions.firstIndex(where: { $0.id == session.current }) else {
            return leaveFormerQuestion()
        }
        guard index > 0 else { return refuse(.firstQuestion) }
        move(to: questions[index - 1])
    }

    /// From a question of a former version it goes on with the first one that is still empty.
    private mutating func leaveFormerQuestion() {
        let questions = session.questions
        guard let next = questions.first(where: { session.state(of: $0.id) == .empty }) ?? questions.first else {
            return
        }
        move(to: next)
    }

    mutating func go(to name: String) {
        guard mayMove() else { return }
        if let question = session.dialog.question(named: name),
            isAsked(question) || session.isSomethingKept(at: question.id)
        {
            move(to: question, leaving: session.currentQuestion)
        } else if let step = session.dialog.step(named: name),
            let first = session.questions.first(where: { $0.step == step.id })
        {
            move(to: first, leaving: session.currentQuestion)
        } else {
            refuse(.noSuchQuestion, [.text: .text(name.shortened(to: 40))])
        }
    }

    private mutating func mayMove() -> Bool {
        guard session.state == .running else {
            refuse(.isPaused)
            return false
        }
        return true
    }

    /// Moves on, naming what stays open: the question that is left, and those in between.
    private mutating func move(to question: Question, leaving left: Question? = nil) {
        guard question.id != session.current else { return ask() }
        let questions = session.questions
        let from = questions.firstIndex { $0.id == session.current } ?? 0
        let to = questions.firstIndex { $0.id == question.id } ?? 0
        let between = to > from + 1 ? questions[(from + 1)..<to] : []
        let passed =
            (left.map { [$0] } ?? []).filter { session.state(of: $0.id) == .empty }
            + between.filter { session.state(of: $0.id) == .empty }
        if session.silence != nil { endSilence() }
        closeDots()
        tellGaps(leaving: session.current)
        tellOpenRound()
        let isBeginning = session.currentQuestion?.step != question.step
        record(.moved(to: question.id))
        ask(passing: passed, beginningStep: isBeginning)
        offerSilence()
    }

    /// Says that a proposal is left without a decision, and how to come back to it.
    private mutating func tellOpenRound() {
        guard let question = session.currentQuestion, session.state(of: question.id) == .draft else { return }
        say(.draftStaysOpen, [.question: .key(question), .text: .localized(question.key)])
    }

    mutating func skip(_ reason: String?) {
        guard mayMove() else { return }
        record(.skipped(session.current, reason: reason))
        if let question = session.currentQuestion { acknowledge(.skipped, [.question: .key(question)]) }
        next(confirmed: true)
    }

    mutating func ruleOut(_ reason: String) {
        guard mayMove() else { return }
        record(.ruledOut(session.current, reason: reason))
        if let question = session.currentQuestion {
            say(.ruledOut, [.question: .key(question), .text: .text(reason)])
        }
        next(confirmed: true)
    }

    /// Chooses another sequence of the questions; without a name, shows which there are.
    mutating func order(_ name: String?) {
        guard let found = findOrder(name ?? "") else { return }
        record(.orderChanged(found.id))
        say(.orderChanged, [.text: .localized(found.title)])
    }

    /// The order called `name`, or a beginning of that; shows which there are where there is none.
    mutating func findOrder(_ name: String) -> Dialog.Order? {
        let orders = session.dialog.orders
        let wanted = name.folded
        let found = orders.first { order in
            !wanted.isEmpty && ([order.id] + order.title.all).contains { $0.folded.hasPrefix(wanted) }
        }
        if found == nil {
            refuse(.orders, [.values: .names(orders.map(\.id)), .text: .text(session.presentOrder?.id ?? "")])
        }
        return found
    }

    mutating func change(to mode: Mode) {
        record(.modeChanged(mode))
        say(mode == .collect ? .modeCollect : .modeTalk)
    }
}
