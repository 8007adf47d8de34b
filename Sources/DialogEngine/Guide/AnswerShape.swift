/// What an answer to a question consists of, and how a typed line is read as entries.
///
/// | form            | one entry is …                          | separated by         | example                              |
/// |-----------------|-----------------------------------------|----------------------|--------------------------------------|
/// | `text`          | the whole text                          | –                    | `Regenwasser fehlt im Sommer.`       |
/// | `list`          | an item, after its kind if there are some | line, `;`          | `Geld: 5000 Euro; Platz: Bauhof`     |
/// | `rows`          | a line of columns                       | line; columns by `;` | `Anwohner; im Sommer; beim Gießen`   |
/// | `organisations` | an organisation, with a detail          | line, `;`, `,`       | `Stadtwerke: Betrieb; BUND`          |
///
/// A beginning `Label:` of a section puts what follows, to the next section or to the end of the line, into that section;
/// there a `;` separates in every form. Where `about` names another question, the beginning `Subject:` names the entry of
/// that question which the organisations belong to (`Geld: Sparkasse, Land`). A detail behind several organisations
/// belongs to each of them (`Anwohner, Händler: Sorge um Parkplätze`, `Wasser: Stadtwerke: nur im Sommer`).
public struct AnswerShape: Hashable, Sendable, Codable {
    public enum Form: String, Sendable, Codable, CaseIterable {
        case text, list, rows, organisations
    }

    /// A named part of the answer, a column, or a kind of entry.
    public struct Label: Hashable, Sendable, Codable {
        public let id: String
        public let title: LocalizedText

        public init(id: String, title: LocalizedText) {
            self.id = id
            self.title = title
        }

        func matches(_ text: some StringProtocol) -> Bool {
            let folded = String(text).folded
            guard !folded.isEmpty else { return false }
            return id.folded == folded
                || title.all.contains { $0.folded == folded || folded.count > 3 && $0.folded.hasPrefix(folded) }
        }
    }

    public struct Column: Hashable, Sendable, Codable {
        public enum Kind: String, Sendable, Codable, CaseIterable {
            case text, date, person
        }

        public let label: Label
        public let kind: Kind

        public init(label: Label, kind: Kind) {
            self.label = label
            self.kind = kind
        }
    }

    public let form: Form
    /// Whether the sequence of the entries carries meaning, so that they are numbered.
    public let isOrdered: Bool
    public let sections: [Label]
    /// The columns of `rows`.
    public let columns: [Column]
    /// The kinds an entry of a `list` or of `organisations` may have.
    public let kinds: [Label]
    /// What stands behind an organisation's name, such as its concern.
    public let detail: Label?
    /// The question whose entries the organisations are named for.
    public let about: Question.ID?
    /// How many entries the guide suggests.
    public let suggestedCount: Int?

    public init(
        form: Form, isOrdered: Bool = false, sections: [Label] = [], columns: [Column] = [], kinds: [Label] = [],
        detail: Label? = nil, about: Question.ID? = nil, suggestedCount: Int? = nil
    ) {
        self.form = form
        self.isOrdered = isOrdered
        self.sections = sections
        self.columns = columns
        self.kinds = kinds
        self.detail = detail
        self.about = about
        self.suggestedCount = suggestedCount
    }
}

/// One entry of an answer: an item, a row, an organisation.
public struct Entry: Hashable, Sendable, Codable {
    /// The id of the section it stands in.
    public var section: String?
    /// The id of its kind.
    public var kind: String?
    /// The entry of another question that it speaks about.
    public var subject: String?
    /// The item, the first column, or the organisation's name.
    public var text: String
    /// What stands behind an organisation's name.
    public var detail: String?
    /// The columns of a row, in the shape's order; a missing one is empty.
    public var cells: [String]

    package init(
        section: String? = nil, kind: String? = nil, subject: String? = nil, text: String, detail: String? = nil,
        cells: [String] = []
    ) {
        self.section = section
        self.kind = kind
        self.subject = subject
        self.text = text
        self.detail = detail
        self.cells = cells
    }
}

extension AnswerShape {
    /// The entries that `text` contains, in its order; a text without any content has none.
    ///
    /// Names of organisations are told apart by `words`; where they say nothing of lists, every comma separates.
    public func entries(in text: String, knowing words: NameWords? = nil) -> [Entry] {
        switch form {
        case .text: texts(in: text)
        case .rows: text.split(whereSeparator: \.isNewline).compactMap { row($0.trimmed) }
        case .list: text.split(whereSeparator: \.isNewline).flatMap { entries(inLine: $0) }
        case .organisations:
            if let words, let lists = words.lists {
                OrganisationReading(shape: self, words: words, lists: lists).entries(in: text)
            } else {
                text.split(whereSeparator: \.isNewline).flatMap { entries(inLine: $0) }
            }
        }
    }

