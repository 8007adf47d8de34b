import DialogEngine
import Wording

// One question in the minutes: the answer in its shape, the votes, the contributions, the open points.

extension MarkdownMinutes {
    func question(_ question: Report.Question) -> [String] {
        let heading = "### \(question.prompt.markdown)"
        guard !question.isMasked else { return [heading, "*\(words[.internal]):* \(words[.staysInGroup])"] }
        var blocks = [heading, state(of: question)]
        if let reason = question.ruledOut { blocks.append("\(words[.reason]): \(reason.markdown)") }
        if let agreed = question.agreed {
            if question.draft != nil { blocks.append("**\(words[.agreedUntilThen]):**") }
            blocks += content(agreed.content, of: question)
            blocks.append(votes(on: agreed, proposer: false))
        }
        if let draft = question.draft {
            blocks.append("**\(words[.proposal]):**")
            blocks += content(draft.content, of: question)
            blocks.append(votes(on: draft, proposer: true))
        }
        if question.agreed == nil, question.draft == nil {
            blocks += content(question.collected, of: question)
            if !question.groups.isEmpty { blocks += contributions(to: question) }
        } else if !question.contributions.isEmpty {
            blocks += contributions(to: question)
        }
        if !question.dots.isEmpty {
            let dots = question.dots.map { "\($0.id): \($0.count)" }.joined(separator: ", ")
            blocks.append(item(.dots, dots))
        }
        let unheld = report.withoutAnybody(at: question)
        if !unheld.isEmpty {
            blocks.append(unheld.map { "- **\($0.markdown)**: *\(words[.nobodyYet])*" }.joined(separator: "\n"))
        }
        if !question.openPoints.isEmpty {
            blocks += ["**\(words[.openPoints]):**", question.openPoints.map(openPoint).joined(separator: "\n")]
        }
        if !question.remarks.isEmpty {
            let lines = question.remarks.map { "- \($0.id) \($0.group.markdown): \($0.text.markdown)" }
            blocks += ["**\(words[.remarks]):**", lines.joined(separator: "\n")]
        }
        return blocks
    }

    /// Every contribution as it was said, and which of them are looked at as one.
    private func contributions(to question: Report.Question) -> [String] {
        let groups = question.groups.map { "- \($0.id) \($0.text.markdown) (\(members(of: $0)))" }
        return [
            "**\(words[.contributions]):**", question.contributions.map(contribution).joined(separator: "\n"),
        ] + (groups.isEmpty ? [] : ["**\(words[.groups]):**", groups.joined(separator: "\n")])
    }

    private func members(of group: Report.ContributionGroup) -> String {
        group.members.map(\.description).joined(separator: ", ")
    }

    private func state(of question: Report.Question) -> String {
        var line = "`\(question.key)` · **\(words.state(question))**"
        if let skipped = question.skipped, !skipped.isEmpty { line += " (\(skipped.markdown))" }
        if question.isInternal { line += " · *\(words[.internal])*" }
        return line
    }

    // MARK: The answer

    private func content(_ content: Content, of question: Report.Question) -> [String] {
        content.groups.flatMap { group -> [String] in
            let title = group.title.map { ["**\($0.markdown)**"] } ?? []
            let isRunning =
                question.shape.form == .text && group.title == nil && group.entries.allSatisfy { $0.source == nil }
            if question.shape.form == .rows { return title + [rows(group.entries, of: question)] }
            if isRunning { return title + group.entries.map(\.text.markdown) }
            let lines = group.entries.enumerated().map { index, entry in
                let mark = question.shape.isOrdered ? "\(index + 1)." : "-"
                return "\(mark) \(line(entry))\(origin(of: entry, in: question))"
            }
            return title + [lines.joined(separator: "\n")]
        }
    }

    private func line(_ entry: Content.Entry) -> String {
        var parts: [String] = []
        if entry.organisation != nil { parts.append("**\(entry.text.markdown)**") }
        if let kind = entry.kind { parts.append("*\(kind.markdown)*") }
        if entry.organisation == nil { parts.append(entry.text.markdown) }
        if let detail = entry.detail { parts.append(detail.markdown) }
        return parts.joined(separator: ": ")
    }

