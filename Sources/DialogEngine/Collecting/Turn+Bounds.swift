// How much one line may bring. What is more is refused whole, so that nobody has to find out what was kept of it.

extension Turn {
    /// How many entries, or ids, one line may have; no guide changes it, so that no line holds up the others.
    static let most = 50

    /// Refuses to keep a typed text at a question: for what it has too much of, or whom it names.
    ///
    /// - Parameter former: the text that this one takes the place of; it may have as many entries as that.
    mutating func refuses(_ text: String, at question: Question, insteadOf former: String = "") -> Bool {
        refusesEntries(of: text, at: question, insteadOf: former) || refusesPerson(in: text, at: question)
    }

    private mutating func refusesEntries(of text: String, at question: Question, insteadOf former: String) -> Bool {
        // Every entry but the first has a separator before it.
        guard text.utf8.count > Self.most else { return false }
        let count = session.dialog.entries(in: text, of: question).count
        guard count > Self.most, count > session.dialog.entries(in: former, of: question).count else { return false }
        refuse(.tooManyEntries, [.count: .count(count), .total: .count(Self.most)])
        return true
    }

    mutating func refuses(_ ids: [RecordID]) -> Bool {
        guard ids.count > Self.most else { return false }
        refuse(.tooManyIDs, [.count: .count(ids.count), .total: .count(Self.most)])
        return true
    }
}
