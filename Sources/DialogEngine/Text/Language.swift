/// A language or register that Lotse speaks, named by a tag such as `de`, `de-simple` or `en`.
///
/// The tag is the name of the wording file and the key of every text in a guide.
public struct Language: RawRepresentable, Hashable, Sendable, Codable, Comparable {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Whether it is written for those who read with difficulty: the registered variant `simple` of RFC 5646.
    public var isSimple: Bool { rawValue.lowercased().split(separator: "-").contains("simple") }

    public static func < (lhs: Language, rhs: Language) -> Bool {
        lhs.rawValue < rhs.rawValue
    }

    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// One text in every language of its guide.
public struct LocalizedText: Hashable, Sendable, Codable {
    private let wordings: [String: String]

    public init(_ wordings: [Language: String]) {
        self.wordings = Dictionary(uniqueKeysWithValues: wordings.map { ($0.key.rawValue, $0.value) })
    }

    /// The text in `language`; where a guide lacks that language, the text in its nearest one.
    ///
    /// Nearest is the same language in another register (`de` for `de-simple`), else the alphabetically first.
    public subscript(language: Language) -> String {
        if let exact = wordings[language.rawValue] { return exact }
        let family = language.rawValue.prefix { $0 != "-" }
        let related = wordings.keys.filter { $0.prefix { $0 != "-" } == family }.min()
        return (related ?? wordings.keys.min()).flatMap { wordings[$0] } ?? ""
    }

    /// Every wording, whatever its language.
    public var all: [String] {
        wordings.values.sorted()
    }

    public init(from decoder: any Decoder) throws {
        wordings = try decoder.singleValueContainer().decode([String: String].self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wordings)
    }
}
