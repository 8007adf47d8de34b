package import DialogEngine
package import FoundationEssentials

// The guide's versions, and what is copied from paper.

extension LineReader {
    /// Nothing, `vergleich`, `übernehmen wirklich`, `zurück`.
    func guide(_ words: String) -> Command {
        if words.isEmpty { return .guide(.show) }
        let first = words.prefix { !$0.isWhitespace }
        let rest = words.dropFirst(first.count).trimmed
        if vocabulary.means(words, .comparison) { return .guide(.compare) }
        if vocabulary.means(words, .goBack) { return .guide(.goBack) }
        guard vocabulary.means(first, .adopt), rest.isEmpty || vocabulary.means(rest, .confirmed) else {
            return missing(.guide)
        }
        return .guide(.adopt(confirmed: !rest.isEmpty))
    }

    /// Nothing, `von Tisch 3`, `ende`.
    func paper(_ words: String) -> Command {
        if vocabulary.means(words, .finish) { return .paper(.end) }
        guard !words.isEmpty else { return .paper(.begin(writer: nil)) }
        let writer = without(.by, words)
        return writer == words || writer.isEmpty ? missing(.paper) : .paper(.begin(writer: writer))
    }

    /// Reads a line that somebody copies from paper, see ``PaperLine``; what begins with `!` or `//` is read as ever.
    ///
    /// `von: Tisch 3` says whose sheet the following lines are from.
    package func copied(_ line: String, at now: Date, in language: Language) -> Command {
        let text = line.trimmed
        if isCommand(text) { return read(text, at: now, in: language) }
        guard let (word, mark, rest) = keyed(text) else {
            let (mark, rest) = marked(text)
            return .copy(PaperLine(mark: mark, text: rest, whole: text))
        }
        if mark == .contribution, vocabulary.means(word, .by) {
            return .paper(.begin(writer: rest.isEmpty ? nil : rest))
        }
        return .copy(PaperLine(word: word, mark: mark, text: rest, whole: text))
    }

    private func isCommand(_ text: String) -> Bool {
        text.isEmpty || text.hasPrefix("//") || text.hasPrefix("!") || text.hasPrefix("s/") || addressed(text) != nil
            || bare(text) != nil
    }

    /// `recht: Text`, `recht= Text`, `recht? Text`, `+recht Text`: the word, what it stands for, and the text.
    private func keyed(_ text: String) -> (word: String, mark: PaperLine.Mark, rest: String)? {
        if text.first == "+", let word = text.dropFirst().split(whereSeparator: \.isWhitespace).first,
            word.first?.isLetter == true, text.dropFirst().first?.isWhitespace == false
        {
            return (String(word), .contribution, text.dropFirst(1 + word.count).trimmed)
        }
        let word = text.prefix { $0.isLetter || $0.isNumber || "-_.".contains($0) }
        let behind = text.dropFirst(word.count).drop(while: \.isWhitespace)
        guard !word.isEmpty, word.contains(where: \.isLetter), let sign = behind.first,
            let mark = PaperLine.Mark(sign), behind.dropFirst().first?.isWhitespace ?? true
        else { return nil }
        return (String(word), mark, behind.dropFirst().trimmed)
    }

    /// The mark before a line without a key.
    private func marked(_ text: String) -> (PaperLine.Mark, String) {
        guard let first = text.first, text.dropFirst().first?.isWhitespace == true else { return (.contribution, text) }
        switch first {
        case "+": return (.contribution, text.dropFirst().trimmed)
        case "=": return (.proposal, text.dropFirst().trimmed)
        case "?": return (.openPoint, text.dropFirst().trimmed)
        default: return (.contribution, text)
        }
    }
}

extension PaperLine.Mark {
    fileprivate init?(_ sign: Character) {
        switch sign {
        case ":": self = .contribution
        case "=": self = .proposal
        case "?": self = .openPoint
        default: return nil
        }
    }
}
