import DialogEngine
import FoundationEssentials

/// All records of a session as JSON, as ``OutcomeDocument/jsonSchema`` describes them.
///
/// Moments are ISO 8601 in UTC. A member without a value is left out, an empty list is not. Members come in the
/// sequence of the schema, so that two documents of one session can be compared line by line.
struct JSONRecords {
    /// The format's version: raised when a member changes its meaning or goes away, not when one is added.
    static let version = 2

    let report: Report
    let timeZone: TimeZone

    var text: String {
        JSONValue.object([
            ("format", .string("lotse-outcome")),
            ("version", .integer(JSONRecords.version)),
            ("asOf", moment(report.asOf)),
            ("timeZone", .string(timeZone.identifier)),
            ("language", .string(report.language.rawValue)),
            ("audience", .string(report.audience.rawValue)),
            ("withNames", .boolean(report.withNames)),
            ("session", session),
            ("dialog", dialog),
            ("participants", .integer(report.peopleCount)),
            ("people", report.withNames ? .array(report.people.map(person)) : nil),
            ("steps", .array(report.steps.map(step))),
            (
                "formerQuestions",
                report.formerQuestions.isEmpty ? nil : .array(report.formerQuestions.map(question))
            ),
            ("openPoints", .array(report.openPoints.map(openPoint))),
            ("organisations", .array(report.organisations.map(organisation))),
            ("network", network),
            ("actions", .array(report.actions.map(action))),
            ("parked", .array(report.parked.map(parked))),
        ]).text() + "\n"
    }

    private var session: JSONValue {
        .object([
            ("id", .string(report.session.id)),
            ("name", .string(report.session.name)),
            ("state", .string(report.session.state.rawValue)),
            ("order", .string(report.session.order)),
            ("startedAt", moment(report.session.startedAt)),
            ("retainedUntil", moment(report.session.retainedUntil)),
        ])
    }

    private var dialog: JSONValue {
        .object([
            ("id", .string(report.guide.id)),
            ("version", .string(report.guide.version)),
            ("contentHash", .string(report.guide.contentHash)),
            ("title", .string(report.guide.title)),
            ("attribution", .string(report.guide.attribution)),
        ])
    }

    private func person(_ person: Report.Participant) -> JSONValue {
        .object([
            ("id", person.name.person.map(JSONValue.integer)),
            ("name", .string(person.name.text)),
            ("organisation", .text(person.organisation)),
            ("isFacilitator", .boolean(person.isFacilitator)),
        ])
    }

    private func step(_ step: Report.Step) -> JSONValue {
        .object([
            ("id", .string(step.id)),
            ("title", .string(step.title)),
            ("questions", .array(step.questions.map(question))),
        ])
    }

    // MARK: What follows

    private func openPoint(_ point: Report.OpenPoint) -> JSONValue {
        .object([
            ("id", id(point.id)),
            ("question", .string(point.question)),
            ("text", .string(point.text)),
            ("isOpen", .boolean(point.isOpen)),
            ("owner", name(point.owner)),
            ("expert", .text(point.expert)),
            ("due", due(point.due)),
            ("result", .text(point.result)),
        ])
    }

    private func organisation(_ organisation: Report.Organisation) -> JSONValue {
        .object([
            ("id", id(organisation.id)),
            ("name", .string(organisation.name)),
            ("aliases", organisation.aliases.isEmpty ? nil : .array(organisation.aliases.map(JSONValue.string))),
            ("kind", .string(organisation.kind.rawValue)),
            ("sphere", .text(organisation.sphere)),
            ("roles", .array(organisation.roles.map { .string($0.rawValue) })),
            ("contact", organisation.contact.map(contact)),
            (
                "positions",
                .array(
                    organisation.positions.map { position in
                        .object([
                            ("question", .string(position.question)),
                            ("subject", .text(position.entry.subject)),
                            ("kind", .text(position.entry.kindID)),
                            ("detail", .text(position.entry.detail)),
                        ])
                    })
            ),
        ])
    }

    private func action(_ action: Report.Action) -> JSONValue {
        .object([
            ("id", id(action.id)),
            ("text", .string(action.text)),
            ("assignee", name(action.assignee)),
            ("due", due(action.due)),
            ("isDone", .boolean(action.isDone)),
        ])
    }

    private func parked(_ parked: Report.Parked) -> JSONValue {
        .object([
            ("id", id(parked.id)), ("text", .string(parked.text)), ("by", name(parked.by)), ("at", moment(parked.at)),
        ])
    }

    // MARK: Pieces

    func id(_ id: RecordID) -> JSONValue { .string(id.description) }

    /// The number of a person of the session, where there is one, and the name.
    func name(_ name: Report.Name?) -> JSONValue? {
        name.map { .object([("person", $0.person.map(JSONValue.integer)), ("name", .string($0.text))]) }
    }

    func moment(_ date: Date) -> JSONValue {
        .string(date.formatted(.iso8601))
    }

    func due(_ due: DueDate?) -> JSONValue? {
        due.map {
            .object([
                ("until", moment($0.moment)), ("day", day($0.moment)), ("isWholeDay", .boolean($0.isWholeDay)),
            ])
        }
    }

    /// The calendar day in the document's time zone.
    private func day(_ date: Date) -> JSONValue {
        .string(date.formatted(Date.ISO8601FormatStyle(timeZone: timeZone).year().month().day()))
    }
}
