/// The names in a list of organisations as people type it, where a comma or »und« may as well be part of a name.
///
/// | typed                                                | read as                                    | asked |
/// |------------------------------------------------------|--------------------------------------------|-------|
/// | `Stadtwerke, Bauhof, Feuerwehr`                      | three                                      | no    |
/// | `Stadtwerke, Bauhof und Feuerwehr`                   | three: »und« closes a list                 | no    |
/// | `Dezernat für Bau, Umwelt und Verkehr`               | one: an office and its subjects            | no    |
/// | `Amt für Straßen-, Grünflächen- und Gewässerpflege`  | one: a hyphen waits for its other half     | no    |
/// | `Amt für Umwelt, Stadtwerke und Feuerwehr`           | three: the others are organisations        | no    |
/// | `Stadtwerke Musterow, GmbH`                          | one: a legal form is no name               | no    |
/// | `Verein für Kunst, Kultur und Natur`                 | one                                        | yes   |
/// | `Sonne, Mond und Sterne e. V.`                       | one                                        | yes   |
/// | `Anwohner und Händler`                               | one                                        | yes   |
///
/// Nothing is split where it is doubtful: then it is one name, and ``doubts`` says what to ask. A `;` and a new line
/// always separate; what stands in quotation marks or brackets is never split. What the words of a language mean here, the
/// guide says (``NameWords/Lists``).
struct NameList: Equatable {
    /// A name that may be several.
    struct Doubt: Equatable {
        let name: String
        let parts: [String]
    }

    private(set) var names: [String] = []
    private(set) var doubts: [Doubt] = []

    init(_ text: String, knowing words: NameWords, _ lists: NameWords.Lists) {
        let text = Enclosures(text)
        var rest = Unit.units(of: text, knowing: words, lists)[...]
        var isList = false
        while let first = rest.first {
            let next = rest.count == 1 ? .separate(1) : Self.next(in: rest, isList: isList)
            let count: Int
            switch next {
            case .separate(let number): count = number
            case .join(let number): count = number
            case .ask(let number): count = number
            }
            let taken = rest.prefix(count)
            let name = text.text(from: first.start, to: taken.last?.end ?? first.end)
            names.append(name)
            if case .ask = next { doubts.append(Doubt(name: name, parts: taken.map(\.name))) }
            rest = rest.dropFirst(count)
            if let following = rest.first { isList = isList || following.joint != .and }
        }
        names = names.map { Enclosures.content(of: $0) ?? $0 }
    }

    /// How many of the next units are one name, and whether that is sure.
    private enum Next {
        /// One name by itself.
        case separate(Int)
        case join(Int)
        case ask(Int)
    }

    private static func next(in units: ArraySlice<Unit>, isList: Bool) -> Next {
        let first = units[units.startIndex]
        return first.opening == .none ? next(after: first, in: units, isList: isList) : subjects(of: first, in: units)
    }

    /// An office, or another name with something behind it that may be an enumeration: up to the first »und«, or to the next
    /// name that has one.
    private static func subjects(of first: Unit, in units: ArraySlice<Unit>) -> Next {
        var tail: [Unit] = []
        for unit in units.dropFirst() {
            guard unit.opening == .none else { break }
            tail.append(unit)
            if unit.joint != .comma { break }
        }
        guard let last = tail.last else { return .separate(1) }
        let isClosed = last.joint != .comma
        let hasComma = tail.contains { $0.joint != .and }
        let count = 1 + tail.count
        if tail.allSatisfy(\.standsAlone) { return hasComma ? .separate(1) : .ask(count) }
        guard !tail.contains(where: \.standsAlone) else { return .ask(count) }
        switch first.opening {
        case .office: return isClosed ? .join(count) : .ask(count)
        case .subject: return isClosed && !hasComma ? .join(count) : .ask(count)
        case .link: return isClosed ? (hasComma ? .ask(count) : .join(count)) : .separate(1)
        case .none: return .separate(1)
        }
    }

    /// A plain name: a comma separates it from the next; »und« does at the end of a list and before an article.
    private static func next(after first: Unit, in units: ArraySlice<Unit>, isList: Bool) -> Next {
        let second = units[units.startIndex + 1]
        let plain = units.prefix { $0.opening == .none }
        if plain.count == units.count, !isList, let last = units.last, last.isFirm, !last.hasNoun,
            !units.dropFirst().dropLast().contains(where: \.standsAlone),
            !first.standsAlone || first.isDescribed && units.count > 2
        {
            return units.count == 2 && second.joint == .and ? .join(2) : .ask(units.count)
        }
        guard second.joint == .and else { return .separate(1) }
        if second.hasArticle { return .separate(1) }
        if isList, units.count == 2 {
            let isPlain = [first, second].allSatisfy { $0.standsAlone || $0.words.count <= 3 }
            return isPlain && second.beginsLikeAName ? .separate(1) : .ask(2)
        }
        if first.isDescribed, !second.standsAlone { return .join(2) }
        return .ask(2)
    }
}

/// A piece of a list that is a name, or the beginning or a part of one.
private struct Unit {
    enum Joint {
        case comma, and, commaAnd
    }

    /// What a name begins with after which several things may be enumerated.
    enum Opening {
        case none
        /// »Amt«, »Dezernat für«
        case office
        /// Another name with »für«.
        case subject
        /// Another name with »der«, »von«.
        case link
    }

    /// What stands before it.
    let joint: Joint
    let start: Int
    let end: Int
    let name: String
    /// Folded, without an article at the beginning.
    let words: [String]
    let hasArticle: Bool
    /// Whether it names a kind of organisation.
    let hasNoun: Bool
    /// Whether what it is stands before more words: »Kirchengemeinde St. Peter«.
    let isDescribed: Bool
    /// Whether it ends in a legal form, or has an ampersand.
    let isFirm: Bool
    let standsAlone: Bool
    let opening: Opening
    let beginsLikeAName: Bool

