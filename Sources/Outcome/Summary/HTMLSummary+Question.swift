import DialogEngine
import Wording

// One question of the summary: its state, the answer in its shape, objections and open points.

extension HTMLSummary {
    func question(_ question: Report.Question) -> String {
        """
        <article class="question \(question.isMasked ? "masked" : question.state.rawValue)">
        <h3>\(question.prompt.html)</h3>
        \(question.isMasked ? masked : state(of: question) + answer(to: question) + beside(question))
        </article>
        """
    }

    private var masked: String {
        "<p class=\"state\">\(words[.internal].html)</p><p class=\"gap\">\(words[.staysInGroup].html)</p>"
    }

    private func state(of question: Report.Question) -> String {
        let internalMark = question.isInternal ? " · \(words[.internal].html)" : ""
        return "<p class=\"state \(question.state.rawValue)\">\(sign(question.state))"
            + "\(words.state(question).html)\(internalMark)</p>\n"
    }

    private func answer(to question: Report.Question) -> String {
        if let reason = question.ruledOut { return "<p class=\"gap\">\(reason.htmlLines)</p>" }
        if let draft = question.draft {
            let earlier =
                question.agreed.map {
                    "<p class=\"label\">\(words[.agreedUntilThen].html)</p>\n" + content($0.content, of: question)
                        + "<p class=\"label\">\(words[.proposal].html)</p>\n"
                } ?? ""
            return earlier + content(draft.content, of: question)
        }
        if question.content.isEmpty {
            let reason = question.skipped.flatMap { $0.isEmpty ? nil : $0 } ?? words[.nothingYet]
            return "<p class=\"gap\">\(reason.htmlLines)</p>"
        }
        return content(question.content, of: question)
    }

    private func beside(_ question: Report.Question) -> String {
        let objections = (question.draft ?? question.agreed)?.objections ?? []
        var lines = objections.map { objection in
            let name = objection.by.map { " (\($0.text.html))" } ?? ""
            return "<p class=\"objection\"><b>\(words[.objection].html)\(name):</b> \(objection.reason.htmlLines)</p>"
        }
        let points = question.openPoints.filter(\.isOpen).map {
            "<a href=\"#\($0.id)\">\($0.id)</a>"
        }
        if !points.isEmpty {
            lines.append(
                "<p class=\"open\">\(words[.accountOpen].html): \(points.joined(separator: ", "))</p>")
        }
        lines += question.remarks.map {
            "<p class=\"objection\"><b>\(words[.remark].html) (\($0.group.html)):</b> \($0.text.htmlLines)</p>"
        }
        return lines.isEmpty ? "" : "\n" + lines.joined(separator: "\n")
    }

    // MARK: The answer in its shape

    private func content(_ content: Content, of question: Report.Question) -> String {
        var parts = content.groups.filter { $0.sectionID != nil || $0.title == nil }.map { group in
            let title = group.title.map { "<p class=\"label\">\($0.html)</p>\n" } ?? ""
            return title + entries(group, of: question)
        }
        let subjects = content.groups.filter { $0.sectionID == nil && $0.title != nil }
        if !subjects.isEmpty {
            var items = subjects.map { "<dt>\(($0.title ?? "").html)</dt><dd>\(entries($0, of: question))</dd>" }
            items += report.withoutAnybody(at: question).map {
                "<dt>\($0.html)</dt><dd class=\"gap\">\(sign(.empty))\(words[.nobodyYet].html)</dd>"
            }
            parts.append("<dl class=\"subjects\">\n\(items.joined(separator: "\n"))\n</dl>")
        }
        return parts.joined(separator: "\n") + "\n"
    }

    private func entries(_ group: Content.Group, of question: Report.Question) -> String {
        let shape = question.shape
        if shape.form == .rows { return table(group.entries, of: question) }
        if shape.form == .text, group.title == nil, group.entries.allSatisfy({ $0.source == nil }) {
            return group.entries.map { "<p class=\"running\">\($0.text.html)</p>" }.joined(separator: "\n")
        }
        let items = group.entries.map { "<li>\(line($0))</li>" }.joined(separator: "\n")
        if shape.isOrdered { return "<ol>\n\(items)\n</ol>" }
        let areNames = group.entries.allSatisfy { $0.organisation != nil && $0.detail == nil }
        return
            "<ul\(areNames ? " class=\"names\"" : shape.hasKinds && shape.form == .list ? " class=\"kinds\"" : "")>\n\(items)\n</ul>"
    }

    private func line(_ entry: Content.Entry) -> String {
        let kind = entry.kind.map { "<span class=\"kind\">\($0.html)</span> " } ?? ""
        guard entry.organisation != nil else { return kind + entry.text.htmlLines }
        let name = "<b>\(entry.text.html)</b>"
        return entry.detail.map { "\(name) \(kind)\($0.html)" } ?? name
    }

    private func table(_ entries: [Content.Entry], of question: Report.Question) -> String {
        let isOrdered = question.shape.isOrdered
        let rows = entries.enumerated().map { index, entry in
            (isOrdered ? ["\(index + 1)"] : []) + entry.cells
        }
        let columns = (isOrdered ? [words[.number]] : []) + question.shape.columns
        return table(columns, rows, caption: question.prompt, head: isOrdered ? 1 : 0)
    }
}
