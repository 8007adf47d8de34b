// Coming and going, facilitating, languages.

extension Turn {
    /// How long a mission may be, in characters, to stand in a greeting.
    private static let shortMission = 120

    /// Greets a late-comer or a returner privately: what is decided, what is open, what waits for her.
    mutating func welcome(_ speaker: Speaker) {
        guard session.state == .running || session.state == .paused else { return }
        let known = me
        if known != nil { meet() }
        var parts: [Value] = []
        if let mission = session.agreedMission, mission.count <= Self.shortMission {
            parts.append(.line(Line(.welcomeMission, [.text: .text(mission)])))
        }
        let agreed = session.allQuestions.filter { session.state(of: $0.id) == .agreed }
        if !agreed.isEmpty {
            let values: [Phrase.Slot: Value] = [.questions: .keys(agreed), .total: .count(agreed.count)]
            parts.append(.line(Line(.welcomeAgreed, values)))
        }
        parts += session.greetingParts.map(Value.line)
        if let known {
            let mine =
                session.openPoints.filter { $0.isOpen && $0.owner == known.id }.map(\.id)
                + session.actions.filter { $0.isOpen && $0.person == known.id }.map(\.id)
            if !mine.isEmpty {
                parts.append(.line(Line(.welcomeYours, [.ids: .ids(mine), .total: .count(mine.count)])))
            }
        }
        let audience = Output.Audience.addressed(speaker.identity)
        say(known == nil ? .welcome : .welcomeBack, [.parts: .list(parts)], to: audience)
        if let walk = session.gallery {
            add(Output(to: audience, .line(exhibitLine(of: walk))))
        } else if let question = session.currentQuestion {
            say(.explanation, [.question: .key(question), .text: .localized(question.prompt)], to: audience)
        }
        guard known == nil else { return }
        tellFacilitationIsGone(to: audience)
        say(session.mode == .collect ? .howToCollect : .howToTalkPrivately, to: audience)
        say(.privacy, [.date: .day(session.retainedUntil)], to: audience)
    }

    /// Whether somebody of the speaker's name facilitated over a connection that is gone, which she most likely was.
    var hasLostFacilitation: Bool {
        guard let speaker, role != .facilitator else { return false }
        return facilitators.contains {
            !$0.isPresent && $0.identity.isConnection && $0.handle.folded == speaker.name.folded
        }
    }

    /// Tells whoever facilitated under this name before that she does not any more, and who can give that back.
    mutating func tellFacilitationIsGone(to audience: Output.Audience = .asker) {
        guard hasLostFacilitation, let speaker else { return }
        if mayTakeOver {
            say(.facilitationToTakeOver, to: audience)
        } else if mayTakeOverSoon {
            say(.facilitationRestsAMinute, [.names: facilitatorNames], to: audience)
        } else {
            say(.facilitationIsGone, [.name: .text(speaker.name), .names: facilitatorNames], to: audience)
        }
    }

    mutating func takeLeave(of identity: Identity) {
        guard let person = session.person(with: identity), person.isPresent else { return }
        record(.went(person.id), by: person.id)
    }

    mutating func rename(_ identity: Identity, to name: String) {
        guard let person = session.person(with: identity), person.handle != name else { return }
        // Asked before the name changes with the handle.
        let hasNetworkName = person.hasNetworkName
        record(.renamed(person.id, name: name), by: person.id)
        if hasNetworkName { tellApart(person.id) }
        handTasks(to: person.id)
    }

    /// The records of one person come together under her account: the oldest goes on, with the right to facilitate.
    mutating func identify(_ identity: Identity, as account: Identity) {
        guard identity != account, let person = session.person(with: identity) else { return }
        record(.identified(person.id, as: account), by: person.id)
        let records = session.people(with: account)
        for record in records where record.hasNetworkName { tellApart(record.id) }
        unite(records)
    }

