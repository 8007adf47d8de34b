import FoundationEssentials

extension Session {
    /// Changes the session as `event` says. Events come in sequence; one that is known already changes nothing.
    public mutating func apply(_ event: Event) throws(EventGap) {
        guard event.seq > seq else { return }
        guard event.seq == seq + 1 else { throw EventGap(expected: seq + 1, found: event.seq) }
        follow(event)
    }

    /// Changes the session as the next event says, and after it what follows from the records.
    mutating func follow(_ event: Event) {
        change(as: event)
        // Taken out, so that it is not copied.
        var derived = Derived()
        swap(&derived, &self.derived)
        derived.follow(event, in: self)
        self.derived = derived
    }

    private mutating func change(as event: Event) {
        seq = event.seq
        lastEventAt = event.at
        if event.by != nil, event.kind.isSaid { heardAt = event.at }
        switch event.kind {
        case .started, .ended, .reopened, .paused, .resumed, .modeChanged, .orderChanged, .moved:
            applyCourse(event)
        case .arrived, .renamed, .identified, .introduced, .came, .went, .facilitatorAdded, .facilitatorRemoved,
            .appointed, .languageChosen, .forgotten:
            applyPeople(event)
        case .contributed, .contributionEdited, .editSuggested, .withdrawn, .amended:
            applyContributing(event)
        case .skipped, .ruledOut, .proposed, .proposalEdited, .proposalWithdrawn, .voted, .agreed:
            applyAgreeing(event)
        case .openPointRaised, .expertAsked, .openPointCleared, .parked, .actionAssigned, .actionHanded,
            .actionFinished,
            .reminded:
            applyFollowingUp(event)
        case .timeboxSet, .timeboxWarned, .timeboxPassed, .timeboxRemoved, .silenceBegan, .silencePassed, .silenceEnded:
            applyTime(event)
        case .becameReady, .queueJoined, .queueLeft, .floorGiven, .nudgingChanged, .nudged:
            applySpeaking(event)
        case .contributionsGrouped, .groupSplit, .dotsOpened, .dotsPlaced, .dotsClosed:
            applyConverging(event)
        case .organisationDescribed, .organisationsMerged, .organisationSplit, .contactPlanned, .contactMade,
            .hurdleResolved, .concernsErased:
            applyNetwork(event)
        case .galleryOpened, .galleryMoved, .galleryClosed, .remarked, .remarksForgotten:
            applyGallery(event)
        case .guideAdopted, .guideReturned, .guideNoticed, .recordsNamed:
            applyGuide(event)
        case .paperBegan, .paperTurned, .paperEnded, .writerForgotten:
            applyPaper(event)
        }
    }

    private mutating func applyCourse(_ event: Event) {
        switch event.kind {
        case .started(let start):
            id = start.session
            name = start.name
            state = .running
            startedAt = event.at
            token = start.token
            retainedUntil = start.retainedUntil
            concernsRetainedUntil = start.concernsRetainedUntil
            language = start.language
            mode = start.mode
            order = start.order
            facilitatorsPropose = start.facilitatorsPropose
            current = questions.first?.id ?? ""
        case .reopened:
            state = .running
            endedAt = nil
        case .ended:
            state = .ended
            isSplit = false
            endedAt = event.at
            pausedAt = nil
            pausedUntil = nil
            timebox = nil
            silence = nil
            queue = []
            nudgeAt = nil
            gallery = nil
            typists = [:]
        case .paused(let until):
            state = .paused
            pausedAt = event.at
            pausedUntil = until
            // People have names; networks have not.
            isSplit = event.by == nil
        case .resumed:
            state = .running
            isSplit = false
            let frozen = event.at.timeIntervalSince(pausedAt ?? event.at)
            pausedAt = nil
            pausedUntil = nil
            timebox?.until += frozen
            timebox?.warning += frozen
            silence?.until += frozen
            nudgeAt? += frozen
        case .modeChanged(let mode):
            self.mode = mode
        case .orderChanged(let order):
            self.order = order
        case .moved(let question):
            current = question
            movedAt = event.at
            timebox = nil
            ready = []
            nudgeAt = isNudging ? event.at + Self.patience : nil
        default:
            break
        }
    }

