import DialogEngine
import Wording

// The network on the back of the sheet: the map with the same in words, and the contact plan.

extension HTMLSummary {
    var network: String {
        guard report.network != nil, !report.organisations.isEmpty else { return "" }
        let map = NetworkMap(report: report, words: words)
        let lines = map.lines.map { "<li>\($0.html)</li>" }.joined(separator: "\n")
        return """
            <section class="network" aria-labelledby="network">
            <h2 id="network">\(words[.map].html)</h2>
            \(NetworkMapSVG(map).figure)
            <ul class="unseen">
            \(lines)
            </ul>
            \(contacts)
            </section>
            """
    }

    private var contacts: String {
        let plan = ContactTable(report: report, words: words)
        guard !plan.rows.isEmpty else { return "" }
        return """
            <h2 id="contacts">\(words[.contactPlan].html)</h2>
            \(table(plan.columns, plan.rows, caption: words[.contactPlan], head: 1))
            """
    }
}
