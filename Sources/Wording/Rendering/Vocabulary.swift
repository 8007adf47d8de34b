import DialogEngine

/// The words of all languages by what they mean; compared without regard to case and umlauts.
struct Vocabulary: Sendable {
    private var meanings: [Word: Set<String>] = [:]
    private var weekdays: [String: Int] = [:]
    private var months: [String: Int] = [:]

    init(_ phrasebooks: some Sequence<Phrasebook>) {
        for phrasebook in phrasebooks {
            for (word, forms) in phrasebook.words { meanings[word, default: []].formUnion(forms.map(\.folded)) }
            // Calendars count the days of the week from Sunday, 1; the wording from Monday.
            for (index, name) in (phrasebook.words[.weekdays] ?? []).enumerated() {
                weekdays[name.folded] = (index + 1) % 7 + 1
            }
            for (index, name) in (phrasebook.words[.monthNames] ?? []).enumerated() { months[name.folded] = index + 1 }
        }
    }

    func means(_ text: some StringProtocol, _ word: Word) -> Bool {
        meanings[word]?.contains(text.folded) ?? false
    }

    /// Whether `text` is a beginning of a form of the word, as `w` is of weeks.
    func begins(_ text: some StringProtocol, _ word: Word) -> Bool {
        let folded = text.folded
        return !folded.isEmpty && meanings[word]?.contains { $0.hasPrefix(folded) } ?? false
    }

    func dayOffset(_ text: String) -> Int? {
        if means(text, .today) { return 0 }
        if means(text, .yesterday) { return -1 }
        if means(text, .tomorrow) { return 1 }
        return means(text, .dayAfterTomorrow) ? 2 : nil
    }

    func weekday(_ text: String) -> Int? {
        named(text, in: weekdays, shortest: 2)
    }

    func month(_ text: String) -> Int? {
        named(text, in: months, shortest: 3)
    }

    /// The name that `text` is or abbreviates, if it can only be one.
    private func named(_ text: String, in names: [String: Int], shortest: Int) -> Int? {
        let folded = text.folded
        guard folded.count >= shortest, folded.allSatisfy(\.isLetter) else { return nil }
        if let exact = names[folded] { return exact }
        let matches = Set(names.filter { $0.key.hasPrefix(folded) }.values)
        return matches.count == 1 ? matches.first : nil
    }
}
