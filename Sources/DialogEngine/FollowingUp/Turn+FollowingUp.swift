import FoundationEssentials

// Open points with the expert loop, the parking lot, tasks.

extension Turn {
    mutating func raise(_ text: String, at question: Question?) {
        // What is unclear in another group's answer is for that group.
        if session.gallery != nil, source != .paper { return remark(text) }
        guard let question else { return }
        meet()
        let id = nextID(.openPoint)
        record(.openPointRaised(id, question: question.id, text: text))
        let values: [Phrase.Slot: Value] = [.id: .id(id), .date: .typedDay(at.addingTimeInterval(10 * 86_400))]
        if source == .paper { return acknowledge(.notedElsewhere, [.id: .id(id), .question: .key(question)]) }
        guard source == .private else { return say(.openPointRaised, values) }
        // Nobody else has read it yet.
        acknowledge(.openPointRaised, values)
        say(.openPointItem, [.id: .id(id), .question: .key(question), .text: .text(text)])
    }

    mutating func ask(_ expert: String, about id: RecordID, due: DueDate?) {
        guard findOpenPoint(id) != nil else { return }
        guard isAhead(due) else { return refuse(.pastDate) }
        meet()
        record(.expertAsked(id, expert: expert, due: due))
        defer { warn(of: due) }
        var values: [Phrase.Slot: Value] = [.id: .id(id), .name: name(me?.id), .expert: .text(expert)]
        guard let due else { return acknowledge(.expertAsked, values) }
        values[.due] = .due(due)
        guard due.reminder > at, due.reminder <= session.retainedUntil else {
            return acknowledge(.expertAskedUntil, values)
        }
        values[.date] = .dayAndMonth(due.reminder)
        acknowledge(.expertAskedReminder, values)
    }

    /// Keeps an expert's result, and offers it to the question with the expert as its source.
    mutating func clear(_ id: RecordID, _ result: String) {
        guard let point = findOpenPoint(id), let question = session.dialog.question(point.question),
            !refuses(result, at: question)
        else { return }
        meet()
        let text = completed(result, for: point)
        record(.openPointCleared(id, result: result))
        let contribution = nextID(.contribution)
        // A result may name organisations; it is no resource, step or hurdle itself.
        let mentions = question.answer.form == .organisations ? mentions(in: text, of: question) : []
        record(
            .contributed(
                contribution, question: question.id, text: text, mentions: mentions, expert: point.expert),
            source: .expert)
        var values: [Phrase.Slot: Value] = [
            .id: .id(id), .question: .key(question), .text: .text(result), .record: .id(contribution),
        ]
        if let expert = point.expert { values[.expert] = .text(expert) }
        say(point.expert == nil ? .openPointCleared : .openPointClearedByExpert, values)
        mentionOutcome()
    }

    mutating func park(_ text: String) {
        meet()
        let id = nextID(.parked)
        record(.parked(id, text: text))
        acknowledge(.parked, [.id: .id(id)])
    }

    mutating func showParked() {
        let parked = session.parked.filter { !$0.isWithdrawn }
        guard !parked.isEmpty else { return acknowledge(.parkingLotEmpty) }
        answer(parked.map(parkedLine))
    }

    func parkedLine(_ matter: Parked) -> Line {
        let author = matter.source == .private ? nil : matter.by
        return Line(.parkedItem, [.id: .id(matter.id), .text: .text(matter.text), .name: name(author)])
    }

    /// Gives a task to whoever is called `name`, who need not be known yet; without a name, to the speaker.
    mutating func assign(to name: String?, _ text: String, due: DueDate?) {
        guard isAhead(due) else { return refuse(.pastDate) }
        let name = name.map { typed in
            RecordID(typed).flatMap { session.named(session.root(of: $0))?.name } ?? typed
        }
        if let name {
            let called = session.people(named: name)
            guard called.count < 2 else { return askWhich(called, name) }
        }
        let me = meet()
        let id = nextID(.action)
        let known = name.map { session.person(named: $0) } ?? session.person(me)
        let assignee = name.map { String($0.drop { $0 == "@" }) } ?? known?.name ?? ""
        record(.actionAssigned(id, to: assignee, person: known?.id, text: text, due: due))
        var values: [Phrase.Slot: Value] = [
            .id: .id(id), .name: known.map { self.name($0.id) } ?? .text(assignee), .text: .text(text),
        ]
        if let due { values[.due] = .due(due) }
        if known == nil {
            acknowledge(due == nil ? .actionForNobody : .actionForNobodyUntil, values)
        } else {
            acknowledge(due == nil ? .actionAssigned : .actionAssignedUntil, values)
        }
        warn(of: due)
        // Whoever has the task is to know of it.
        if source == .private { say(due == nil ? .actionItem : .actionItemUntil, values) }
    }

    mutating func finish(_ id: RecordID) {
        if session.openPoint(id)?.isOpen == true { return refuse(.clearInstead, [.id: .id(id)]) }
        guard let action = session.action(id) else { return refuse(.noSuchRecord, [.id: .id(id)]) }
        guard isOpen(action) else { return }
        meet()
        record(.actionFinished(id))
        acknowledge(.actionFinished, [.id: .id(id)])
        mentionOutcome()
    }

    func isAhead(_ due: DueDate?) -> Bool {
        due.map { $0.moment > at } ?? true
    }

    /// Says of what is due when nothing of the session is kept any more that nobody will be reminded of it.
    mutating func warn(of due: DueDate?) {
        guard let due, due.moment > session.retainedUntil else { return }
        acknowledge(.dateAfterRetention, [.date: .day(session.retainedUntil)])
    }

    private mutating func findOpenPoint(_ id: RecordID) -> OpenPoint? {
        guard let point = session.openPoint(id) else {
            refuse(.noSuchRecord, [.id: .id(id)])
            return nil
        }
        return isOpen(point) ? point : nil
    }
}
