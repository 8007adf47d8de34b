import DialogEngine
import Wording

/// The organisations as CSV after RFC 4180, made so that a German Excel opens it by a double click.
///
/// | matter       | here                                                      | because                                        |
/// |--------------|-----------------------------------------------------------|------------------------------------------------|
/// | separator    | `;` in German, `,` in English: the wording says it        | Excel takes the system's list separator, which is `;` where the comma parts decimals; LibreOffice and pandas are told or find out |
/// | encoding     | UTF-8 with a byte order mark                              | without it Excel reads umlauts as Windows-1252 |
/// | line end     | CR LF                                                     | RFC 4180                                       |
/// | quotes       | around every field                                        | texts contain separators and line breaks       |
/// | formulas     | `'` in front of what a spreadsheet would calculate        | a cell of `=HYPERLINK(…)` must stay a text     |
///
/// One row for each organisation. Behind number, name and what it is to the group stands one
/// column for each thing that the guide asks about organisations: what they bring, the kind and the text of a detail. A
/// question that asks for no detail has a column where somebody gave one. The sphere and the contact plan have columns
/// where something is known of them.
/// Several values in one field are joined by ` | `.
struct CSVOrganisations {
    let report: Report
    let words: Words

    private struct Column {
        let title: String
        let value: (Report.Organisation) -> [String?]
    }

    var text: String {
        let columns = columns
        let rows =
            [columns.map(\.title)]
            + report.organisations.map { organisation in
                columns.map { $0.value(organisation).compactMap { $0 }.unique.joined(separator: " | ") }
            }
        return "\u{FEFF}" + rows.map { $0.map(\.csv).joined(separator: words[.columnSeparator]) + "\r\n" }.joined()
    }

    private var columns: [Column] {
        let words = words
        let fixed = [
            Column(title: words[.number]) { [$0.id.description] },
            Column(title: words[.name]) { [$0.name] + $0.aliases },
            Column(title: words[.positions]) { $0.roles.map { words.text(Line($0.phrase)) } },
        ]
        let asked = report.questions.filter { $0.shape.form == .organisations && !$0.isMasked }
        return fixed + spheres + asked.flatMap(columns) + contacts
    }

    /// One column where spheres are known.
    private var spheres: [Column] {
        guard report.organisations.contains(where: { $0.sphere != nil }) else { return [] }
        let titles = Dictionary(report.network?.spheres.map { ($0.id, $0.title) } ?? [], uniquingKeysWith: { $1 })
        return [Column(title: words[.sphere]) { [$0.sphere.flatMap { titles[$0] }] }]
    }

    /// The contact plan, where there is one.
    private var contacts: [Column] {
        guard report.organisations.contains(where: { $0.contact != nil }) else { return [] }
        let plan = ContactTable(report: report, words: words)
        return plan.columns.dropFirst(2).enumerated().map { index, title in
            Column(title: "\(words[.contact]): \(title)") { [plan.cells(of: $0)[index]] }
        }
    }

    private func columns(of question: Report.Question) -> [Column] {
        let shape = question.shape
        func values<T>(_ value: @escaping (Content.Entry) -> T) -> (Report.Organisation) -> [T] {
            { $0.positions.filter { $0.question == question.id }.map { value($0.entry) } }
        }
        var columns: [Column] = []
        if let about = shape.about { columns.append(Column(title: about.capitalizedFirst, value: values(\.subject))) }
        if let detail = shape.detail {
            if shape.hasKinds { columns.append(Column(title: "\(detail): \(words[.kind])", value: values(\.kind))) }
            columns.append(Column(title: detail, value: values(\.detail)))
        } else if report.organisations.contains(where: { !values(\.detail)($0).allSatisfy { $0 == nil } }) {
            // Not asked for, and said all the same.
            columns.append(Column(title: question.key.capitalizedFirst, value: values(\.detail)))
        }
        return columns
    }
}

extension [String] {
    fileprivate var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}

extension String {
    /// The text as a quoted field that no spreadsheet takes for a formula.
    ///
    /// OWASP names `= + - @`, tab and carriage return at the beginning; spreadsheets also see through blanks before
    /// them, and East Asian ones take the full-width signs.
    fileprivate var csv: String {
        let visible = unicodeScalars.first { !$0.properties.isWhitespace && $0.properties.generalCategory != .format }
        let begins = unicodeScalars.first.map { "\t\r\n".unicodeScalars.contains($0) } ?? false
        let calculates = visible.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false
        return "\"" + (begins || calculates ? "'" : "") + replacing("\"", with: "\"\"") + "\""
    }
}
