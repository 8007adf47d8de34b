import DialogEngine
import Wording

/// The contact plan as a table: a row for each organisation that somebody is to approach, by date.
struct ContactTable {
    private let report: Report
    private let words: Words

    init(report: Report, words: Words) {
        self.report = report
        self.words = words
    }

    private struct Column {
        let title: Term
        let value: (Report.Organisation, Report.Contact) -> String?
    }

    /// Without names nobody stands there who takes part, and nobody whom she meets.
    private var parts: [Column] {
        let words = words
        let people = [
            Column(title: .who) { $1.assignee?.text }, Column(title: .counterpart) { $1.counterpart },
        ]
        return [Column(title: .number) { organisation, _ in organisation.id.description }]
            + [Column(title: .organisation) { organisation, _ in organisation.name }]
            + (report.withNames ? people : [])
            + [
                Column(title: .until) { $1.due.map(words.due) }, Column(title: .request) { $1.request },
                Column(title: .format) { $1.format }, Column(title: .rhythm) { $1.rhythm },
                Column(title: .lastContact) { $1.madeAt.map(words.day) },
                Column(title: .state) { words[$1.state.term] },
            ]
    }

    var columns: [String] { parts.map { words[$0.title] } }

    var rows: [[String]] {
        let planned = report.organisations.filter { $0.contact != nil }.sorted { first, second in
            guard let one = first.contact?.due?.moment else { return false }
            return second.contact?.due.map { one < $0.moment } ?? true
        }
        return planned.compactMap { organisation in
            organisation.contact.map { contact in parts.map { $0.value(organisation, contact) ?? "" } }
        }
    }

    /// What the plan says about one organisation; empty where nothing is planned.
    func cells(of organisation: Report.Organisation) -> [String] {
        parts.dropFirst(2).map { part in organisation.contact.flatMap { part.value(organisation, $0) } ?? "" }
    }
}
