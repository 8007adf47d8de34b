import DialogEngine
import Wording

/// The minutes in Markdown (CommonMark with tables): everything that was said, agreed, objected to and left open.
///
/// Readable as plain text too. What people typed is escaped, so that it can neither format nor link nor end a table.
struct MarkdownMinutes {
    let report: Report
    let words: Words

    var text: String {
        let blocks =
            head + account + people + report.steps.flatMap(step) + formerQuestions + network + contacts + tasks
            + parkingLot + foot
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private var head: [String] {
        [
            "# \(words[.minutes]): \(report.title.markdown)",
            [
                item(.guide, report.guide.title.markdown),
                item(.date, words.day(report.session.startedAt)),
                item(.asOf, words.moment(report.asOf)),
                item(.keptUntil, words.day(report.session.retainedUntil)),
            ].joined(separator: "\n"),
        ]
    }

    private var people: [String] {
        guard report.withNames else {
            return ["## \(words[.people])", "\(report.peopleCount), \(words[.withoutNames])"]
        }
        let lines = report.participants.map { person in
            var line = "- \(person.name.text.markdown)"
            if let organisation = person.organisation { line += ", \(organisation.markdown)" }
            if person.isFacilitator { line += " (\(words[.facilitator]))" }
            return line
        }
        return lines.isEmpty ? [] : ["## \(words[.people])", lines.joined(separator: "\n")]
    }

    private func step(_ step: Report.Step) -> [String] {
        ["## \(step.number). \(title(of: step).markdown)"] + step.questions.flatMap(question)
    }

    /// With the title that it has on the summary, where that is another one.
    private func title(of step: Report.Step) -> String {
        step.title == step.sheetTitle ? step.title : "\(step.title) · \(step.sheetTitle)"
    }

    private var formerQuestions: [String] {
        guard !report.formerQuestions.isEmpty else { return [] }
        return ["## \(words[.formerQuestions])"] + report.formerQuestions.flatMap(question)
    }

    // MARK: What follows the questions

    private var tasks: [String] {
        guard !report.actions.isEmpty else { return [] }
        var columns = [words[.number], words[.task], words[.who], words[.until], words[.state]]
        var rows = report.actions.map { action in
            [
                action.id.description, action.text.markdown, action.assignee?.text.markdown ?? "",
                action.due.map(words.due) ?? "", words[action.isDone ? .done : .open],
            ]
        }
        if !report.withNames {
            columns.remove(at: 2)
            for index in rows.indices { rows[index].remove(at: 2) }
        }
        return ["## \(words[.tasks])", table(columns, rows)]
    }

    private var parkingLot: [String] {
        guard !report.parked.isEmpty else { return [] }
        let lines = report.parked.map { parked in
            "- \(parked.id) \(parked.text.markdown)" + (parked.by.map { " (\($0.text.markdown))" } ?? "")
        }
        return ["## \(words[.parkingLot])", lines.joined(separator: "\n")]
    }

    private var account: [String] {
        var lines = report.account.map { line in
            line.isListed
                ? (["* **\(words[line.term]):**"] + line.values.map { "  - \($0.markdown)" }).joined(separator: "\n")
                : item(line.term, line.values.map(\.markdown).joined(separator: ", "))
        }
        if !report.account.contains(where: { $0.term == .accountOpen }) { lines.append("* \(words[.nothingOpen])") }
        return ["## \(words[.account])", lines.joined(separator: "\n")]
    }

    private var foot: [String] {
        guard !report.guide.attribution.isEmpty else { return [] }
        return ["---", "\(words[.questionsFrom]): \(report.guide.attribution.markdown)"]
    }

    // MARK: Pieces

    /// An item about an answer; its bullet differs from that of the entries, so that the two lists do not run together.
    func item(_ term: Term, _ value: String) -> String {
        "* **\(words[term]):** \(value)"
    }

    func table(_ columns: [String], _ rows: [[String]]) -> String {
        let lines = [columns, columns.map { _ in "---" }] + rows
        return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}

extension String {
    /// The text as one line of Markdown that shows exactly these characters.
    ///
    /// Escaped are the characters that mean something wherever they stand, and those that mean something where a line
    /// begins: CommonMark 0.31, sections 2.4 (backslash escapes), 4 and 5 (blocks); GitHub's tables and strikethrough.
    var markdown: String {
        let line = split(whereSeparator: \.isNewline).map { $0.trimmed }.joined(separator: " ")
        // A backslash would become part of an address.
        let text = WebAddress.escaping(line) { plain in
            plain.reduce(into: "") { text, character in
                if #"\`*_[]<>|~&"#.contains(character) { text.append("\\") }
                text.append(character)
            }
        }
        return text.escapingLineBeginning
    }

    /// `# + - = >` and `1.` or `1)` would begin a block.
    private var escapingLineBeginning: String {
        guard let first else { return self }
        if "#+-=".contains(first) { return "\\" + self }
        let digits = prefix { $0.isASCII && $0.isNumber }
        let rest = dropFirst(digits.count)
        guard !digits.isEmpty, let mark = rest.first, mark == "." || mark == ")",
            rest.dropFirst().first.map(\.isWhitespace) ?? true
        else { return self }
        return digits + "\\" + rest
    }
}
