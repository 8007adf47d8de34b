public import FoundationEssentials

// Time limits, silent collection, reminders: whatever happens because time passes.

extension Session {
    /// When the session next has something to do without anybody saying a word, or nil.
    public var nextDeadline: Date? {
        var moments = concernsDue.map { [$0] } ?? []
        if state == .running {
            if let timebox, !timebox.hasPassed { moments.append(timebox.wasWarned ? timebox.until : timebox.warning) }
            if let silence, !silence.hasPassed { moments.append(silence.until) }
            if let nudgeAt { moments.append(nudgeAt) }
        }
        if state == .paused, let resumption { moments.append(resumption) }
        let reminders = [
            derived.followUps.pointReminders.earliest, derived.followUps.actionReminders.earliest,
            derived.contacts.earliest,
        ]
        moments += reminders.compactMap(\.self)
        return moments.min()
    }
}

extension Session {
    /// When a pause ends by itself; one until a whole day ends on its morning, a day after the reminder would come.
    var resumption: Date? {
        guard let pausedUntil, pausedUntil.isWholeDay, let pausedAt else { return pausedUntil?.moment }
        let morning = pausedUntil.reminder.addingTimeInterval(86_400)
        return morning > pausedAt ? morning : pausedUntil.moment
    }
}

extension OpenPoint {
    var nextReminder: Date? {
        guard isOpen, owner != nil, let due else { return nil }
        if wasAskedForResult { return nil }
        return wasReminded ? due.moment : due.reminder
    }
}

extension Action {
    var nextReminder: Date? {
        guard isOpen, let due else { return nil }
        if wasReminded { return wasAskedFor ?? false ? nil : overdue }
        return due.reminder > at ? due.reminder : due.moment
    }

    /// When it is asked for after its time: at nine in the morning of the next day, or an hour after a clock time.
    var overdue: Date? {
        due.map { $0.isWholeDay ? $0.reminder.addingTimeInterval(2 * 86_400) : $0.moment.addingTimeInterval(3600) }
    }
}

extension Turn {
    /// The minutes that a time limit may be set to, or be extended by.
    private static let minutes = 1...600

    mutating func timebox(_ timeboxing: Timeboxing) {
        switch timeboxing {
        case .set(let minutes):
            guard mayTime(minutes) else { return }
            set(until: at.addingTimeInterval(Double(minutes) * 60), from: at)
            say(.timeboxSet, [.count: .count(minutes)])
        case .extend(let minutes):
            guard let timebox = session.timebox else { return self.timebox(.set(minutes: minutes)) }
            guard mayTime(minutes) else { return }
            set(until: max(timebox.until, at).addingTimeInterval(Double(minutes) * 60), from: at)
            let left = session.timebox.map { minutesUntil($0.until) } ?? minutes
            say(.timeboxExtended, [.count: .count(minutes), .total: .count(left)])
        case .off:
            guard session.timebox != nil else { return refuse(.noTimebox) }
            record(.timeboxRemoved)
            say(.timeboxRemoved)
        case .show:
            guard let timebox = session.timebox else { return refuse(.noTimebox) }
            acknowledge(.timeboxLeft, [.count: .count(max(minutesUntil(timebox.until), 0))])
        }
    }

    /// The warning comes two minutes before the end, in a short span after four fifths of it.
    private mutating func set(until end: Date, from start: Date) {
        let ahead = min(120, end.timeIntervalSince(start) / 5)
        record(.timeboxSet(until: end, warning: end.addingTimeInterval(-ahead)))
    }

    /// Clocks stand still in a pause, so that none is set there.
    private mutating func mayTime(_ minutes: Int) -> Bool {
        guard session.state == .running else {
            refuse(.isPaused)
            return false
        }
        guard Self.minutes.contains(minutes) else {
            refuse(.badNumber)
            return false
        }
        return true
    }

