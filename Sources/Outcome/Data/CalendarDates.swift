import DialogEngine
import FoundationEssentials
import Wording

/// What is due, as an iCalendar file (RFC 5545): tasks, questions to experts, contacts, dated rows such as next steps.
///
/// Everything is a VEVENT. Outlook leaves out VTODO when it imports a file, and phones mostly do; Thunderbird takes
/// both. What is due on a day is an all-day event, which no time zone can move to the day before; what is due at a
/// clock time is an event without length at that moment, in UTC. None of them makes anybody appear busy.
///
/// The UID of a record never changes, however it is worded: the session's random letters and the record's id. SEQUENCE
/// rises when it is changed, so that importing the file again updates the events instead of doubling them.
///
/// | what became of it                     | its event                                                              |
/// |---------------------------------------|------------------------------------------------------------------------|
/// | it is open                            | as it stands, with an alarm when the bot reminds                       |
/// | it is done, cleared, made             | CANCELLED, saying so: for a VEVENT there is no COMPLETED (3.8.1.11)    |
/// | it was withdrawn, replaced, undated   | CANCELLED, without its words                                           |
///
/// What is cancelled stays in the file, so that it leaves the calendars that it was imported into. What comes again ends
/// with the day until which the session is kept. A calendar without any event names the time zone of its clock times, since
/// it has to have a component.
///
/// METHOD:PUBLISH makes old versions of Outlook offer to import the file; like other calendars' exports it names no
/// organiser, who would have to be a person with an address.
struct CalendarDates {
    let report: Report
    let words: Words

    var text: String {
        let events = inOrder
        let lines =
            [
                "BEGIN:VCALENDAR", "VERSION:2.0",
                "PRODID:-//Lotse//Lotse//\(report.language.rawValue.prefix(2).uppercased())", "CALSCALE:GREGORIAN",
                "METHOD:PUBLISH", "X-WR-CALNAME:\(report.title.calendar)",
            ] + (events.isEmpty ? Self.timeZone : events.flatMap(lines)) + ["END:VCALENDAR"]
        return lines.map { $0.foldedLine + "\r\n" }.joined()
    }

    /// The time zone of clock times.
    private static let timeZone = [
        "BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0000", "TZNAME:UTC", "END:STANDARD", "END:VTIMEZONE",
    ]

    private struct Event {
        let id: String
        let due: DueDate
        let revision: Int
        let summary: String
        let description: [String]
        /// How often it comes again.
        var rhythm: Rhythm?
        /// Whether it is to leave calendars.
        var isOver = false
    }

    // MARK: What is due

    private var inOrder: [Event] {
        (openPoints + actions + contacts + rows + former).sorted { ($0.due.moment, $0.id) < ($1.due.moment, $1.id) }
    }

    private var openPoints: [Event] {
        report.openPoints.compactMap { point in
            guard let due = point.due else { return nil }
            let people = [
                point.expert.map { "\(words[.asked]): \($0)" }, point.owner.map { "\(words[.owner]): \($0.text)" },
            ]
            return Event(
                id: point.id.description, due: due, revision: point.revision,
                summary: summary("\(point.id) \(point.text)", over: point.isOpen ? nil : .cleared),
                description: people.compactMap { $0 } + ["\(words[.question]): \(point.prompt)"],
                isOver: !point.isOpen)
        }
    }

    private var actions: [Event] {
        report.actions.compactMap { action in
            guard let due = action.due else { return nil }
            let who = action.assignee.map { ["\(words[.who]): \($0.text)"] } ?? []
            return Event(
                id: action.id.description, due: due, revision: action.revision,
                summary: summary("\(action.id) \(action.text)", over: action.isDone ? .done : nil), description: who,
                isOver: action.isDone)
        }
    }

    private var contacts: [Event] {
        report.organisations.compactMap { organisation in
            guard let contact = organisation.contact, let due = contact.due ?? contact.madeAt.map(wholeDay) else {
                return nil
            }
            let parts: [(Term, String?)] = [
                (.who, contact.assignee?.text), (.counterpart, contact.counterpart), (.request, contact.request),
                (.format, contact.format),
            ]
            let isOver = contact.due == nil
            return Event(
                id: "\(contact.record)-contact", due: due, revision: contact.revision,
                summary: summary("\(words[.contact]): \(organisation.name)", over: isOver ? .contactMade : nil),
                description: parts.compactMap { term, text in text.map { "\(words[term]): \($0)" } },
                rhythm: isOver ? nil : contact.interval, isOver: isOver)
        }
    }

    /// Rows with a day in a column for dates.
    private var rows: [Event] {
        report.questions.flatMap { question in
            question.content.entries.compactMap { entry -> Event? in
                guard let due = entry.due, let row = entry.row else { return nil }
                let cells = zip(question.shape.columns, entry.cells).filter { !$1.isEmpty }
                return Event(
                    id: row, due: due, revision: question.revision, summary: entry.text,
                    description: cells.map { "\($0): \($1)" })
            }
        }
    }

