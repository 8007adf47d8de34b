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
struct OrganisationName {
    private let words: [String]
    private let known: NameWords

    init(_ name: String, knowing known: NameWords) {
        var words = name.split { $0.isWhitespace || $0 == "," || $0 == "-" || $0 == "/" }.map(\.folded)
            .filter { !$0.isEmpty }
        if let first = words.first, words.count > 1, known.articles.means(first) { words.removeFirst() }
        while words.count > 1, let last = words.last, known.legalForms.means(last) { words.removeLast() }
        self.words = words
        self.known = known
    }

    func isAlike(_ other: OrganisationName) -> Bool {
        guard !words.isEmpty, !other.words.isEmpty else { return false }
        if words.joined() == other.words.joined() { return true }
        return words.count == other.words.count
            ? differsByASlip(from: other)
            : words.count < other.words.count ? isPart(of: other) : other.isPart(of: self)
    }

    /// Whether only one word is typed differently, by one letter, or by two in a very long one.
    private func differsByASlip(from other: OrganisationName) -> Bool {
        let different = zip(words, other.words).filter { $0 != $1 }
        guard different.count == 1, let (word, second) = different.first else { return false }
        let length = min(word.count, second.count)
        guard length >= 6, word.allSatisfy(\.isLetter), second.allSatisfy(\.isLetter) else { return false }
        return word.editDistance(to: second) <= (length >= 12 ? 2 : 1)
    }

    /// Whether `longer` is this name with describing words before it, or with a place behind it.
    private func isPart(of longer: OrganisationName) -> Bool {
        let beginnings = 0...(longer.words.count - words.count)
        guard let start = beginnings.first(where: { Array(longer.words[$0...].prefix(words.count)) == words })
        else { return false }
        return longer.words[..<start].allSatisfy(describes)
            && !longer.words[(start + words.count)...].contains(where: known.links.means)
    }

    /// In German, adjectives in front of a noun end in e, er, es or en; nouns mostly do not.
    private func describes(_ word: String) -> Bool {
        word.count > 3 && known.describingEndings.contains { word.hasSuffix($0.folded) }
    }
}

extension [String] {
    /// Whether one of the words is `folded`.
    func means(_ folded: String) -> Bool {
        contains { $0.folded == folded }
    }
}

/// The names by which people are called, as far as they can be told from those of organisations.
enum PersonalName {
    /// Whether `text` calls somebody by one of `addresses` and a name, or by one of `names` in full.
    static func isIn(_ text: String, of names: [String], behind addresses: [String]) -> Bool {
        let words = text.split { !$0.isLetter && $0 != "-" }
        for (word, next) in zip(words, words.dropFirst()) where addresses.means(word.folded) {
            if next.first?.isUppercase == true { return true }
        }
        let folded = words.map(\.folded)
        return names.map { $0.split { !$0.isLetter && $0 != "-" }.map(\.folded) }.contains { name in
            name.count > 1 && folded.indices.contains { Array(folded[$0...].prefix(name.count)) == name }
        }
    }
}