    private mutating func applyPeople(_ event: Event) {
        switch event.kind {
        case .arrived(let id, let identity, let name):
            people.append(Person(id: id, identity: identity, name: name, handle: name))
        case .renamed(let id, let name):
            change(id) {
                if $0.name == $0.handle { $0.name = name }
                $0.handle = name
            }
        case .identified(let id, let identity):
            change(id) { $0.identity = identity }
        case .introduced(let id, let name, let organisation):
            change(id) {
                $0.name = name ?? $0.name
                $0.organisation = organisation ?? $0.organisation
                $0.isPresent = true
            }
        case .came(let id):
            change(id) { $0.isPresent = true }
        case .went(let id):
            let now = seq
            queue.removeAll { $0 == id }
            typists[id] = nil
            change(id) {
                $0.isPresent = false
                $0.lastSeenSeq = now
                $0.wentAt = event.at
            }
        case .facilitatorAdded(let id):
            change(id) { $0.isFacilitator = true }
        case .facilitatorRemoved(let id):
            change(id) { $0.isFacilitator = false }
        case .appointed(let id, let isAppointed):
            change(id) {
                $0.isAppointed = isAppointed
                if isAppointed { $0.isFacilitator = true }
            }
        case .languageChosen(let language, let id):
            if let id { change(id) { $0.language = language } } else { self.language = language }
        case .forgotten(let id):
            forget(id)
        default:
            break
        }
    }

    private mutating func applyContributing(_ event: Event) {
        switch event.kind {
        case .contributed(let id, let question, let text, let mentions, let expert):
            note(mentions, by: event.author, at: question)
            answers[question]?.ruledOut = nil
            contributions.append(
                Contribution(
                    id: id, question: question, author: event.by, at: event.at, seq: seq, source: event.source,
                    expert: expert, writer: writer(of: event), text: text, mentions: mentions,
                    isHidden: silence?.question == question && event.source != .expert, changedSeq: seq))
            if event.source == .paper { countCopied(at: question, by: event.by, \.contributions) }
        case .contributionEdited(let id, let text, let mentions):
            note(mentions, by: event.by, at: contribution(id)?.question)
            change(id) {
                $0.text = text
                $0.mentions = mentions
                $0.suggestion = nil
                $0.suggestedBy = nil
            }
        case .editSuggested(let id, let text):
            change(id) {
                $0.suggestion = text
                $0.suggestedBy = event.by
            }
        case .withdrawn(let id):
            change(id) {
                $0.isWithdrawn = true
                $0.suggestion = nil
                $0.suggestedBy = nil
            }
            changeOpenPoint(id) { $0.isWithdrawn = true }
            changeAction(id) { $0.isWithdrawn = true }
            changeParked(id) { $0.isWithdrawn = true }
            withdrawRemark(id)
        case .amended(let id, let text, let due):
            amend(id, text, due: due)
        default:
            break
        }
    }

    private mutating func applyTime(_ event: Event) {
        switch event.kind {
        case .timeboxSet(let until, let warning):
            timebox = Timebox(until: until, warning: warning)
        case .timeboxWarned:
            timebox?.wasWarned = true
        case .timeboxPassed:
            timebox?.wasWarned = true
            timebox?.hasPassed = true
        case .timeboxRemoved:
            timebox = nil
        case .silenceBegan(let question, let until):
            silence = Silence(question: question, until: until)
        case .silencePassed:
            silence?.hasPassed = true
        case .silenceEnded:
            silence = nil
            for index in contributions.indices { contributions[index].isHidden = false }
        default:
            break
        }
    }

    private mutating func change(_ id: Person.ID, _ body: (inout Person) -> Void) {
        guard people.indices.contains(id - 1) else { return }
        body(&people[id - 1])
    }

    private mutating func change(_ id: RecordID, _ body: (inout Contribution) -> Void) {
        guard let index = contributions.place(of: id) else { return }
        body(&contributions[index])
        contributions[index].changedSeq = seq
    }
}
