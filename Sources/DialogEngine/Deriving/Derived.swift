/// What follows from the records of a session, kept beside them so that no line has to search for it: where records lie by
/// name, question and person, what the texts at the questions of the network name, what comes due next.
///
/// It is maintained event by event and never stored: ``init(of:)`` makes the same from the records alone, as after a snapshot
/// was read, and wherever words are erased. So nothing that was erased stays in it.
struct Derived: Hashable, Sendable {
    var people = PeopleIndex()
    var contributions = ContributionIndex()
    var followUps = FollowUpIndex()
    var names = NameIndex()
    var network = NetworkIndex()
    var contacts = ContactIndex()

    init() {}

    init(of session: Session) {
        for person in session.people { people.note(person) }
        contributions = ContributionIndex(of: session)
        followUps = FollowUpIndex(of: session)
        names = NameIndex(of: session)
        network = NetworkIndex(of: session, contributions, names)
        contacts = ContactIndex(of: session)
    }

    /// Follows an event that has changed the records of `session`.
    ///
    /// What takes words away, and what reads all texts anew, makes everything anew.
    mutating func follow(_ event: Event, in session: Session) {
        switch event.kind {
        case .started, .ended, .paused, .resumed, .reopened, .modeChanged, .orderChanged, .moved, .skipped: break
        case .came, .went, .languageChosen: break
        case .timeboxSet, .timeboxWarned, .timeboxPassed, .timeboxRemoved, .silenceBegan, .silencePassed: break
        case .becameReady, .queueJoined, .queueLeft, .floorGiven, .nudgingChanged, .nudged: break
        case .dotsOpened, .dotsPlaced, .dotsClosed, .voted, .editSuggested, .parked: break
        case .organisationDescribed, .hurdleResolved: break
        case .galleryOpened, .galleryMoved, .galleryClosed, .remarked, .remarksForgotten: break
        case .guideNoticed, .paperBegan, .paperTurned, .paperEnded: break

        case .forgotten, .concernsErased, .writerForgotten, .guideAdopted, .guideReturned, .silenceEnded:
            self = Derived(of: session)

        case .arrived(let id, _, _), .renamed(let id, _), .identified(let id, _), .introduced(let id, _, _),
            .facilitatorAdded(let id), .facilitatorRemoved(let id), .appointed(let id, _):
            if let person = session.person(id) { people.note(person) }

        case .contributed(let id, let question, _, let mentions, _):
            note(mentions, in: session)
            guard let index = session.contributions.place(of: id) else { return }
            contributions.note(index, in: session)
            network.note(index, at: question, in: session, contributions, names)
        case .contributionEdited(let id, _, let mentions):
            note(mentions, in: session)
            noteContribution(id, in: session)
        case .withdrawn(let id):
            noteContribution(id, in: session)
            noteFollowUp(id, in: session)
        case .recordsNamed(_, let place, let mentions):
            note(mentions, in: session)
            if case .contribution(let id) = place { noteContribution(id, in: session) }
        case .contributionsGrouped(let id, _, _, _), .groupSplit(let id):
            if let group = session.contributionGroups.place(of: id) { contributions.noteGroup(group, in: session) }

        case .proposed(let question, _, _, let mentions), .proposalEdited(let question, _, let mentions):
            note(mentions, in: session)
            network.recount(question, in: session, contributions, names)
        case .proposalWithdrawn(let question), .agreed(let question), .ruledOut(let question, _):
            network.recount(question, in: session, contributions, names)

        case .openPointRaised(let id, _, _), .expertAsked(let id, _, _), .openPointCleared(let id, _),
            .actionAssigned(let id, _, _, _, _), .actionHanded(let id, _), .actionFinished(let id),
            .amended(let id, _, _):
            noteFollowUp(id, in: session)
        case .reminded(let id):
            noteFollowUp(id, in: session)
            if id.kind == .organisation { contacts = ContactIndex(of: session) }

        case .contactPlanned, .contactMade:
            contacts = ContactIndex(of: session)
        case .organisationsMerged, .organisationSplit:
            network.noteMerging(in: session)
            contacts = ContactIndex(of: session)
        }
    }

    private mutating func note(_ mentions: [Mention], in session: Session) {
        guard !mentions.isEmpty else { return }
        switch names.note(mentions, in: session) {
        case .nothing: break
        case .names(let new): network.resolve(new, in: session, contributions, names)
        case .everything: network = NetworkIndex(of: session, contributions, names)
        }
    }

    private mutating func noteContribution(_ id: RecordID, in session: Session) {
        guard id.kind == .contribution, let index = session.contributions.place(of: id) else { return }
        contributions.note(index, in: session)
        network.note(index, at: session.contributions[index].question, in: session, contributions, names)
    }

    private mutating func noteFollowUp(_ id: RecordID, in session: Session) {
        if let index = session.openPoints.place(of: id) { followUps.notePoint(index, in: session) }
        if let index = session.actions.place(of: id) { followUps.noteAction(index, in: session) }
    }
}

extension Array where Element: Numbered {
    /// Where the record lies: they are numbered in sequence, and never taken away.
    func place(of id: RecordID) -> Int? {
        let place = id.number - 1
        if indices.contains(place), self[place].id == id { return place }
        return isEmpty || self[0].id.kind != id.kind ? nil : firstIndex { $0.id == id }
    }
}

/// A record of which there is one list, with a number in it.
protocol Numbered {
    var id: RecordID { get }
}

extension Contribution: Numbered {}
extension ContributionGroup: Numbered {}
extension OpenPoint: Numbered {}
extension Action: Numbered {}
extension Parked: Numbered {}
extension Organisation: Numbered {}
extension Remark: Numbered {}