    mutating func introduce(name: String?, organisation: String?) {
        let id = meet()
        guard let person = session.person(id) else { return }
        if let name, isTaken(name, by: person) { return refuse(.nameTaken, [.name: .text(name.shortened(to: 40))]) }
        let free = name.map { freeName($0, for: person) }
        record(.introduced(id, name: free, organisation: organisation))
        handTasks(to: id)
        if let organisation {
            acknowledge(.introducedWithOrganisation, [.name: self.name(id), .organisation: .text(organisation)])
        } else {
            acknowledge(.introduced, [.name: self.name(id)])
        }
        if let name, let free, free != name {
            say(
                .nameNumbered, [.text: .text(name.shortened(to: 40)), .name: .text(free)],
                to: .addressed(person.identity))
        }
    }

    mutating func leave() {
        if let me, me.isPresent { record(.went(me.id)) }
        acknowledge(.left, [.name: .text(me?.name ?? speaker?.name ?? "")])
    }

    mutating func addFacilitator(_ name: String) {
        let called = session.people(named: name)
        guard let person = called.first else {
            return refuse(.noSuchPerson, [.name: .text(name.shortened(to: 40))])
        }
        guard called.count == 1 else { return askWhich(called, name) }
        // Whoever is here under this name, and has not spoken yet, is somebody else.
        guard person.isPresent || !person.identity.isConnection else {
            return refuse(.personIsGone, [.name: .text(person.name)])
        }
        guard !person.isFacilitator else { return refuse(.isFacilitator, [.name: .text(person.name)]) }
        record(.facilitatorAdded(person.id))
        say(.facilitatorAdded, [.name: .text(person.name)])
    }

    mutating func removeFacilitator(_ name: String) {
        let called = session.people(named: name) { $0.isFacilitator }
        guard let person = called.first else {
            return refuse(.isNoFacilitator, [.name: .text(name.shortened(to: 40))])
        }
        guard called.count == 1 else { return askWhich(called, name) }
        guard !person.isAppointed else { return refuse(.isAppointed, [.name: .text(person.name)]) }
        guard lastingFacilitators.contains(where: { $0.id != person.id }) else { return refuse(.lastFacilitator) }
        record(.facilitatorRemoved(person.id))
        say(.facilitatorRemoved, [.name: .text(person.name)])
    }

    /// Asks which of several people of one name is meant; each has a number.
    mutating func askWhich(_ people: [Person], _ name: String) {
        let choices = people.map { person in
            Value.line(
                Line(
                    .personItem,
                    [.number: .count(person.id), .name: .text(person.name), .text: .text(person.handle)]))
        }
        refuse(.severalPeople, [.name: .text(name.shortened(to: 40)), .people: .list(choices)])
    }

    /// The speaker used a one-time code; where no session runs, she may begin one.
    mutating func facilitateByCode() {
        guard session.state == .running || session.state == .paused else {
            return acknowledge(speaker?.identity.isConnection == true ? .codeForConnection : .codeAccepted)
        }
        let id = meet()
        guard session.person(id)?.isFacilitator == false else { return acknowledge(.isFacilitator, [.name: name(id)]) }
        record(.facilitatorAdded(id))
        say(.facilitatorAdded, [.name: name(id)])
    }

    mutating func listFacilitators() {
        acknowledge(.facilitators, [.names: facilitatorNames])
    }

    /// A facilitator in the room chooses the session's language; everybody else, and she privately, her own.
    mutating func speak(_ language: Language) {
        guard session.dialog.languages.contains(language) else { return refuseLanguage() }
        if role == .facilitator, source != .private {
            record(.languageChosen(language, by: nil))
            say(.sessionLanguage)
        } else {
            guard role != .stranger else { return refuse(.forMembers) }
            let id = meet()
            record(.languageChosen(language, by: id))
            acknowledgePrivately(.ownLanguage)
        }
    }

    mutating func refuseLanguage() {
        refuse(.languages, [.values: .names(session.dialog.languages.map(\.rawValue))])
    }
}
