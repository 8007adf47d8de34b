public import FoundationEssentials

/// Something to be said or done because of an input; plain data without any language.
public struct Output: Hashable, Sendable, Codable {
    public enum Audience: Hashable, Sendable, Codable {
        /// Everybody in the group's rooms.
        case room
        /// Where the input came from: in the room, or privately.
        case asker
        /// The asker apart from the others, whom it would only disturb; where she asked, if there is no private way to her.
        case askerApart
        /// One person and nobody else: where there is no private way to her it is not said.
        case person(Identity)
        /// One person, privately where that is possible; nothing in it is for her alone, so that it may also be said to her
        /// where others read.
        case addressed(Identity)
        /// Every facilitator, in the same way as ``addressed(_:)``.
        case facilitators
    }

    public enum Content: Hashable, Sendable, Codable {
        /// One line.
        case line(Line)
        /// Several lines that belong together and come in pages.
        case pages([Line])
        /// The outcome is to be written, and where it lies told to the asker.
        case outcome(OutcomeFormat, withNames: Bool)
        /// A sheet of the guide to write on by hand is to be made, and where it lies told to the asker.
        case worksheet(order: Dialog.Order.ID?)
        /// What the wording says about a verb, or about all of them.
        case verbHelp(HelpTopic)
        /// The session is to be erased, and that told to the asker.
        case eraseSession
        /// To be carried to all groups of the workshop, and what they answer told to the audience.
        case circular(Circular)
        /// The next page of what was cut before.
        case nextPage
    }

    public var audience: Audience
    /// Whether this only acknowledges, so that it is said quietly and can be collected with others.
    public var isAcknowledgement: Bool
    public var content: Content

    public init(to audience: Audience, isAcknowledgement: Bool = false, _ content: Content) {
        self.audience = audience
        self.isAcknowledgement = isAcknowledgement
        self.content = content
    }
}

/// What is asked of all groups of a workshop.
public enum Circular: Hashable, Sendable, Codable {
    /// Where each group is.
    case overview
    /// What each group has to a question.
    case comparison(Question.ID)
    /// What each group is to do, as it was typed.
    case instruction(String)
    /// What each group has agreed on and others may read, at one question or at all.
    case exhibition(Question.ID?)
    /// To one group by its name, or to every one.
    case call(WorkshopCall, to: String?)
    /// What somebody has remarked in each group, for herself.
    case remarks(by: Visitor)
}

/// A phrase with what stands in its slots.
public struct Line: Hashable, Sendable, Codable {
    public let phrase: Phrase
    public let values: [Phrase.Slot: Value]

    public init(_ phrase: Phrase, _ values: [Phrase.Slot: Value] = [:]) {
        self.phrase = phrase
        self.values = values
    }

    private enum CodingKeys: String, CodingKey {
        case phrase, values
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        phrase = try container.decode(Phrase.self, forKey: .phrase)
        let named = try container.decode([String: Value].self, forKey: .values)
        values = Dictionary(
            named.compactMap { name, value in Phrase.Slot(rawValue: name).map { ($0, value) } },
            uniquingKeysWith: { $1 })
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(phrase, forKey: .phrase)
        let named = values.map { ($0.key.rawValue, $0.value) }
        try container.encode(Dictionary(uniqueKeysWithValues: named), forKey: .values)
    }
}

/// What stands in a slot of a phrase.
public indirect enum Value: Hashable, Sendable, Codable {
    case text(String)
    /// A text of the guide, in the language of whoever reads it.
    case localized(LocalizedText)
    case count(Int)
    /// A number in words where the language has a word for it.
    case spelled(Int)
    /// A calendar day with its year.
    case day(Date)
    /// A calendar day without its year.
    case dayAndMonth(Date)
    /// A calendar day as a person would type it.
    case typedDay(Date)
    case due(DueDate)
    /// The greeting for the time of day.
    case greeting(Date)
    /// A question's key, in the language's quotation marks.
    case key(LocalizedText)
    /// A phrase within a phrase.
    case line(Line)
    /// Several values, joined as the language joins them.
    case list([Value])

    package static func id(_ id: RecordID) -> Value { .text(id.description) }
    static func ids(_ ids: [RecordID]) -> Value { .list(ids.map(Value.id)) }
    static func names(_ names: [String]) -> Value { .list(names.map(Value.text)) }
    static func key(_ question: Question) -> Value { .key(question.key) }
    static func keys(_ questions: [Question]) -> Value { .list(questions.map(Value.key)) }
}
