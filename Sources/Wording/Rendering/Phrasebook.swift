public import DialogEngine

/// Everything that Lotse says and understands in one language: the content of one file in `Dialogs/wording/`.
public struct Phrasebook: Hashable, Sendable {
    public let language: Language
    /// The language's name in itself.
    public let name: String
    /// What a person may type to choose the language.
    public let called: [String]
    public let formats: Formats
    /// What people type behind a verb and in dates; days of the week from Monday, months from January.
    public let words: [Word: [String]]
    public let verbs: [Verb: VerbWording]
    public let phrases: [Phrase: Wordings]
    public let terms: [Term: String]

    public init(
        language: Language, name: String, called: [String], formats: Formats, words: [Word: [String]],
        verbs: [Verb: VerbWording], phrases: [Phrase: Wordings], terms: [Term: String]
    ) {
        self.language = language
        self.name = name
        self.called = called
        self.formats = formats
        self.words = words
        self.verbs = verbs
        self.phrases = phrases
        self.terms = terms
    }

    /// How dates, numbers and quotations are written.
    public struct Formats: Hashable, Sendable {
        /// Patterns of `d dd M MM MMM yyyy` for days and `H HH h mm a` for clock times; all else stands for itself.
        public var day: String
        public var dayAndMonth: String
        public var typedDay: String
        public var time: String
        public var dayWithTime: Template<DateSlot>
        public var quoted: Template<QuoteSlot>
        /// The words for 0, 1, 2 …; nil where the number is written in digits, as all beyond the last are.
        public var numbers: [String?]
        /// The greeting from each hour of the day on, 0 to 23.
        public var greetings: [Int: String]

        public init(
            day: String, dayAndMonth: String, typedDay: String, time: String, dayWithTime: Template<DateSlot>,
            quoted: Template<QuoteSlot>, numbers: [String?], greetings: [Int: String]
        ) {
            self.day = day
            self.dayAndMonth = dayAndMonth
            self.typedDay = typedDay
            self.time = time
            self.dayWithTime = dayWithTime
            self.quoted = quoted
            self.numbers = numbers
            self.greetings = greetings
        }
    }

    public enum DateSlot: String, Hashable, Sendable, CaseIterable {
        case day, time
    }

    public enum QuoteSlot: String, Hashable, Sendable, CaseIterable {
        case text
    }

    /// A verb as people type it and as the help explains it.
    public struct VerbWording: Hashable, Sendable {
        /// What people type behind the `!`; Lotse names the first.
        public let calls: [String]
        public let usage: String
        public let help: String

        public init(calls: [String], usage: String, help: String) {
            self.calls = calls
            self.usage = usage
            self.help = help
        }
    }

    /// A phrase with the form for one and the form for any other number.
    public struct Wordings: Hashable, Sendable {
        public let one: Template<Phrase.Slot>?
        public let other: Template<Phrase.Slot>

        public init(one: Template<Phrase.Slot>? = nil, other: Template<Phrase.Slot>) {
            self.one = one
            self.other = other
        }
    }
}

/// A text with slots in braces: `{id} notiert.`
public struct Template<Slot: RawRepresentable<String> & Hashable & Sendable>: Hashable, Sendable {
    public enum Piece: Hashable, Sendable {
        case text(String)
        case slot(Slot)
    }

    public let pieces: [Piece]

    /// What is wrong with a text that is no template: a name in braces that is no slot, or a brace that is not closed.
    public enum Flaw: Error, Hashable, Sendable {
        case unknownSlot(String)
        case openBrace
    }

    public init(_ text: String) throws(Flaw) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: "}") else { throw .openBrace }
            let name = String(rest[..<close])
            guard let slot = Slot(rawValue: name) else { throw .unknownSlot(name) }
            pieces.append(.slot(slot))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        self.pieces = pieces
    }

    public var slots: Set<Slot> {
        Set(pieces.compactMap { if case .slot(let slot) = $0 { slot } else { nil } })
    }

    func filled(_ value: (Slot) -> String) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let part): text += part
            case .slot(let slot): text += value(slot)
            }
        }
        return text
    }
}