    private var former: [Event] {
        report.formerDates.map {
            Event(
                id: $0.id, due: $0.due, revision: $0.revision, summary: words[.stateNotApplicable], description: [],
                isOver: true)
        }
    }

    private func summary(_ text: String, over: Term?) -> String {
        over.map { "\(text) (\(words[$0]))" } ?? text
    }

    private func wholeDay(of moment: Date) -> DueDate { DueDate(moment: moment, isWholeDay: true, reminder: moment) }

    // MARK: How it is written

    private func lines(_ event: Event) -> [String] {
        ["BEGIN:VEVENT", "UID:\(report.session.token.identifier)-\(event.id.identifier)@lotse"]
            + ["DTSTAMP:\(moment(report.asOf))", "SEQUENCE:\(event.revision)"] + times(of: event)
            + repetition(of: event) + ["STATUS:\(event.isOver ? "CANCELLED" : "CONFIRMED")"]
            + ["SUMMARY:\(event.summary.calendar)"]
            + ["DESCRIPTION:\((event.description + [report.title]).joined(separator: "\n").calendar)"]
            + ["CATEGORIES:\(report.title.calendar)", "TRANSP:TRANSPARENT"] + alarm(of: event) + ["END:VEVENT"]
    }

    private func times(of event: Event) -> [String] {
        event.due.isWholeDay
            ? [
                "DTSTART;VALUE=DATE:\(day(event.due.moment))",
                "DTEND;VALUE=DATE:\(day(event.due.moment, plus: 1))",
            ] : ["DTSTART:\(moment(event.due.moment))"]
    }

    /// Until the day that the session is kept; UNTIL is a date where DTSTART is one (3.3.10).
    private func repetition(of event: Event) -> [String] {
        guard let rhythm = event.rhythm, event.due.moment < report.session.retainedUntil else { return [] }
        let end = report.session.retainedUntil
        let until = event.due.isWholeDay ? day(end) : moment(end)
        return ["RRULE:FREQ=\(rhythm.unit.frequency);INTERVAL=\(rhythm.count);UNTIL=\(until)"]
    }

    /// At nine in the morning of the day before, or an hour before a clock time, as the bot reminds.
    private func alarm(of event: Event) -> [String] {
        guard !event.isOver else { return [] }
        return [
            "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:\(event.summary.calendar)",
            "TRIGGER:-PT\(event.due.isWholeDay ? 15 : 1)H", "END:VALARM",
        ]
    }

    /// The calendar day in the session's time zone: `20261202`.
    private func day(_ date: Date, plus days: Int = 0) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = words.timeZone
        let day = calendar.date(byAdding: .day, value: days, to: date) ?? date
        return digits(
            calendar.dateComponents([.year, .month, .day], from: day), [(\.year, 4), (\.month, 2), (\.day, 2)])
    }

    /// The moment in UTC: `20261202T170000Z`.
    private func moment(_ date: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        return digits(parts, [(\.year, 4), (\.month, 2), (\.day, 2)]) + "T"
            + digits(parts, [(\.hour, 2), (\.minute, 2), (\.second, 2)]) + "Z"
    }

    private func digits(_ parts: DateComponents, _ fields: [(KeyPath<DateComponents, Int?>, width: Int)]) -> String {
        fields.map { field, width in
            let digits = String(parts[keyPath: field] ?? 0)
            return String(repeating: "0", count: max(width - digits.count, 0)) + digits
        }.joined()
    }
}

extension Rhythm.Unit {
    /// RFC 5545 section 3.3.10.
    fileprivate var frequency: String {
        switch self {
        case .days: "DAILY"
        case .weeks: "WEEKLY"
        case .months: "MONTHLY"
        }
    }
}

extension String {
    /// The text as a TEXT value, RFC 5545 section 3.3.11.
    fileprivate var calendar: String {
        replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(",", with: "\\,")
            .replacing("\r\n", with: "\\n").replacing("\n", with: "\\n")
    }

    /// The text with everything replaced that does not belong into an identifier.
    fileprivate var identifier: String {
        String(map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? $0 : "-" })
    }

    /// The content line in pieces of at most 75 octets, RFC 5545 section 3.1; no character is cut in two.
    ///
    ///     SUMMARY:Reicht eine Befreiung … Erlau
    ///      bnis der Wasserbehörde?
    ///     ^ a continuation begins with a blank, which counts
    fileprivate var foldedLine: String {
        var text = ""
        var octets = 0
        for scalar in unicodeScalars {
            let size = UTF8.width(scalar)
            if octets + size > 75 {
                text += "\r\n "
                octets = 1
            }
            text.unicodeScalars.append(scalar)
            octets += size
        }
        return text
    }
}
