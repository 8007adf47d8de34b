// Pausing, ending, and going on afterwards.

extension Turn {
    mutating func pause(until: DueDate?) {
        guard session.state == .running else { return refuse(.isPaused) }
        guard isAhead(until) else { return refuse(.pastDate) }
        record(.paused(until: until))
        guard let until, let moment = session.resumption else { return say(.paused) }
        say(.pausedUntil, [.due: .due(DueDate(moment: moment, isWholeDay: false, reminder: until.reminder))])
    }

    /// Nobody decides or runs out of time while the chat network keeps somebody from taking part.
    mutating func pauseWithout(_ identity: Identity) {
        guard session.state == .running, session.person(with: identity)?.isPresent == true else { return }
        record(.paused(until: nil))
        say(.pausedBySplit)
    }

    /// A session that ended lately may have been ended by mistake, and its homework goes on.
    mutating func offerToReopen() {
        refuse(.reopenOrStartAnew, [.name: .text(session.name), .date: .day(session.endedAt ?? at)])
    }

    /// Goes on with a session that was ended; whoever takes over where its facilitators are gone facilitates it.
    private mutating func reopen() {
        let id = meet()
        record(.reopened)
        if role != .facilitator {
            record(.facilitatorAdded(id))
            say(.facilitatorAdded, [.name: name(id)])
        }
        say(.reopened, [.name: .text(session.name)])
        ask()
    }

    mutating func resume() {
        if session.state == .ended { return reopen() }
        guard session.state == .paused else { return refuse(.isRunning) }
        record(.resumed)
        say(.resumed)
        ask()
    }

    mutating func end(confirmed: Bool) {
        guard confirmed || mayEnd() else { return }
        if session.silence != nil { endSilence() }
        closeDots()
        if session.gallery != nil { record(.galleryClosed) }
        record(.ended)
        say(.ended, [.name: .text(session.name)])
        for line in account + gapLines(session.network) { say(line.phrase, line.values) }
        if !remindable.isEmpty {
            say(.remindersGoOn, [.ids: .ids(remindable), .values: .list(remindable.compactMap(waysToSettle))])
        }
        say(.closing, [.text: .localized(session.dialog.closing), .date: .day(session.retainedUntil)])
        handOver(.html, withNames: true)
    }

    /// Refuses while rounds are open, or more is empty than not.
    private mutating func mayEnd() -> Bool {
        let questions = session.questions
        let drafts = session.allQuestions.filter { session.state(of: $0.id) == .draft }
        let empty = questions.count { session.state(of: $0.id) == .empty }
        if !drafts.isEmpty {
            refuse(.confirmEnd, [.questions: .keys(drafts), .total: .count(drafts.count)])
            return false
        }
        guard empty * 2 > questions.count else { return true }
        refuse(.confirmEndEmpty, [.count: .count(empty), .total: .count(questions.count)])
        return false
    }

    /// What the bot reminds of, also after the end.
    private var remindable: [RecordID] {
        session.openPoints.filter { $0.nextReminder != nil }.map(\.id)
            + session.actions.filter { $0.nextReminder != nil }.map(\.id)
            + session.organisationsWithContact.filter { $0.contact?.nextReminder != nil }.map(\.id)
    }

    /// How to settle the first record of each kind that the bot reminds of.
    private func waysToSettle(_ id: RecordID) -> Value? {
        guard id == remindable.first(where: { $0.kind == id.kind }) else { return nil }
        switch id.kind {
        case .openPoint: return .line(Line(.settleOpenPoint, [.id: .id(id)]))
        case .action: return .line(Line(.settleAction, [.id: .id(id)]))
        case .organisation: return .line(Line(.settleContact, [.id: .id(id)]))
        case .contribution, .parked, .group, .resource, .step, .hurdle, .remark: return nil
        }
    }

    /// What is agreed, collected, empty, without application, and open.
    private var account: [Line] {
        let groups: [(QuestionState, Phrase)] = [
            (.agreed, .accountAgreed), (.collected, .accountCollected), (.draft, .accountDraft),
            (.notApplicable, .accountRuledOut), (.empty, .accountEmpty),
        ]
        var lines = groups.compactMap { state, phrase -> Line? in
            let questions = session.allQuestions.filter { session.state(of: $0.id) == state }
            guard !questions.isEmpty else { return nil }
            return Line(phrase, [.questions: .keys(questions), .total: .count(questions.count)])
        }
        let open = session.openPoints.filter(\.isOpen).map(\.id) + session.actions.filter(\.isOpen).map(\.id)
        if !open.isEmpty {
            lines.append(Line(.accountOpen, [.ids: .ids(open), .total: .count(open.count)]))
        }
        return lines
    }

    mutating func handOver(_ format: OutcomeFormat, withNames: Bool) {
        answerPrivately(.outcome(format, withNames: withNames), .outcomePrivately)
    }
}
