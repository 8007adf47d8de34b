public import DialogEngine
import FoundationEssentials
public import Wording

/// A guide as sheets of A4 paper to write on by hand: every question with the key by which somebody types the answer later.
///
/// One HTML file without scripts and outside resources. The room for an answer has its shape: lines for a text, a table for
/// rows, a part for each section.
public struct Worksheet: Hashable, Sendable {
    /// A name as the guide's, such as `kommunale-netzwerke-arbeitsblatt.html`.
    public let fileName: String
    public let text: String

    /// - Parameters:
    ///   - order: the sequence of the questions; nil or an unknown one for the guide's first.
    ///   - phrasebook: its language is the sheet's; the guide speaks it, or the nearest one that it has.
    public init(of dialog: Dialog, order: Dialog.Order.ID? = nil, in phrasebook: Phrasebook) {
        let page = WorksheetPage(dialog: dialog, order: order, words: Words(phrasebook: phrasebook, timeZone: .gmt))
        fileName = "\(dialog.id)-\(page.words[.worksheet].slug(limit: 40)).html"
        text = page.text
    }
}

/// The making of a worksheet.
struct WorksheetPage {
    let dialog: Dialog
    let order: Dialog.Order.ID?
    let words: Words

    private var questions: [Question] {
        let order = order.flatMap { dialog.order($0) } ?? dialog.orders.first
        return order?.questions.compactMap { dialog.question($0) } ?? dialog.questions
    }

    var text: String {
        """
        \(HTMLHead(words: words, title: [words[.worksheet], words[dialog.title]], style: Self.style).text)
        <body>
        <header>
        <p class="what">\(words[.worksheet].html)</p>
        <h1>\(words[dialog.title].html)</h1>
        <p class="who"><span>\(words[.worksheetGroup].html)</span><span>\(words[.worksheetDate].html)</span></p>
        <p>\(words[.worksheetHow].html)</p>
        </header>
        <main>
        \(steps.joined(separator: "\n"))
        </main>
        <footer>
        <p>\(words[.worksheetCopying].html)</p>
        <p>\(words[.questionsFrom].html): \(dialog.attribution.html)</p>
        </footer>
        </body>
        </html>

        """
    }

    /// The questions under their steps; an order that comes back to a step names it again.
    private var steps: [String] {
        var runs: [(step: Dialog.Step.ID, questions: [Question])] = []
        for question in questions {
            if runs.last?.step == question.step {
                runs[runs.count - 1].questions.append(question)
            } else {
                runs.append((question.step, [question]))
            }
        }
        return runs.map { run in
            let index = dialog.steps.firstIndex { $0.id == run.step } ?? 0
            let step = dialog.steps[index]
            return """
                <section class="step tone\(index % 4)">
                <h2><span class="numeral">\(index + 1)</span> \(title(of: step).html)</h2>
                <p class="purpose">\(words[step.purpose].html)</p>
                \(run.questions.map(block).joined(separator: "\n"))
                </section>
                """
        }
    }

    /// With the title that it has on the summary, where that is another one.
    private func title(of step: Dialog.Step) -> String {
        let titles = [words[step.title]] + (step.sheetTitle.map { [words[$0]] } ?? [])
        return titles.last == titles.first ? titles[0] : titles.joined(separator: " · ")
    }

    private func block(_ question: Question) -> String {
        """
        <article>
        <h3>\(words[question.prompt].html)</h3>
        <p class="key">\(words[question.key].html):</p>
        <p class="hint">\(hint(for: question).html)</p>
        \(room(for: question))
        </article>
        """
    }

    private func hint(for question: Question) -> String {
        let shape = question.answer
        var parts: [String] =
            switch shape.form {
            case .text: [words[.hintText]]
            case .list: [words[.hintList]]
            case .rows: [words[.hintRows]]
            case .organisations: [words[.hintOrganisations]]
            }
        if !shape.kinds.isEmpty {
            parts.append("\(words[.hintKinds]): \(shape.kinds.map { words[$0.title] }.joined(separator: ", "))")
        }
        if question.isInternal { parts.append(words[.hintInternal]) }
        return parts.joined(separator: " · ")
    }

    // MARK: Room to write

    private func room(for question: Question) -> String {
        let shape = question.answer
        switch shape.form {
        case .text, .list:
            let isList = shape.form == .list
            let parts = shape.sections.map { part(words[$0.title], count: isList ? 3 : 2, isList: isList) }
            let whole = isList && !parts.isEmpty ? "" : lines(4, isList: isList)
            return whole + parts.joined()
        case .rows:
            return table(shape.columns.map { words[$0.label.title] }, count: shape.suggestedCount ?? 4)
        case .organisations:
            return table(columns(of: question), count: shape.about == nil ? 4 : 5)
                + shape.sections.map { part(words[$0.title], count: 2, isList: false) }.joined()
        }
    }

    /// What stands in a line with the name of an organisation.
    private func columns(of question: Question) -> [String] {
        if let about = question.answer.about.flatMap({ dialog.question($0) }) {
            return [words[about.key].capitalizedFirst, words[.who]]
        }
        guard let detail = question.answer.detail else { return [words[.name], words[.name]] }
        return [words[.name], words[detail.title]]
    }

    private func part(_ title: String, count: Int, isList: Bool) -> String {
        "<div class=\"part\"><p class=\"label\">\(title.html):</p>\(lines(count, isList: isList))</div>"
    }

    private func lines(_ count: Int, isList: Bool) -> String {
        let line = isList ? "<i class=\"line item\"></i>" : "<i class=\"line\"></i>"
        return String(repeating: line, count: count)
    }

    private func table(_ columns: [String], count: Int) -> String {
        let titles = columns.map { "<th scope=\"col\">\($0.html)</th>" }.joined()
        let row = "<tr>\(String(repeating: "<td></td>", count: columns.count))</tr>"
        return "<table><thead><tr>\(titles)</tr></thead><tbody>\(String(repeating: row, count: count))</tbody></table>"
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
