import DialogEngine

// What the partner's own organisation has to do.

extension PartnerWindow {
    func assigned(_ id: RecordID) -> [PartnerEvent] {
        // A task that is handed to a person of the same organisation is no news.
        guard let action = ownTask(id), !before.owners.contains(where: { isOwn($0) }) else { return [] }
        return [task(action, .taskAssigned, action.due == nil ? .partnerTask : .partnerTaskUntil)]
    }

    func due(_ id: RecordID) -> [PartnerEvent] {
        switch id.kind {
        case .action: ownTask(id).map(taskDue) ?? []
        case .organisation: contactDue(id)
        default: asked(id, .openPointDue, .partnerAsked, .partnerOpenPointDue)
        }
    }

    /// The first word of it; asking again after its time is between the group and whoever does it.
    private func taskDue(_ action: Action) -> [PartnerEvent] {
        let isAgain = action.wasAskedFor ?? false && !(action.wasOnlyAskedFor ?? false)
        return isAgain ? [] : [task(action, .taskDue, .partnerTaskDue)]
    }

    /// The task, where it was given to the partner's organisation or to one of its people.
    func ownTask(_ id: RecordID) -> Action? {
        guard let action = session.action(id) else { return nil }
        let organisation = action.person.flatMap { session.person($0)?.organisation }
        return isOwn(action.assignee) || isOwn(organisation) ? action : nil
    }

    func task(_ action: Action, _ kind: PartnerEvent.Kind, _ phrase: Phrase) -> PartnerEvent {
        let text = shown(action.text)
        var values: [Phrase.Slot: Value] = [.id: .id(action.id), .text: .text(text)]
        if let due = action.due { values[.due] = .due(due) }
        let owner = action.person.flatMap { session.person($0)?.name } ?? action.assignee
        return make(kind, phrase, values) {
            $0.task = .init(
                id: action.id.description, text: text, owner: view.withNames ? owner : nil, due: action.due?.moment)
        }
    }

    /// What the group wants the partner's organisation to do in the network.
    func assignedInNetwork() -> [PartnerEvent] {
        guard let question = before.question, question.id == session.dialog.network?.tasks else { return [] }
        return session.sharedTasks.subtracting(before.tasks).sorted { $0.text < $1.text }.compactMap { task in
            guard let organisation = ownOrganisation(task.organisation) else { return nil }
            let text = shown(task.text)
            let values: [Phrase.Slot: Value] = [.id: .id(organisation.id), .text: .text(text)]
            return make(.organisationTaskAssigned, .partnerNetworkTask, values, at: question) {
                $0.organisation = part(organisation)
                $0.task = .init(text: text, kind: task.kind)
            }
        }
    }
}
