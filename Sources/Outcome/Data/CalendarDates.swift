import DialogEngine
import FoundationEssentials
import Wording

/// What is due, as an iCalendar file (RFC 5545): tasks, questions to experts, contacts, dated rows such as next steps.
///
/// Everything is a VEVENT. Outlook leaves out VTODO when it imports a file, and phones mostly do; Thunderbird takes
/// both. What is due on a day is an all-day event, which no time zone can move to the day before; what is due at a
/// clock time is an event without length at that moment, in UTC. None of them makes anybody appear busy. What is done
/// or cleared is left out.
///
/// METHOD:PUBLISH makes old versions of Outlook offer to import the file; like other calendars' exports it names no
/// organiser, who would have to be a person with an address.
///
/// The UID of a record never changes, and SEQUENCE rises when it is changed, so that importing the file again updates
/// the events instead of doubling them.
struct CalendarDates {
    let report: Report
    let words: Words

    var text: String {
        let lines =
            [
                "BEGIN:VCALENDAR", "VERSION:2.0",
                "PRODID:-//Lotse//Lotse//\(report.language.rawValue.prefix(2).uppercased())", "CALSCALE:GREGORIAN",
                "METHOD:PUBLISH", "X-WR-CALNAME:\(report.title.calendar)",
            ] + inOrder.flatMap(lines) + ["END:VCALENDAR"]
        return lines.map { $0.foldedLine + "\r\n" }.joined()
    }

    private struct Event {
        let id: String
        let due: DueDate
        let revision: Int
        let summary: String
        let description: [String]
        /// How often it comes again.
        var rhythm: Rhythm?
    }

    // MARK: What is due

    private var inOrder: [Event] {
        (openPoints + actions + contacts + rows).sorted { ($0.due.moment, $0.id) < ($1.due.moment, $1.id) }
    }

    private var openPoints: [Event] {
        report.openPoints.filter(\.isOpen).compactMap { point in
            guard let due = point.due else { return nil }
            let people = [
                point.expert.map { "\(words[.asked]): \($0)" }, point.owner.map { "\(words[.owner]): \($0.text)" },
            ]
            return Event(
                id: point.id.description, due: due, revision: point.revision, summary: "\(point.id) \(point.text)",
                description: people.compactMap { $0 } + ["\(words[.question]): \(point.key)"])
        }
    }

    private var actions: [Event] {
        report.actions.filter { !$0.isDone }.compactMap { action in
            guard let due = action.due else { return nil }
            let who = action.assignee.map { ["\(words[.who]): \($0.text)"] } ?? []
            return Event(
                id: action.id.description, due: due, revision: action.revision, summary: "\(action.id) \(action.text)",
                description: who)
        }
    }

    private var contacts: [Event] {
        report.organisations.compactMap { organisation in
            guard let contact = organisation.contact, let due = contact.due else { return nil }
            let parts: [(Term, String?)] = [
                (.who, contact.assignee?.text), (.counterpart, contact.counterpart), (.request, contact.request),
                (.format, contact.format),
            ]
            return Event(
                id: "\(organisation.id)-contact", due: due, revision: contact.revision,
                summary: "\(words[.contact]): \(organisation.name)",
                description: parts.compactMap { term, text in text.map { "\(words[term]): \($0)" } },
                rhythm: contact.interval)
        }
    }

    /// Rows with a day in a column for dates; they have no id of their own, so they are known by their text, which stays
    /// when others are put before them or their day changes.
    private var rows: [Event] {
        report.questions.flatMap { question in
            var seen: [String] = []
            return question.content.entries.compactMap { entry -> Event? in
                guard let due = entry.due else { return nil }
                seen.append(entry.text.folded)
                let number = seen.filter { $0 == entry.text.folded }.count
                let name = entry.text.folded + (number == 1 ? "" : "-\(number)")
                let cells = zip(question.shape.columns, entry.cells).filter { !$1.isEmpty }
                return Event(
                    id: "\(question.id)-\(name)", due: due, revision: question.revision, summary: entry.text,
                    description: cells.map { "\($0): \($1)" })
            }
        }
    }

    // MARK: How it is written

    private func lines(_ event: Event) -> [String] {
        let times =
            event.due.isWholeDay
            ? [
                "DTSTART;VALUE=DATE:\(day(event.due.moment))",
                "DTEND;VALUE=DATE:\(day(event.due.moment, plus: 1))",
            ] : ["DTSTART:\(moment(event.due.moment))"]
        return ["BEGIN:VEVENT", "UID:\(report.session.id.identifier)-\(event.id.identifier)@lotse"]
            + ["DTSTAMP:\(moment(report.generatedAt))", "SEQUENCE:\(event.revision)"] + times
            + (event.rhythm.map { ["RRULE:FREQ=\($0.unit.frequency);INTERVAL=\($0.count)"] } ?? [])
            + ["SUMMARY:\(event.summary.calendar)"]
            + ["DESCRIPTION:\((event.description + [report.title]).joined(separator: "\n").calendar)"]
            + ["CATEGORIES:\(report.title.calendar)", "TRANSP:TRANSPARENT", "END:VEVENT"]
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
