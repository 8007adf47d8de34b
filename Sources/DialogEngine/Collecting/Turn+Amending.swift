// Correcting and withdrawing open points, tasks and what is parked.

extension Turn {
    mutating func amend(_ id: RecordID, _ text: String?, due: DueDate?) {
        guard mayAmend(id) else { return }
        guard isAhead(due) else { return refuse(.pastDate) }
        record(.amended(id, text: text, due: due))
        guard let line = line(of: id) else { return }
        acknowledge(line.phrase, line.values)
        warn(of: due)
        if source == .private, id.kind != .parked { say(line.phrase, line.values) }
        mentionOutcome()
    }

    mutating func withdrawOther(_ id: RecordID) {
        guard ![.organisation, .resource, .step, .hurdle].contains(id.kind) else {
            return refuse(.organisationInText, [.id: .id(id)])
        }
        guard mayAmend(id) else { return }
        record(.withdrawn(id))
        acknowledge(.withdrawn, [.id: .id(id)])
        if source == .private, id.kind != .parked { say(.withdrawn, [.id: .id(id)]) }
        mentionOutcome()
    }

    /// Whoever brought it in, whoever is to do it, and facilitators; refuses everybody else, and what is done with.
    private mutating func mayAmend(_ id: RecordID) -> Bool {
        let people: [Person.ID?]
        if let action = session.action(id) {
            guard isOpen(action) else { return false }
            people = [action.person, action.assignedBy]
        } else if let point = session.openPoint(id) {
            guard isOpen(point) else { return false }
            people = [point.raisedBy, point.owner]
        } else if let matter = session.parked(id), !matter.isWithdrawn {
            people = [matter.by]
        } else {
            refuse(.noSuchRecord, [.id: .id(id)])
            return false
        }
        if role.may(.correctOthers) || people.contains(where: isMine) { return true }
        refuse(.notYoursToChange, [.id: .id(id)])
        return false
    }

    private func line(of id: RecordID) -> Line? {
        session.action(id).map(actionLine) ?? session.openPoint(id).map(openLine) ?? session.parked(id).map(parkedLine)
    }

    /// Refuses what is cleared or withdrawn.
    mutating func isOpen(_ point: OpenPoint) -> Bool {
        if point.isOpen { return true }
        refuse(point.isWithdrawn ? .noSuchRecord : .alreadyCleared, [.id: .id(point.id)])
        return false
    }

    /// Refuses what is done or withdrawn.
    mutating func isOpen(_ action: Action) -> Bool {
        if action.isOpen { return true }
        refuse(action.isWithdrawn ? .noSuchRecord : .alreadyDone, [.id: .id(action.id)])
        return false
    }

    /// After the end, tells that what was handed over does not have the change.
    mutating func mentionOutcome() {
        if session.state == .ended { acknowledge(.outcomeIsOlder) }
    }
}
