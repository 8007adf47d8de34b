/// Whether two contributions say nearly the same, judged by their words alone.
///
/// Words of three letters or fewer are left out where longer ones are there. Two words are the same where one begins with
/// the other and lacks a fifth at most (`Parkplatz`, `Parkplatzes`), or where one letter in six differs (`Gießwasser`,
/// `Giesswaser`). Texts are alike where three quarters of all their words are in both, and all of their numbers. Long texts
/// are left to people.
enum Likeness {
    /// How many of the statements before it a new one is compared with.
    static let reach = 40
    /// The share of words, in per cent, that both texts have to have.
    private static let share = 75
    /// How many words a text may have; comparing costs the product of both.
    private static let length = 40
    /// How many letters words may have of which one in six may differ; longer ones are no words.
    private static let longestWord = 60

    /// The words of one text, read once; what is unlike is told from numbers in them, before any letter is compared.
    struct Words: Hashable, Sendable {
        fileprivate var words: [FoldedWord] = []
        /// The numbers among them, in a fixed order.
        fileprivate var numbers: [String] = []

        init(_ text: String) {
            let all = text.split { !$0.isLetter && !$0.isNumber }.map { FoldedWord($0.folded) }
            let long = all.filter { $0.count > 3 || $0.isNumber }
            words = long.isEmpty ? all : long
            numbers = words.filter(\.isNumber).map(\.text).sorted()
        }
    }

    private static func isSame(_ one: FoldedWord, _ other: FoldedWord) -> Bool {
        let longer = max(one.count, other.count)
        // What begins with the other has a fifth more letters, and so many more bits, at most.
        guard !one.differs(from: other, byMoreThan: longer / 5) else { return false }
        if one.text == other.text { return true }
        guard longer > 5, longer <= longestWord, !one.hasNumber, !other.hasNumber else { return false }
        if one.text.hasPrefix(other.text) || other.text.hasPrefix(one.text) { return true }
        return one.text.editDistance(to: other.text, upTo: longer / 6) != nil
    }

    static func areAlike(_ one: Words, _ other: Words) -> Bool {
        let total = one.words.count + other.words.count
        guard max(one.words.count, other.words.count) <= length, one.numbers == other.numbers, !one.words.isEmpty,
            min(one.words.count, other.words.count) * 2 * 100 >= share * total
        else { return false }
        // How many words of the one may have no match in the other.
        var spare = one.words.count - (share * total + 199) / 200
        var isTaken: [Bool] = Array(repeating: false, count: other.words.count)
        for word in one.words {
            if let index = other.words.indices.first(where: { !isTaken[$0] && isSame(word, other.words[$0]) }) {
                isTaken[index] = true
            } else {
                spare -= 1
                if spare < 0 { return false }
            }
        }
        return true
    }
}

extension Session {
    /// The latest statements to the same question before a contribution that say nearly the same as it, looking back so far
    /// and no further, so that a long list costs no more: the id of the nearest one.
    func statementLike(_ id: RecordID) -> RecordID? {
        guard let place = contributions.place(of: id), let new = statement(id) else { return nil }
        let words = words(at: place)
        let visible = derived.contributions.visible[new.question]
        let earlier = visible.reversed().lazy.drop { $0 >= place }.prefix(Likeness.reach)
        for other in earlier {
            let group = group(of: contributions[other].id)
            let others = group?.text.map(Likeness.Words.init) ?? firstWords(of: group) ?? self.words(at: other)
            if Likeness.areAlike(others, words) { return group?.id ?? contributions[other].id }
        }
        return nil
    }

    /// The words of a contribution, folded when it came, or now where it is long past.
    private func words(at place: Int) -> Likeness.Words {
        derived.contributions.words[place] ?? Likeness.Words(contributions[place].text)
    }

    /// A group without a text of its own says what the first of its contributions says that counts.
    private func firstWords(of group: ContributionGroup?) -> Likeness.Words? {
        guard let group, let first = statement(group.id)?.members.first else { return nil }
        return contributions.place(of: first).map { words(at: $0) }
    }
}
