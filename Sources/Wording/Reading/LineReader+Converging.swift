import DialogEngine

// What stands behind the verbs for groups of contributions, dots and turns.

extension LineReader {
    /// The words without the word before them, if it is there: `an anna`.
    func without(_ word: Word, _ words: String) -> String {
        let first = words.prefix { !$0.isWhitespace }
        return vocabulary.means(first, word) ? words.dropFirst(first.count).trimmed : words
    }

    /// `B1 B4 als Text`, `B1, B4: Text`, `B1 B4`
    func grouping(_ words: String) -> Command {
        let (ids, rest) = leadingIDs(words)
        guard !ids.isEmpty else { return .incomplete(Verb.group.rawValue, words.isEmpty ? .missing : .badID) }
        let text = without(.as, rest)
        return .group(ids, as: text.isEmpty ? nil : text)
    }

    /// `3`, `aus`, or nothing to see how far the vote is.
    func dots(_ words: String) -> Command {
        if words.isEmpty { return .dots(.show) }
        if vocabulary.means(words, .off) || vocabulary.means(words, .finish) { return .dots(.close) }
        // Whoever means `!punkt`, and types one letter more.
        let placed = placing(words)
        if case .placeDots = placed { return placed }
        guard let each = Int(words), (1...20).contains(each) else { return .incomplete(Verb.dots.rawValue, .missing) }
        return .dots(.open(each: each))
    }

    /// `B3 B3 G1`
    func placing(_ words: String) -> Command {
        let (ids, rest) = leadingIDs(words)
        guard !words.isEmpty else { return .incomplete(Verb.dot.rawValue, .missing) }
        return rest.isEmpty ? .placeDots(ids) : .incomplete(Verb.dot.rawValue, .badID)
    }

    /// The ids at the beginning, and what stands behind them and a colon.
    func leadingIDs(_ words: String) -> (ids: [RecordID], rest: String) {
        var rest = words[...]
        var ids: [RecordID] = []
        while let word = Optional(rest.prefix { !$0.isWhitespace && $0 != ":" && $0 != "," }), let id = RecordID(word) {
            ids.append(id)
            rest = rest.dropFirst(word.count).drop { $0 == "," || $0.isWhitespace }
        }
        return (ids, rest.drop { $0 == ":" }.trimmed)
    }
}
