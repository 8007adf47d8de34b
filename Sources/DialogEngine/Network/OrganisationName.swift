/// The name of an organisation, to be compared with others.
///
/// | names                                          | alike | because                                            |
/// |------------------------------------------------|-------|----------------------------------------------------|
/// | `Stadtwerke` · `die Stadtwerke`                | yes   | articles do not count                              |
/// | `Stadtwerke` · `Stadtwerke Musterow GmbH`      | yes   | a place may be left out, a legal form too          |
/// | `Feuerwehr` · `Freiwillige Feuerwehr Musterow` | yes   | a describing word in front may be left out         |
/// | `Zweckverband` · `Zweckverbnad`                | yes   | one slip in a long word                            |
/// | `Grundschule` · `Förderverein der Grundschule` | no    | the one belongs to the other                       |
/// | `Grundschule Nord` · `Grundschule Süd`         | no    | different words                                    |
///
/// To be alike is only a reason to ask: whether two names mean one organisation, people decide.
struct OrganisationName: Hashable, Sendable {
    /// What tells most names apart at a glance.
    struct Mark: Hashable, Sendable {
        fileprivate let wordCount: Int
        /// Of all words as one.
        fileprivate let whole: UInt64
        /// A bit for each word; two words may share one.
        fileprivate let bits: UInt64
        /// A bit for each letter.
        fileprivate let letters: UInt64
        /// Of the words that a slip is not looked for in.
        fileprivate let rigid: UInt64

        /// Whether the names may be alike, so that it is worth comparing them.
        func isLike(_ other: Mark) -> Bool {
            if whole == other.whole { return true }
            if wordCount == other.wordCount {
                return rigid == other.rigid && (bits ^ other.bits).nonzeroBitCount <= 2
                    && (letters ^ other.letters).nonzeroBitCount <= 2 * OrganisationName.mostEdits
            }
            return wordCount < other.wordCount ? bits & ~other.bits == 0 : other.bits & ~bits == 0
        }
    }

    private static let mostEdits = 2

    private let words: [FoldedWord]
    private let known: NameWords
    let mark: Mark

    init(_ name: String, knowing known: NameWords) {
        var words = name.split { $0.isWhitespace || $0 == "," || $0 == "-" || $0 == "/" }.map(\.folded)
            .filter { !$0.isEmpty }
        if let first = words.first, words.count > 1, known.articles.means(first) { words.removeFirst() }
        while words.count > 1, let last = words.last, known.legalForms.means(last) { words.removeLast() }
        self.words = words.map(FoldedWord.init)
        self.known = known
        let whole = FoldedWord(words.joined())
        mark = Mark(
            wordCount: words.count, whole: whole.hash,
            bits: self.words.reduce(0) { $0 | 1 << ($1.hash >> 58) }, letters: whole.letters,
            rigid: self.words.filter { !$0.mayHaveSlip }.reduce(0) { $0 &+ $1.hash })
    }

    func isAlike(_ other: OrganisationName) -> Bool {
        guard mark.isLike(other.mark), !words.isEmpty, !other.words.isEmpty else { return false }
        if words.map(\.text).joined() == other.words.map(\.text).joined() { return true }
        return words.count == other.words.count
            ? differsByASlip(from: other)
            : words.count < other.words.count ? isPart(of: other) : other.isPart(of: self)
    }

    /// Whether only one word is typed differently, by one letter, or by two in a very long one.
    private func differsByASlip(from other: OrganisationName) -> Bool {
        let different = words.indices.filter { words[$0].text != other.words[$0].text }
        guard different.count == 1 else { return false }
        let (word, second) = (words[different[0]], other.words[different[0]])
        let edits = min(word.count, second.count) >= 12 ? Self.mostEdits : 1
        guard word.mayHaveSlip, second.mayHaveSlip, !word.differs(from: second, byMoreThan: edits) else { return false }
        return word.text.editDistance(to: second.text, upTo: edits) != nil
    }

    /// Whether `longer` is this name with describing words before it, or with a place behind it.
    private func isPart(of longer: OrganisationName) -> Bool {
        let beginnings = 0...(longer.words.count - words.count)
        guard let start = beginnings.first(where: { longer.words[$0...].starts(with: words) })
        else { return false }
        return longer.words[..<start].allSatisfy(describes)
            && !longer.words[(start + words.count)...].contains { known.links.means($0.text) }
    }

    /// In German, adjectives in front of a noun end in e, er, es or en; nouns mostly do not.
    private func describes(_ word: FoldedWord) -> Bool {
        word.count > 3 && known.describingEndings.contains { word.text.hasSuffix($0.folded) }
    }
}

extension FoldedWord {
    /// Whether a slip is looked for in it: not in numbers, nor in short words.
    fileprivate var mayHaveSlip: Bool { count >= 6 && isLetters }
}

extension [String] {
    /// Whether one of the words is `folded`.
    func means(_ folded: String) -> Bool {
        contains { $0.folded == folded }
    }
}

/// The names by which people are called, as far as they can be told from those of organisations.
enum PersonalName {
    /// Whether `text` calls somebody by one of `addresses` and a name, or one of `people` by her name in full.
    static func isIn(_ text: String, of people: PeopleIndex, behind addresses: [String]) -> Bool {
        let words = text.split { !$0.isLetter && $0 != "-" }
        let folded = words.map(\.folded)
        let addresses = Set(addresses.map(\.folded))
        for (word, next) in zip(folded, words.dropFirst()) where addresses.contains(word) {
            if next.first?.isUppercase == true { return true }
        }
        return people.isAnybodyCalled(in: folded)
    }

    /// The words that a name is made of, folded.
    static func words(of name: String) -> [String] {
        name.split { !$0.isLetter && $0 != "-" }.map(\.folded)
    }
}