    private func rows(_ entries: [Content.Entry], of question: Report.Question) -> String {
        let shape = question.shape
        let isCollected = entries.contains { $0.source != nil }
        let columns =
            (shape.isOrdered ? [words[.number]] : []) + shape.columns.map(\.markdown)
            + (isCollected ? [words[.contributions]] : [])
        let rows = entries.enumerated().map { index, entry in
            (shape.isOrdered ? ["\(index + 1)"] : []) + entry.cells.map(\.markdown)
                + (isCollected ? [source(of: entry, in: question)] : [])
        }
        return table(columns, rows)
    }

    // MARK: Where it comes from

    private func origin(of entry: Content.Entry, in question: Report.Question) -> String {
        let source = source(of: entry, in: question)
        return source.isEmpty ? "" : " (\(source))"
    }

    /// The contribution that an entry was collected in, its author and the expert it goes back to.
    private func source(of entry: Content.Entry, in question: Report.Question) -> String {
        if entry.source?.kind == .group, let group = question.groups.first(where: { $0.id == entry.source }) {
            return "\(group.id): \(members(of: group))"
        }
        guard let id = entry.source, let contribution = question.contribution(id) else {
            return ""
        }
        return ([id.description] + people(behind: contribution)).joined(separator: ", ")
    }

    private func contribution(_ contribution: Report.Contribution) -> String {
        let people = people(behind: contribution)
        let suffix = people.isEmpty ? "" : " (\(people.joined(separator: ", ")))"
        return "- \(contribution.id) \(contribution.text.markdown)\(suffix)"
    }

    private func people(behind contribution: Report.Contribution) -> [String] {
        let expert = contribution.expert.map { "\(words[.source]): \($0.markdown)" }
        let paper = contribution.isOnPaper ? words[.onPaper] : nil
        return [contribution.author?.text.markdown, paper, contribution.writer?.markdown, expert].compactMap { $0 }
    }

    // MARK: Votes and open points

    private func votes(on wording: Report.Wording, proposer: Bool) -> String {
        var lines: [String] = []
        if proposer, let name = wording.proposer { lines.append(item(.proposedBy, name.text.markdown)) }
        if wording.isOnPaper { lines.append(item(.source, words[.onPaper])) }
        if wording.consenting.count == 0 {
            lines.append("* \(words[.consentingNobody])")
        } else {
            lines.append(item(.consenting, voices(wording.consenting)))
        }
        if wording.abstaining.count > 0 { lines.append(item(.abstaining, voices(wording.abstaining))) }
        lines += objections(wording.objections)
        if !wording.from.isEmpty {
            lines.append(item(.madeFrom, wording.from.map(\.description).joined(separator: ", ")))
        }
        return lines.joined(separator: "\n")
    }

    private func voices(_ voices: Report.Voices) -> String {
        guard report.withNames else { return "\(voices.count)" }
        let others = voices.count - voices.names.count
        let names = voices.names.map(\.text.markdown) + (others > 0 ? ["\(others) \(words[.privately])"] : [])
        return names.joined(separator: ", ")
    }

    private func objections(_ objections: [Report.Objection]) -> [String] {
        guard !objections.isEmpty else { return [] }
        let lines = objections.map { objection in
            let name = objection.by.map { "\($0.text.markdown): " } ?? ""
            let suffix = objection.isToFormerWording ? " (\(words[.toFormerWording]))" : ""
            return "  * \(name)\(objection.reason.markdown)\(suffix)"
        }
        return ["* **\(words[.objections]):**"] + lines
    }

    private func openPoint(_ point: Report.OpenPoint) -> String {
        var lines = ["- \(point.id) \(point.text.markdown) · **\(words[point.isOpen ? .open : .cleared])**"]
        if let expert = point.expert { lines.append("  " + item(.asked, expert.markdown)) }
        if let owner = point.owner { lines.append("  " + item(.owner, owner.text.markdown)) }
        if let due = point.due { lines.append("  " + item(.until, words.due(due))) }
        if let result = point.result { lines.append("  " + item(.result, result.markdown)) }
        return lines.joined(separator: "\n")
    }
}
