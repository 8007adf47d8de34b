/// Whether two contributions say nearly the same, judged by their words alone.
///
/// Words of three letters or fewer are left out where longer ones are there. Two words are the same where one begins with
/// the other and lacks a fifth at most (`Parkplatz`, `Parkplatzes`), or where one letter in six differs (`Gießwasser`,
/// `Giesswaser`). Texts are alike where three quarters of all their words are in both, and all of their numbers. Long texts
/// are left to people.
enum Likeness {
    /// The share of words, in per cent, that both texts have to have.
    private static let share = 75
    /// How many words a text may have; comparing costs the product of both.
    private static let length = 40
    /// How many letters words may have of which one in six may differ; longer ones are no words.
    private static let longestWord = 60

    static func areAlike(_ one: String, _ other: String) -> Bool {
        let ones = words(of: one)
        var others = words(of: other)
        let total = ones.count + others.count
        guard max(ones.count, others.count) <= length, numbers(in: ones) == numbers(in: others) else { return false }
        guard !ones.isEmpty, min(ones.count, others.count) * 2 * 100 >= share * total else { return false }
        var shared = 0
        for word in ones {
            guard let index = others.firstIndex(where: { isSame($0, word) }) else { continue }
            others.remove(at: index)
            shared += 2
        }
        return shared * 100 >= share * total
    }

    private static func words(of text: String) -> [String] {
        let all = text.split { !$0.isLetter && !$0.isNumber }.map(\.folded)
        let long = all.filter { $0.count > 3 || $0.allSatisfy(\.isNumber) }
        return long.isEmpty ? all : long
    }

    private static func numbers(in words: [String]) -> [String] {
        words.filter { $0.allSatisfy(\.isNumber) }.sorted()
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        if one == other { return true }
        let longer = max(one.count, other.count)
        guard longer > 5, longer <= longestWord, !one.contains(where: \.isNumber), !other.contains(where: \.isNumber)
        else { return false }
        if min(one.count, other.count) * 5 >= longer * 4, one.hasPrefix(other) || other.hasPrefix(one) { return true }
        return one.editDistance(to: other) * 6 <= longer
    }
}

extension Session {
    /// The statements to the same question that came before `statement`: the last ones, so that a long list costs no more.
    func recentStatements(before statement: Statement) -> [Statement] {
        let isEarlier = { (contribution: Contribution) in
            contribution.question == statement.question && contribution.id < statement.id
                && !contribution.isWithdrawn && !contribution.isHidden
        }
        let recent = contributions.reversed().lazy.filter(isEarlier).prefix(40)
        return recent.compactMap { self.statement(self.group(of: $0.id)?.id ?? $0.id) }
    }
}
