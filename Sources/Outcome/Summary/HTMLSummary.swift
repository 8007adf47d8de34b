import DialogEngine
import Wording

/// The summary on one page in the shape of the guide: a single HTML file without scripts and outside resources.
///
/// Prints on A4; on a phone the questions stand below each other. Headings, landmarks and tables carry the structure
/// for screen readers; a state is a word with a sign, never a colour alone. Everything that people typed is escaped,
/// and a content security policy forbids whatever would not be.
struct HTMLSummary {
    let report: Report
    let words: Words
    /// Whether it is printed in large letters on upright pages.
    var isLarge = false

    var text: String {
        """
        \(HTMLHead(words: words, title: [report.title, words[.summary], report.guide.title], style: style).text)
        <body\(isBlank ? " class=\"blank\"" : "")>
        \(HTMLSummary.signs)
        \(header)
        <main>
        <div class="sheet">
        <div class="steps">
        \(report.steps.map(step).joined(separator: "\n"))\(formerQuestions)
        </div>
        \(followUp)
        </div>
        \(network)
        </main>
        \(footer)
        </body>
        </html>

        """
    }

    private var style: String {
        isLarge ? Self.style + "\n" + Self.largePrint : Self.style + "\n" + PrintSize(of: report).style
    }

    /// Whether nothing is answered yet, so that the printed page offers room to write.
    private var isBlank: Bool {
        report.questions.allSatisfy { $0.isMasked || $0.state == .empty }
    }

    // MARK: Head and foot

    private var header: String {
        """
        <header class="head">
        <div class="name">
        <p class="guide">\(report.guide.title.html)</p>
        <h1>\(report.title.html)</h1>
        </div>
        <div class="facts">
        \(tally)
        <p>\(words[.asOf].html) <strong>\(words.day(report.asOf).html)</strong></p>
        \(people)
        </div>
        </header>
        """
    }

    /// How many questions are in which state, and how many are the group's own affair: together all there are.
    private var tally: String {
        let told = report.questions.filter { !$0.isMasked }
        let states: [QuestionState] = [.agreed, .draft, .collected, .notApplicable, .empty]
        var items = states.compactMap { state -> String? in
            let count = told.filter { $0.state == state }.count
            guard count > 0 else { return nil }
            return "<li class=\"state \(state.rawValue)\">\(sign(state))<b>\(count)</b> \(words[state].html)</li>"
        }
        let masked = report.questions.count - told.count
        if masked > 0 { items.append("<li class=\"state\"><b>\(masked)</b> \(words[.internal].html)</li>") }
        return "<ul class=\"tally\">\(items.joined())</ul>"
    }

    private var people: String {
        guard !report.participants.isEmpty else { return "" }
        let names = report.participants.map { person in
            person.name.text.html + (person.organisation.map { " (\($0.html))" } ?? "")
        }
        return "<p>\(words[.people].html): \(names.joined(separator: ", "))</p>"
    }

    private var footer: String {
        let source =
            report.guide.attribution.isEmpty ? "" : "\(words[.questionsFrom].html): \(report.guide.attribution.html)"
        return """
            <footer>
            <p>\(source)</p>
            <p>\(words[.keptUntil].html) \(words.day(report.session.retainedUntil).html)</p>
            </footer>
            """
    }

    // MARK: Steps

    private func step(_ step: Report.Step) -> String {
        let questions = step.questions
        let size = questions.count > 2 ? "many" : "few"
        return """
            <section class="step \(size)" aria-labelledby="step\(step.number)">
            <h2 id="step\(step.number)"><span class="numeral">\(step.number)</span> \(title(of: step))</h2>
            <div class="questions">
            \(questions.map(question).joined(separator: "\n"))
            </div>
            </section>
            """
    }

    /// As it is called on the sheet, and as it is called in the chat where that is another title.
    private func title(of step: Report.Step) -> String {
        let other = step.title == step.sheetTitle ? "" : " <small>\(step.title.html)</small>"
        return step.sheetTitle.html + other
    }

    private var formerQuestions: String {
        guard !report.formerQuestions.isEmpty else { return "" }
        return """

            <section class="step former" aria-labelledby="former">
            <h2 id="former">\(words[.formerQuestions].html)</h2>
            <div class="questions">
            \(report.formerQuestions.map(question).joined(separator: "\n"))
            </div>
            </section>
            """
    }

    func sign(_ state: QuestionState) -> String {
        "<svg class=\"sign\" aria-hidden=\"true\"><use href=\"#sign-\(state.rawValue)\"/></svg>"
    }
}

extension String {
    /// The text with everything escaped that means something in HTML, in content as in quoted attributes.
    var html: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// As ``html``, with line breaks where the text has some.
    var htmlLines: String {
        split(whereSeparator: \.isNewline).map { String($0).html }.joined(separator: "<br>")
    }
}
