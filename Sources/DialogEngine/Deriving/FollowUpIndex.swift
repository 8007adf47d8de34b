import FoundationEssentials

/// Where open points and tasks lie, and when the next of them comes due.
struct FollowUpIndex: Hashable, Sendable {
    private struct PointKeys: Hashable {
        var isOpen = false
        var isSaid = false
        /// The folded text of one that may be about a resource.
        var name: String?
    }

    private var pointKeys: [PointKeys] = []
    private var assignees: [String?] = []
    /// Every open point that was ever raised.
    private(set) var points = Places<Question.ID>()
    /// Those that are still open.
    private(set) var open = Places<Question.ID>()
    /// How many at a question still have words.
    private(set) var said: [Question.ID: Int] = [:]
    /// The open points at the question for those who bring resources, by their folded texts.
    private(set) var resources = Places<String>()
    /// The tasks that nobody has who is known, by the folded name that they were given to.
    private(set) var unassigned = Places<String>()
    private(set) var pointReminders = Reminders()
    private(set) var actionReminders = Reminders()

    init() {}

    init(of session: Session) {
        for place in session.openPoints.indices { notePoint(place, in: session) }
        for place in session.actions.indices { noteAction(place, in: session) }
    }

    mutating func notePoint(_ place: Int, in session: Session) {
        let point = session.openPoints[place]
        let question = point.question
        if place == pointKeys.count {
            pointKeys.append(PointKeys())
            points.add(place, under: question)
        }
        let old = pointKeys[place]
        var new = PointKeys(isOpen: point.isOpen)
        new.isSaid = !(point.text.isEmpty && (point.result ?? "").isEmpty)
        let isAboutResource = question == session.dialog.network?.positions[.holder]
        if point.isOpen, isAboutResource { new.name = point.text.folded }
        pointKeys[place] = new
        if old.isOpen, !new.isOpen { open.remove(place, under: question) }
        if !old.isOpen, new.isOpen { open.add(place, under: question) }
        if old.isSaid != new.isSaid { said.count(new.isSaid ? 1 : -1, of: question) }
        if old.name != new.name {
            if let name = old.name { resources.remove(place, under: name) }
            if let name = new.name { resources.add(place, under: name) }
        }
        pointReminders.set(point.nextReminder, for: place)
    }

    mutating func noteAction(_ place: Int, in session: Session) {
        let action = session.actions[place]
        if place == assignees.count { assignees.append(nil) }
        let (old, new) = (assignees[place], action.person == nil ? action.assignee.calledName : nil)
        assignees[place] = new
        if old != new {
            if let old { unassigned.remove(place, under: old) }
            if let new { unassigned.add(place, under: new) }
        }
        actionReminders.set(action.nextReminder, for: place)
    }
}

/// When records come due, and when the first of them does.
struct Reminders: Hashable, Sendable {
    private var moments: [Int: Date] = [:]
    private(set) var earliest: Date?

    /// The places of those that are due, in sequence.
    func due(at now: Date) -> [Int] {
        guard let earliest, earliest <= now else { return [] }
        return moments.filter { $0.value <= now }.keys.sorted()
    }

    mutating func set(_ moment: Date?, for place: Int) {
        let former = moments[place]
        guard former != moment else { return }
        moments[place] = moment
        if let former, former == earliest {
            earliest = moments.values.min()
        } else if let moment {
            earliest = earliest.map { min($0, moment) } ?? moment
        }
    }
}

extension String {
    /// The folded name that somebody is called by, without a mark before it.
    var calledName: String { drop { $0 == "@" }.folded }
}