    /// What stands in `text` outside of its sections, or the first of it.
    func sentence(in text: String) -> String? {
        entries(in: text).first { $0.section == nil }?.text
    }

    /// One text of several: whatever stands in a section stays in it.
    func joined(_ texts: [String]) -> String {
        switch form {
        case .text where sections.isEmpty: texts.joined(separator: " ")
        case .list where sections.isEmpty, .organisations where sections.isEmpty: texts.joined(separator: "; ")
        case .text, .list, .organisations, .rows: texts.joined(separator: "\n")
        }
    }

    /// One entry with all that stands in no section, and one for each part of a section.
    private func texts(in text: String) -> [Entry] {
        var whole: [String] = []
        var parts: [Entry] = []
        for line in text.split(whereSeparator: \.isNewline) {
            var beginning: [String] = []
            for (section, part) in sectioned(line, keeping: true) {
                if section == nil {
                    beginning.append(part)
                } else {
                    parts.append(Entry(section: section, text: part))
                }
            }
            whole.append(beginning.joined(separator: ";").trimmed)
        }
        let unsectioned = whole.filter { !$0.isEmpty }.joined(separator: " ")
        return (unsectioned.isEmpty ? [] : [Entry(text: unsectioned)]) + parts
    }

    private func entries(inLine line: Substring) -> [Entry] {
        sectioned(line, keeping: false).flatMap { section, part -> [Entry] in
            if form == .organisations {
                return section == nil ? organisations(part) : [Entry(section: section, text: part)]
            }
            var entry = item(part)
            entry.section = section
            return [entry]
        }
    }

    /// The parts of a line between `;`, each with the section it stands in; `keeping` those without a section untrimmed.
    private func sectioned(_ line: Substring, keeping: Bool) -> [(section: String?, part: String)] {
        var section: String?
        return line.split(separator: ";", omittingEmptySubsequences: false).compactMap { part in
            var rest = String(part)
            if let (label, after) = part.splitAtFirstColon, let match = sections.first(where: { $0.matches(label) }) {
                section = match.id
                rest = after
            }
            if section != nil || !keeping { rest = rest.trimmed }
            return rest.isEmpty ? nil : (section, rest)
        }
    }

    func item(_ text: String) -> Entry {
        guard let (label, after) = text.splitAtColon, let kind = kinds.first(where: { $0.matches(label) }) else {
            return Entry(text: text)
        }
        return Entry(kind: kind.id, text: after)
    }

    private func row(_ line: String) -> Entry? {
        var cells = line.split(separator: ";", maxSplits: max(columns.count - 1, 0), omittingEmptySubsequences: false)
            .map { $0.trimmed }
        guard cells.contains(where: { !$0.isEmpty }) else { return nil }
        while cells.count < columns.count { cells.append("") }
        return Entry(text: cells[0], cells: cells)
    }

    private func organisations(_ part: String) -> [Entry] {
        guard let (head, tail) = part.splitAtColon else {
            return part.parts(separatedBy: ",").map { Entry(text: $0) }
        }
        if about != nil {
            let (names, detail) = tail.splitAtColon ?? (tail, nil)
            return names.parts(separatedBy: ",").map { Entry(subject: head, text: $0, detail: detail) }
        }
        let detail = item(tail)
        return head.parts(separatedBy: ",").map { Entry(kind: detail.kind, text: $0, detail: detail.text) }
    }
}

extension StringProtocol {
    package var trimmed: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    /// The trimmed parts between `separator`s that are not empty.
    func parts(separatedBy separator: Character) -> [String] {
        split(separator: separator).map { $0.trimmed }.filter { !$0.isEmpty }
    }

    /// What stands before and behind the first `: `, if both are something.
    var splitAtColon: (head: String, tail: String)? {
        splitAtFirstColon.flatMap { $0.tail.isEmpty ? nil : $0 }
    }

    /// What stands before and behind the first `: `; a colon within a word or an address (`https://`) does not count.
    var splitAtFirstColon: (head: String, tail: String)? {
        var index = startIndex
        while index < endIndex, let colon = self[index...].firstIndex(of: ":") {
            let after = self.index(after: colon)
            if after == endIndex || self[after].isWhitespace {
                let head = self[..<colon].trimmed
                let tail = self[after...].trimmed
                return head.isEmpty ? nil : (head, tail)
            }
            index = after
        }
        return nil
    }
}
