import DialogEngine
import Wording

// What is to be done behind the questions: open points, tasks, the parking lot.

extension HTMLSummary {
    var followUp: String {
        let parts = [openPoints, tasks, contacts, parkingLot].filter { !$0.isEmpty }
        guard !parts.isEmpty else { return "" }
        return "<div class=\"after\">\n\(parts.joined(separator: "\n"))\n</div>"
    }

    private var openPoints: String {
        let points = report.openPoints.filter(\.isOpen)
        guard !points.isEmpty else { return "" }
        var columns = [words[.number], words[.openPoint], words[.asked]]
        if report.withNames { columns.append(words[.owner]) }
        columns.append(words[.until])
        let rows = points.map { point in
            let owner = report.withNames ? [point.owner?.text ?? ""] : []
            return [point.id.description, "\(point.text) (\(point.key))", point.expert ?? ""] + owner
                + [point.due.map(words.due) ?? ""]
        }
        return section(
            "open", words[.openPoints],
            table(columns, rows, caption: words[.openPoints], ids: points.map(\.id.description)))
    }

    private var tasks: String {
        guard !report.actions.isEmpty else { return "" }
        var columns = [words[.number], words[.task]]
        if report.withNames { columns.append(words[.who]) }
        columns += [words[.until], words[.state]]
        let rows = report.actions.map { action in
            [action.id.description, action.text] + (report.withNames ? [action.assignee?.text ?? ""] : [])
                + [action.due.map(words.due) ?? "", words[action.isDone ? .done : .open]]
        }
        return section("tasks", words[.tasks], table(columns, rows, caption: words[.tasks]))
    }

    private var contacts: String {
        let plan = ContactTable(report: report, words: words)
        guard !plan.rows.isEmpty else { return "" }
        return section(
            "contacts", words[.contactPlan], table(plan.columns, plan.rows, caption: words[.contactPlan], head: 1))
    }

    private var parkingLot: String {
        guard !report.parked.isEmpty else { return "" }
        let items = report.parked.map { "<li>\($0.text.htmlLines)</li>" }.joined(separator: "\n")
        return section("parked", words[.parkingLot], "<ul>\n\(items)\n</ul>")
    }

    private func section(_ name: String, _ title: String, _ content: String) -> String {
        """
        <section class="list \(name)" aria-labelledby="\(name)">
        <h2 id="\(name)">\(title.html)</h2>
        \(content)
        </section>
        """
    }
}
