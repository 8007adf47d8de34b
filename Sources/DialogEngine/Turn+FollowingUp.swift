import FoundationEssentials

// Open points with the expert loop, the parking lot, tasks.

extension Turn {
    mutating func raise(_ text: String) {
        guard let question = session.currentQuestion else { return }
        meet()
        let id = nextID(.openPoint)
        record(.openPointRaised(id, question: question.id, text: text))
        let inTenDays = at.addingTimeInterval(10 * 86_400)
        say(.openPointRaised, [.id: .id(id), .date: .typedDay(inTenDays)])
    }

    mutating func ask(_ expert: String, about id: RecordID, due: DueDate?) {
        guard findOpenPoint(id) != nil else { return }
        meet()
        record(.expertAsked(id, expert: expert, due: due))
        var values: [Phrase.Slot: Value] = [.id: .id(id), .name: name(me?.id), .expert: .text(expert)]
        guard let due else { return acknowledge(.expertAsked, values) }
        values[.due] = .due(due)
        values[.date] = .dayAndMonth(due.reminder)
        acknowledge(due.reminder > at ? .expertAskedReminder : .expertAskedUntil, values)
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
        show(session.parked.map { Line(.parkedItem, [.id: .id($0.id), .text: .text($0.text), .name: name($0.by)]) })
    }

    mutating func assign(_ person: String, _ text: String, due: DueDate?) {
        meet()
        let id = nextID(.action)
        let assignee = String(person.drop { $0 == "@" })
        record(.actionAssigned(id, to: assignee, text: text, due: due))
        var values: [Phrase.Slot: Value] = [.id: .id(id), .name: .text(assignee), .text: .text(text)]
        guard let due else { return acknowledge(.actionAssigned, values) }
        values[.due] = .due(due)
        acknowledge(.actionAssignedUntil, values)
    }

    mutating func finish(_ id: RecordID) {
        guard let action = session.action(id), !action.isDone else { return refuse(.noSuchRecord, [.id: .id(id)]) }
        meet()
        record(.actionFinished(id))
        acknowledge(.actionFinished, [.id: .id(id)])
    }

    private mutating func findOpenPoint(_ id: RecordID) -> OpenPoint? {
        guard let point = session.openPoint(id), point.isOpen else {
            refuse(id.kind == .openPoint && session.openPoint(id) != nil ? .alreadyCleared : .noSuchRecord, [.id: .id(id)])
            return nil
        }
        return point
    }
}
