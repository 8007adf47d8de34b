package import DialogEngine
package import FoundationEssentials

// Dates that people type into a column for dates, in the words of the renderer's language.

extension Renderer {
    /// The date that somebody typed at `moment`, with or without `bis`; nil where it is none, or over.
    package func date(typed text: String, at moment: Date) -> DueDate? {
        let reader = DateReader(phrasebooks: [phrasebook], timeZone: timeZone)
        let until = (phrasebook.words[.until] ?? []).map(\.folded)
        var words = text.split(separator: " ")
        if let first = words.first, until.contains(first.folded) { words.removeFirst() }
        guard case .due(let due) = reader.read(words.joined(separator: " "), now: moment) else { return nil }
        return due
    }

    /// The parts that a line has as a row of columns, or as a correction, each with its date if it is one.
    func dates(in line: String, at moment: Date) -> [String: DueDate?] {
        let isCorrection = line.hasPrefix("s/")
        // By bytes: few lines have one, and every line is asked.
        guard isCorrection || line.utf8.contains(UInt8(ascii: ";")) else { return [:] }
        let parts = line.split { $0 == ";" || isCorrection && $0 == "/" }.map(\.trimmed)
        return Dictionary(parts.map { ($0, date(typed: $0, at: moment)) }, uniquingKeysWith: { $1 })
    }
}
