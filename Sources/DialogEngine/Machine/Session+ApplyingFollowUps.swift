// What becomes of open points, tasks and what is parked.

extension Session {
    mutating func applyFollowingUp(_ event: Event) {
        let now = seq
        switch event.kind {
        case .openPointRaised(let id, let question, let text):
            openPoints.append(
                OpenPoint(
                    id: id, question: question, raisedBy: event.by, isPrivate: event.source == .private, at: event.at,
                    isOnPaper: event.source == .paper ? true : nil, text: text, changedSeq: now))
            if event.source == .paper { countCopied(at: question, by: event.by, \.openPoints) }
        case .expertAsked(let id, let expert, let due):
            changeOpenPoint(id) {
                $0.owner = event.by
                $0.showsOwner = event.source != .private
                $0.expert = expert
                $0.due = due
                $0.wasReminded = due.map { $0.reminder <= event.at } ?? false
                $0.wasAskedForResult = false
                $0.changedSeq = now
            }
        case .openPointCleared(let id, let result):
            changeOpenPoint(id) {
                $0.result = result
                $0.clearedBy = event.by
                $0.changedSeq = now
            }
        case .parked(let id, let text):
            parked.append(Parked(id: id, text: text, by: event.by, source: event.source, at: event.at, seq: now))
        case .actionAssigned(let id, let assignee, let person, let text, let due):
            actions.append(
                Action(
                    id: id, at: event.at, text: text, assignee: assignee, person: person, assignedBy: event.by,
                    due: due,
                    changedSeq: now))
        case .actionHanded(let id, let person):
            changeAction(id) { $0.person = person }
        case .actionFinished(let id):
            changeAction(id) {
                $0.isDone = true
                $0.changedSeq = now
            }
        case .reminded(let id):
            changeOpenPoint(id) {
                if $0.wasReminded { $0.wasAskedForResult = true }
                if let due = $0.due, event.at >= due.moment { $0.wasAskedForResult = true }
                $0.wasReminded = true
            }
            changeAction(id) {
                if $0.wasReminded || $0.overdue.map({ $0 <= event.at }) ?? false {
                    $0.wasAskedFor = true
                    $0.wasOnlyAskedFor = !$0.wasReminded
                }
                $0.wasReminded = true
            }
            change(id) { (organisation: inout Organisation) in organisation.contact?.wasReminded = true }
        default:
            break
        }
    }

    mutating func amend(_ id: RecordID, _ text: String?, due: DueDate?) {
        let now = seq
        changeOpenPoint(id) {
            $0.text = text ?? $0.text
            $0.changedSeq = now
        }
        changeAction(id) {
            $0.text = text ?? $0.text
            if let due { ($0.due, $0.wasReminded, $0.wasAskedFor, $0.wasOnlyAskedFor) = (due, false, nil, nil) }
            $0.changedSeq = now
        }
        changeParked(id) { $0.text = text ?? $0.text }
    }

    mutating func changeOpenPoint(_ id: RecordID, _ body: (inout OpenPoint) -> Void) {
        guard let index = openPoints.place(of: id) else { return }
        body(&openPoints[index])
    }

    mutating func changeAction(_ id: RecordID, _ body: (inout Action) -> Void) {
        guard let index = actions.place(of: id) else { return }
        body(&actions[index])
    }

    mutating func changeParked(_ id: RecordID, _ body: (inout Parked) -> Void) {
        guard let index = parked.place(of: id) else { return }
        body(&parked[index])
    }
}