    private init(
        _ text: Enclosures, _ joint: Joint, _ start: Int, _ end: Int, _ known: NameWords, _ lists: NameWords.Lists
    ) {
        (self.joint, self.start, self.end) = (joint, start, end)
        name = text.text(from: start, to: end)
        let typed = name.split(whereSeparator: \.isWhitespace)
        var words = typed.map(\.folded).filter { !$0.isEmpty }
        hasArticle = words.count > 1 && known.articles.means(words[0])
        if hasArticle { words.removeFirst() }
        self.words = words
        let nouns = name.split { $0.isWhitespace || $0 == "-" || $0 == "/" }.map(\.folded).map { word in
            (lists.organisations + lists.offices).contains { word.hasSuffix($0.folded) }
        }
        hasNoun = nouns.contains(true)
        isDescribed = nouns.dropLast().contains(true)
        isFirm = words.last.map(known.legalForms.means) ?? false || typed.contains("&")
        let isEnclosed = Enclosures.content(of: name) != nil
        standsAlone =
            hasNoun || isFirm || hasArticle || isEnclosed || typed.contains { $0.isAcronym }
        opening = isEnclosed ? .none : Self.opening(of: words, known, lists)
        beginsLikeAName = name.first.map { !$0.isLowercase } ?? false || name == name.lowercased()
    }

    private static func opening(of words: [String], _ known: NameWords, _ lists: NameWords.Lists) -> Opening {
        for (word, next) in zip(words, words.dropFirst()) {
            if lists.offices.means(word) { return .office }
            if lists.topics.means(next), lists.offices.contains(where: { word.hasSuffix($0.folded) }) { return .office }
        }
        let rest = words.dropFirst()
        if rest.contains(where: lists.topics.means) { return .subject }
        let isLink = { known.links.means($0) && !lists.conjunctions.means($0) }
        return rest.contains(where: isLink) ? .link : .none
    }

    /// The pieces between commas and conjunctions, joined where they cannot stand for themselves.
    static func units(of text: Enclosures, knowing known: NameWords, _ lists: NameWords.Lists) -> [Unit] {
        var units: [Unit] = []
        for (joint, start, end) in pieces(of: text, lists.conjunctions) {
            let unit = Unit(text, joint, start, end, known, lists)
            if let last = units.last, unit.belongs(to: last, known, lists) {
                units[units.count - 1] = Unit(text, last.joint, last.start, end, known, lists)
            } else {
                units.append(unit)
            }
        }
        return units
    }

    private func belongs(to last: Unit, _ known: NameWords, _ lists: NameWords.Lists) -> Bool {
        if last.name.hasSuffix("-") || name.hasPrefix("-") || !name.contains(where: \.isLetter) { return true }
        let all = words.filter { !$0.isEmpty }
        if !hasArticle, !all.isEmpty, all.allSatisfy(known.legalForms.means) { return true }
        guard let first = all.first, all.count > 1, !hasArticle else { return false }
        return known.links.means(first) && !known.articles.means(first) || lists.topics.means(first)
    }

    private static func pieces(
        of text: Enclosures, _ conjunctions: [String]
    ) -> [(joint: Joint, start: Int, end: Int)] {
        var pieces: [(joint: Joint, start: Int, end: Int)] = []
        var joint = Joint.comma
        var start = 0
        func close(at end: Int) {
            let (from, to) = text.trimmed(start, end)
            if from < to { pieces.append((joint, from, to)) }
        }
        for (from, to) in text.words {
            if from < start { continue }
            if !text.isEnclosed[from], conjunctions.means(text.text(from: from, to: to).folded), from > 0 {
                let isBehindComma = text.trimmed(start, from).0 == text.trimmed(start, from).1
                close(at: from)
                joint = isBehindComma && !pieces.isEmpty ? .commaAnd : .and
                start = to
                continue
            }
            for index in from..<to where text.isComma(at: index) {
                close(at: index)
                joint = .comma
                start = index + 1
            }
        }
        close(at: text.characters.count)
        return pieces
    }
}

extension Enclosures {
    fileprivate func text(from start: Int, to end: Int) -> String { String(characters[start..<end]) }

    /// The same span without the white space around it.
    fileprivate func trimmed(_ start: Int, _ end: Int) -> (Int, Int) {
        var (start, end) = (start, max(start, end))
        while start < end, characters[start].isWhitespace { start += 1 }
        while end > start, characters[end - 1].isWhitespace { end -= 1 }
        return (start, end)
    }

    /// Where the words begin and end.
    fileprivate var words: [(Int, Int)] {
        var words: [(Int, Int)] = []
        var start: Int?
        for index in characters.indices {
            if characters[index].isWhitespace {
                if let begun = start { words.append((begun, index)) }
                start = nil
            } else {
                start = start ?? index
            }
        }
        if let start { words.append((start, characters.count)) }
        return words
    }

    /// A comma that is no decimal one.
    fileprivate func isComma(at index: Int) -> Bool {
        guard characters[index] == ",", !isEnclosed[index] else { return false }
        let hasDigits =
            index > 0 && characters[index - 1].isNumber && index + 1 < characters.count
            && characters[index + 1].isNumber
        return !hasDigits
    }
}

extension Substring {
    /// `BUND`, `THW`: two to six capital letters.
    fileprivate var isAcronym: Bool {
        let letters = filter(\.isLetter)
        return (2...6).contains(letters.count) && letters.allSatisfy(\.isUppercase)
    }
}
