import DialogEngine

/// How large the summary is printed: as large as lets its text end at the end of a page.
///
/// Paper has no scroll bar, and a style sheet does not know how long its text is. Therefore the lines are counted here, as they
/// fall in a column of a landscape A4 page at ``PrintSize/standard`` points in a broad font (DejaVu Sans). What does not fit on one page at the least
/// readable size goes on two, larger, so that no page is nearly empty.
struct PrintSize {
    /// In points.
    let points: Double

    /// The least that is printed.
    static let least = 8.0
    static let greatest = 10.5
    private static let standard = 8.0
    /// How many letters a line of a column has, and how many lines the columns of a page have, at the standard size.
    private static let letters = 39.0
    private static let linesOfPage = 4 * 46.5

    init(of report: Report) {
        let lines = Self.lines(of: report)
        let sizes = (1...20).lazy.map { pages in
            Self.standard * (Double(pages) * Self.linesOfPage / lines).squareRoot()
        }
        let fitting = sizes.first { $0 >= Self.least } ?? Self.least
        points = min(fitting, Self.greatest)
    }

    var style: String {
        let tenths = Int(points * 10)
        return "@media print { html { font-size: \(tenths / 10).\(tenths % 10)pt; } }"
    }

    /// The lines of everything but the map.
    private static func lines(of report: Report) -> Double {
        let isBlank = report.questions.allSatisfy { $0.isMasked || $0.state == .empty }
        let questions = report.questions.map { question in
            0.5 + wrapped(Int(Double(question.prompt.count) * 1.1) + 12) + answer(to: question, isBlank: isBlank)
        }
        let tables =
            report.openPoints.filter(\.isOpen).map { Double($0.text.count + 70) }
            + report.actions.map { Double($0.text.count + 50) }
            + report.organisations.filter { $0.contact != nil }.map { Double($0.name.count + 110) }
            + report.parked.map { Double($0.text.count) }
        let headings = Double(report.steps.count) * 2.6 + (tables.isEmpty ? 0 : 6)
        return questions.reduce(0, +) + tables.map { wrapped(Int($0)) }.reduce(0, +) + headings
    }

    private static func answer(to question: Report.Question, isBlank: Bool) -> Double {
        // Room for handwriting, in millimetres.
        guard !question.content.isEmpty else { return question.isMasked ? 1 : (isBlank ? 24 : 12) / 3.4 }
        let entries = question.content.groups.map { group in
            let areNames = group.entries.allSatisfy { $0.organisation != nil && $0.detail == nil }
            // Names stand one behind the other.
            return areNames
                ? wrapped(group.entries.reduce(0) { $0 + $1.text.count + 4 })
                : group.entries.reduce(0) { $0 + lines(of: $1, in: question.shape) }
        }
        let headings =
            question.content.groups.filter { $0.sectionID != nil }.count + (question.shape.form == .rows ? 1 : 0)
        let beside =
            ((question.draft ?? question.agreed)?.objections ?? []).map { wrapped($0.reason.count + 20) }
            + question.remarks.map { wrapped($0.text.count + 30) }
        return entries.reduce(0, +) + Double(headings) + beside.reduce(0, +)
    }

    private static func lines(of entry: Content.Entry, in shape: Report.Shape) -> Double {
        guard shape.form == .rows else {
            let detail = (entry.detail?.count ?? 0) + (entry.kind.map { $0.count + 3 } ?? 0)
            return wrapped(entry.text.count + detail + 3)
        }
        // Each cell has its share of the column.
        let room = letters / Double(max(entry.cells.count, 1)) - 2
        return entry.cells.map { (Double($0.count) / room).rounded(.up) }.max() ?? 1
    }

    private static func wrapped(_ count: Int) -> Double { max((Double(count) / letters).rounded(.up), 1) }
}
