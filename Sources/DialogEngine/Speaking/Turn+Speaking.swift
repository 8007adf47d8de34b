import FoundationEssentials

// Being ready, the speaker queue, and asking those who have not been heard.

extension Turn {
    // MARK: Being ready

    /// Those who are there and do not lead: everybody in the rooms, but for those who said that they are away.
    private var attending: Set<Identity> {
        let known = session.people.filter { !$0.isForgotten }
        let here = known.filter(\.isPresent).map(\.identity)
        let leading = known.filter(\.isFacilitator).map(\.identity)
        return present.filter { session.person(with: $0) == nil }.union(here).subtracting(leading)
    }

    /// Those who are done with the present question, under all of their records.
    private var done: Set<Identity> {
        Set(session.ready.compactMap { session.person($0) }.filter { !$0.isForgotten }.map(\.identity))
    }

    /// Notes that the speaker is done; facilitators are told who is not, and when all are.
    mutating func becomeReady() {
        guard let question = session.currentQuestion else { return }
        let id = meet()
        let isNews = !session.ready.contains(id)
        if isNews { record(.becameReady) }
        let ready = Set(session.ready.compactMap { session.person($0)?.identity })
        let attending = attending
        let everybody = attending.union(ready)
        let waiting = attending.subtracting(done)
        let values: [Phrase.Slot: Value] = [
            .question: .key(question), .count: .count(ready.count), .total: .count(everybody.count),
        ]
        acknowledgePrivately(.readyNoted, values)
        if waiting.isEmpty, isNews, !attending.isEmpty {
            say(.everybodyReady, [.question: .key(question), .total: .count(everybody.count)], to: .facilitators)
        } else if role == .facilitator, !waiting.isEmpty {
            acknowledgePrivately(.notReady, [.people: names(of: waiting)])
        }
    }

    /// The names of people who may have no record yet; those without one stand behind the others.
    private func names(of identities: Set<Identity>) -> Value {
        let known = identities.compactMap { session.person(with: $0)?.id }.sorted()
        return .list(known.map { name($0) } + identities.dropFirst(known.count).map { _ in name(nil) })
    }

    // MARK: The speaker queue

    mutating func queue(_ queueing: Queueing) {
        switch queueing {
        case .join:
            // Whoever wants to speak is named in the room, and nobody is for what she does privately.
            guard source != .private else { return refuse(.queueInRoom) }
            let id = meet()
            if !session.queue.contains(id) { record(.queueJoined) }
        case .leave:
            for id in mine where session.queue.contains(id) { record(.queueLeft, by: id) }
        case .show: break
        }
        if session.queue.isEmpty {
            acknowledge(.queueEmpty)
        } else {
            acknowledge(.queue, [.names: names(session.queue)])
        }
    }

    /// Gives the turn to the named person, else to the first in the queue.
    mutating func giveFloor(to name: String?) {
        guard let person = speakerCalled(name) else { return }
        record(.floorGiven(person))
        var values: [Phrase.Slot: Value] = [.name: self.name(person)]
        guard !session.queue.isEmpty else { return say(.floorGiven, values) }
        values[.names] = names(session.queue)
        say(.floorGivenQueue, values)
    }

    private mutating func speakerCalled(_ name: String?) -> Person.ID? {
        guard let name else {
            if session.queue.isEmpty { refuse(.queueEmpty) }
            return session.queue.first
        }
        let called = session.people(named: name)
        if called.count == 1 { return called[0].id }
        if called.isEmpty {
            refuse(.noSuchPerson, [.name: .text(name.shortened(to: 40))])
        } else {
            askWhich(called, name)
        }
        return nil
    }

    // MARK: Those who have not been heard

    mutating func nudge(_ isOn: Bool) {
        record(.nudgingChanged(isOn))
        acknowledge(isOn ? .nudgingOn : .nudgingOff)
    }

    /// Asks privately, once a question, everybody who has brought nothing to it and is not done with it.
    mutating func nudgeTheSilent() {
        record(.nudged)
        guard let question = session.currentQuestion, session.state(of: question.id) != .agreed,
            session.state(of: question.id) != .notApplicable
        else { return }
        let heard = Set(voices(on: question).compactMap { session.person($0)?.identity })
        for identity in attending.subtracting(heard).subtracting(done).sorted(by: { $0.rawValue < $1.rawValue }) {
            say(.nudge, [.question: .key(question)], to: .addressed(identity))
        }
    }

    /// Everybody who has brought or decided something at a question.
    private func voices(on question: Question) -> [Person.ID] {
        let answer = session.answer(to: question.id)
        return session.liveContributions(to: question.id).compactMap(\.author)
            + (answer.draft?.voters ?? []) + session.openPoints(at: question.id).compactMap(\.raisedBy)
    }
}
