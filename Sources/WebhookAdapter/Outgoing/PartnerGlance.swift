import DialogEngine

/// What has to be known of a session before an event, to see afterwards what the event has changed for partners.
struct PartnerGlance {
    /// The question that the event is about, and its state.
    private(set) var question: Question?
    private(set) var state = QuestionState.empty
    /// Whether every question of its step was agreed or did not apply.
    private(set) var wasStepClosed = false
    /// The records that the event may show to everybody, and that not everybody had seen.
    private(set) var unseen: Set<RecordID> = []
    /// What organisations have to do, as far as everybody knew.
    private(set) var tasks: Set<OrganisationTask> = []
    /// The organisation that a task was given to, or that of the person who had it.
    private(set) var owners: [String] = []
    /// What was planned with an organisation so that not everybody has read it.
    private(set) var privatePlan: ContactPlan?

    /// Nil where the event concerns nobody outside, whoever is asked for.
    init?(before event: Event, _ session: Session) {
        switch event.kind {
        // A chat network that fell apart and comes together again is no news.
        case .paused where event.by == nil, .resumed where session.isSplit: return nil
        case .started, .paused, .resumed, .ended, .openPointRaised, .expertAsked, .openPointCleared, .reminded,
            .actionAssigned, .actionFinished, .organisationsMerged, .organisationSplit, .contactMade:
            break
        case .contactPlanned(let id, _):
            if let contact = session.organisation(id)?.contact, contact.isPrivate == true { privatePlan = contact.plan }
        case .ruledOut(let id, _), .proposed(let id, _, _, _), .proposalWithdrawn(let id): look(at: id, in: session)
        case .agreed(let id): look(at: id, bringing: session.answer(to: id).draft?.mentions ?? [], in: session)
        case .contributed(_, let id, _, let mentions, _): look(at: id, bringing: mentions, in: session)
        case .contributionEdited(let id, _, let mentions):
            guard let contribution = session.contribution(id) else { return nil }
            look(at: contribution.question, bringing: mentions, in: session)
        case .silenceEnded:
            guard let id = session.silence?.question else { return nil }
            look(at: id, bringing: session.contributions.filter(\.isHidden).flatMap(\.mentions), in: session)
        case .actionHanded(let id, _):
            guard let action = session.action(id) else { return nil }
            owners = [action.assignee, action.person.flatMap { session.person($0)?.organisation }].compactMap(\.self)
        default: return nil
        }
    }

    private mutating func look(at id: Question.ID, bringing mentions: [Mention] = [], in session: Session) {
        question = session.dialog.question(id)
        state = session.state(of: id)
        wasStepClosed = question.map { session.isClosed($0.step) } ?? false
        if !mentions.isEmpty {
            unseen = Set(mentions.map(\.id))
            unseen.subtract(session.shared(unseen))
        }
        if id == session.dialog.network?.tasks { tasks = session.sharedTasks }
    }
}

/// What an organisation has to do in the network.
struct OrganisationTask: Hashable {
    let organisation: RecordID
    /// The id of one of the guide's kinds of tasks.
    let kind: String?
    let text: String
}

// What everybody in the group has seen.

extension Session {
    /// Those of `records` that everybody has seen named, at questions that are not internal.
    func shared(_ records: Set<RecordID>) -> Set<RecordID> {
        let hidden = Set(dialog.allQuestions.filter(\.isInternal).map(\.id))
        var named: Set<RecordID> = []
        for id in records {
            let isSeen = contributions(mentioning: id).contains { $0.isShared && !hidden.contains($0.question) }
            if isSeen { named.insert(id) }
        }
        for (question, answer) in answers where !hidden.contains(question) {
            for mention in answer.agreed?.mentions ?? [] where records.contains(mention.id) { named.insert(mention.id) }
        }
        return named
    }

    /// What organisations have to do: by the agreed wording, and by what was brought after it.
    var sharedTasks: Set<OrganisationTask> {
        guard let question = dialog.network?.tasks.flatMap({ dialog.question($0) }), !question.isInternal else {
            return []
        }
        let answer = answer(to: question.id)
        guard answer.ruledOut == nil else { return [] }
        let later = visibleContributions(to: question.id).filter {
            $0.isShared && $0.seq > answer.agreed?.changedSeq ?? 0
        }
        let texts = (answer.agreed.map { [$0.text] } ?? []) + later.map(\.text)
        let tasks = texts.flatMap { dialog.entries(in: $0, of: question) }.compactMap { entry -> OrganisationTask? in
            guard let text = entry.detail, let record = organisation(named: entry.text) else { return nil }
            return OrganisationTask(organisation: root(of: record.id), kind: entry.kind, text: text)
        }
        return Set(tasks)
    }

    /// Whether every question of the step is agreed or does not apply.
    func isClosed(_ step: Dialog.Step.ID) -> Bool {
        questions.filter { $0.step == step }.allSatisfy { state(of: $0.id).isClosed }
    }
}

extension Contribution {
    /// Whether everybody has read it where it was said; an expert's result may have come privately.
    fileprivate var isShared: Bool {
        !isWithdrawn && !isHidden && source != .private && source != .expert
    }
}

extension QuestionState {
    var isClosed: Bool { self == .agreed || self == .notApplicable }
}
