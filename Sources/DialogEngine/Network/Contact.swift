public import FoundationEssentials

/// Who of the group approaches an organisation, whom there, until when, why, how, and how often.
public struct ContactPlan: Hashable, Sendable, Codable {
    /// The name of whoever of the group does it, as it was typed.
    public var assignee: String?
    /// The person of the session with that name, if there was one.
    public var person: Person.ID?
    /// Whom in the organisation.
    public var counterpart: String?
    /// What the organisation is asked for.
    public var request: String?
    /// The id of one of the guide's formats, or words of one's own.
    public var format: String?
    public var rhythm: Rhythm?
    public var due: DueDate?

    public init(
        assignee: String? = nil, person: Person.ID? = nil, counterpart: String? = nil, request: String? = nil,
        format: String? = nil, rhythm: Rhythm? = nil, due: DueDate? = nil
    ) {
        self.assignee = assignee
        self.person = person
        self.counterpart = counterpart
        self.request = request
        self.format = format
        self.rhythm = rhythm
        self.due = due
    }

    /// The plan with whatever `change` names in the place of what was planned.
    func changed(by change: ContactPlan) -> ContactPlan {
        ContactPlan(
            assignee: change.assignee ?? assignee, person: change.assignee == nil ? person : change.person,
            counterpart: change.counterpart ?? counterpart, request: change.request ?? request,
            format: change.format ?? format, rhythm: change.rhythm ?? rhythm, due: change.due ?? due)
    }
}

/// How often something comes again.
public struct Rhythm: Hashable, Sendable, Codable {
    public enum Unit: String, Hashable, Sendable, Codable, CaseIterable {
        case days, weeks, months
    }

    public let count: Int
    public let unit: Unit

    public init(every count: Int, _ unit: Unit) {
        self.count = count
        self.unit = unit
    }
}

/// The contact to an organisation: what is planned, and what became of it.
public struct Contact: Hashable, Sendable, Codable {
    public internal(set) var plan: ContactPlan
    public internal(set) var plannedBy: Person.ID?
    /// Whether the present plan was made privately, so that not everybody has read it.
    public internal(set) var isPrivate: Bool?
    /// When the organisation was last approached.
    public internal(set) var madeAt: Date?
    public internal(set) var wasReminded = false
    public internal(set) var changedSeq: Int

    /// When it is overdue: the morning after its day, or its clock time.
    public var overdue: Date? {
        guard let due = plan.due else { return nil }
        // The reminder of a day comes at nine in the morning of the day before.
        return due.isWholeDay ? due.reminder.addingTimeInterval(2 * 86_400) : due.moment
    }

    var nextReminder: Date? { wasReminded ? nil : overdue }

    public func state(at now: Date) -> State {
        if let overdue, overdue <= now { return .overdue }
        return plan.due == nil && madeAt != nil ? .made : .planned
    }

    public enum State: String, Hashable, Sendable, Codable, CaseIterable {
        case planned, overdue, made
    }
}

extension DueDate {
    /// The first date after `now` that lies a multiple of `rhythm` ahead.
    ///
    /// The machine knows no time zone. It counts days in UTC, so that a clock change moves the last second of a day by an
    /// hour; an hour less in every case keeps it within its day.
    func next(by rhythm: Rhythm, after now: Date) -> DueDate? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for step in 1...1000 {
            guard let date = calendar.date(byAdding: rhythm.unit.component, value: step * rhythm.count, to: moment)
            else { return nil }
            if date > now {
                let ahead = date.timeIntervalSince(moment)
                return DueDate(
                    moment: isWholeDay ? date.addingTimeInterval(-3_600) : date, isWholeDay: isWholeDay,
                    reminder: reminder.addingTimeInterval(ahead))
            }
        }
        return nil
    }
}

extension Rhythm.Unit {
    fileprivate var component: Calendar.Component {
        switch self {
        case .days: .day
        case .weeks: .weekOfYear
        case .months: .month
        }
    }
}
