import FoundationEssentials

// Open points with the expert loop, the parking lot, tasks.

extension Turn {
    mutating func raise(_ text: String) {
        guard let question = session.currentQuestion else { return }
        meet()
        let id = nextID(.openPoint)
        record(.openPointRaised(id, question: question.id, text: text))
        let values: [Phrase.Slot: Value] = [.id: .id(id), .date: .typedDay(at.addingTimeInterval(10 * 86_400))]
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
        var values: [Phrase.Slot: Value] = [.id: .id(id), .name: name(me?.id), .expert: .text(expert)]
        guard let due else { return acknowledge(.expertAsked, values) }
        values[.due] = .due(due)
        guard due.reminder > at else { return acknowledge(.expertAskedUntil, values) }
        values[.date] = .dayAndMonth(due.reminder)
        acknowledge(.expertAskedReminder, values)
    }

    /// Keeps an expert's result, and offers it to the question with the expert as its source.
    mutating func clear(_ id: RecordID, _ result: String) {
        guard let point = findOpenPoint(id), let question = session.dialog.question(point.question) else { return }
        meet()
        record(.openPointCleared(id, result: result))
        let contribution = nextID(.contribution)
        record(
            .contributed(
                contribution, question: question.id, text: result, mentions: mentions(in: result, of: question),
                expert: point.expert),
            source: .expert)
        var values: [Phrase.Slot: Value] = [
            .id: .id(id), .question: .key(question), .text: .text(result), .record: .id(contribution),
        ]
        guard let expert = point.expert else { return say(.openPointCleared, values) }
        values[.expert] = .text(expert)
        say(.openPointClearedByExpert, values)
    }

    mutating func park(_ text: String) {
        meet()
        let id = nextID(.parked)
        record(.parked(id, text: text))
        acknowledge(.parked, [.id: .id(id)])
    }

    mutating func showParked() {
        guard !session.parked.isEmpty else { return acknowledge(.parkingLotEmpty) }
        answer(session.parked.map(parkedLine))
    }

    func parkedLine(_ matter: Parked) -> Line {
        let author = matter.source == .private ? nil : matter.by
        return Line(.parkedItem, [.id: .id(matter.id), .text: .text(matter.text), .name: name(author)])
    }

    mutating func assign(_ person: String, _ text: String, due: DueDate?) {
        guard isAhead(due) else { return refuse(.pastDate) }
        meet()
        let id = nextID(.action)
        let assignee = String(person.drop { $0 == "@" })
        let known = session.person(named: assignee)
        record(.actionAssigned(id, to: assignee, person: known?.id, text: text, due: due))
        var values: [Phrase.Slot: Value] = [
            .id: .id(id), .name: known.map { name($0.id) } ?? .text(assignee), .text: .text(text),
        ]
        if let due { values[.due] = .due(due) }
        acknowledge(due == nil ? .actionAssigned : .actionAssignedUntil, values)
        // Whoever has the task is to know of it.
        if source == .private { say(due == nil ? .actionItem : .actionItemUntil, values) }
    }

    mutating func finish(_ id: RecordID) {
        guard let action = session.action(id), !action.isDone else { return refuse(.noSuchRecord, [.id: .id(id)]) }
        meet()
        record(.actionFinished(id))
        acknowledge(.actionFinished, [.id: .id(id)])
    }

    func isAhead(_ due: DueDate?) -> Bool {
        due.map { $0.moment > at } ?? true
    }

    private mutating func findOpenPoint(_ id: RecordID) -> OpenPoint? {
        guard let point = session.openPoint(id), point.isOpen else {
            refuse(session.openPoint(id) == nil ? .noSuchRecord : .alreadyCleared, [.id: .id(id)])
            return nil
        }
        return point
    }
}
