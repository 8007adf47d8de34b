import DialogEngine
import Wording

// The network in the minutes: what the map shows, in words, and the contact plan.

extension MarkdownMinutes {
    var network: [String] {
        guard report.network != nil, !report.organisations.isEmpty else { return [] }
        let lines = NetworkMap(report: report, words: words).lines.map { "- \($0.markdown)" }
        return ["## \(words[.network])", lines.joined(separator: "\n")]
    }

    var contacts: [String] {
        let plan = ContactTable(report: report, words: words)
        guard !plan.rows.isEmpty else { return [] }
        return ["## \(words[.contactPlan])", table(plan.columns, plan.rows.map { $0.map(\.markdown) })]
    }
}