    private func minutesUntil(_ moment: Date) -> Int {
        Int(saturating: (moment.timeIntervalSince(session.pausedAt ?? at) / 60).rounded(.up))
    }

    mutating func beginSilence(minutes: Int) {
        guard mayTime(minutes) else { return }
        guard session.silence == nil else { return refuse(.isSilent) }
        guard hasPrivateWay else { return refuse(.noPrivateWay) }
        record(.silenceBegan(session.current, until: at.addingTimeInterval(Double(minutes) * 60)))
        say(.silenceBegan, [.count: .count(minutes)])
    }

    mutating func reveal() {
        guard session.silence != nil else { return refuse(.isNotSilent) }
        endSilence()
    }

    /// Shows what was collected in silence, without names.
    mutating func endSilence() {
        guard let silence = session.silence else { return }
        let hidden = session.contributions.filter { $0.isHidden && !$0.isWithdrawn && $0.question == silence.question }
        record(.silenceEnded)
        guard !hidden.isEmpty else { return say(.revealedNothing) }
        say(.revealed, [.total: .count(hidden.count)])
        show(hidden.map { Line(.revealedItem, [.id: .id($0.id), .text: .text($0.text)]) }, to: .room)
        for contribution in hidden { offerLikeness(of: contribution.id) }
        askForMission(at: silence.question)
    }

    /// Does what is due by now; an input that comes late finds the same as one in time.
    mutating func tellTime() {
        eraseConcernsWhenDue()
        if session.state == .paused, let moment = session.resumption, moment <= at { resume() }
        if session.state == .running {
            tellTimebox()
            if let silence = session.silence, !silence.hasPassed, silence.until <= at {
                record(.silencePassed)
                say(.silencePassed)
            }
            if let moment = session.nudgeAt, moment <= at { nudgeTheSilent() }
        }
        remind()
    }

    private mutating func tellTimebox() {
        guard let timebox = session.timebox, !timebox.hasPassed else { return }
        if timebox.until <= at {
            record(.timeboxPassed)
            say(.timeboxPassed)
        } else if !timebox.wasWarned, timebox.warning <= at {
            record(.timeboxWarned)
            say(.timeboxWarning, [.count: .count(max(minutesUntil(timebox.until), 1))])
        }
    }

    private mutating func remind() {
        for point in session.derived.followUps.pointReminders.due(at: at).map({ session.openPoints[$0] }) {
            guard let due = point.due, let owner = point.owner
            else { continue }
            let isDue = due.moment <= at
            record(.reminded(point.id))
            var values: [Phrase.Slot: Value] = [
                .id: .id(point.id), .text: .text(point.text), .expert: .text(point.expert ?? ""), .due: .due(due),
            ]
            var audience = audience(owner)
            if !point.showsOwner {
                // Nobody else is to know whose it is.
                guard case .addressed(let identity) = audience else {
                    say(.remindEverybody, values)
                    continue
                }
                audience = .person(identity)
            }
            values[.name] = name(owner)
            say(isDue ? .askForResult : .remindOfOpenPoint, values, to: audience)
        }
        for action in session.derived.followUps.actionReminders.due(at: at).map({ session.actions[$0] }) {
            guard let due = action.due else { continue }
            record(.reminded(action.id))
            let values: [Phrase.Slot: Value] = [
                .name: action.person.map { name($0) } ?? .text(action.assignee), .id: .id(action.id),
                .text: .text(action.text), .due: .due(due),
            ]
            let isOverdue = action.overdue.map { $0 <= at } ?? false
            say(isOverdue ? .actionOverdue : .remindOfAction, values, to: action.person.map { audience($0) } ?? .room)
        }
        remindOfContacts()
    }

    /// A person who is there is reminded privately; for one who is away the room passes it on.
    func audience(_ id: Person.ID) -> Output.Audience {
        guard let person = session.person(id), person.isPresent, !person.isForgotten else { return .room }
        return .addressed(person.identity)
    }
}
