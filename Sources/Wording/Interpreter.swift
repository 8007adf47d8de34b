public import DialogEngine
public import FoundationEssentials

/// Understands and speaks every language that there is a wording for: lines to commands, what the machine says to lines.
public struct Interpreter: Sendable {
    public let botName: String
    public let timeZone: TimeZone
    private let reader: LineReader
    private let renderers: [Language: Renderer]
    private let fallback: Renderer

    /// Nil without any phrasebook.
    ///
    /// - Parameters:
    ///   - phrasebooks: one for each language; the first speaks where a language has none.
    ///   - botName: the name that a line may begin with instead of `!`.
    ///   - timeZone: the one in which dates are understood and written.
    ///   - operatorName: who runs Lotse, for people who need them; nil where the wording's own words do.
    public init?(phrasebooks: [Phrasebook], botName: String, timeZone: TimeZone, operatorName: String? = nil) {
        guard let first = phrasebooks.first else { return nil }
        self.botName = botName
        self.timeZone = timeZone
        reader = LineReader(phrasebooks: phrasebooks, botName: botName, timeZone: timeZone)
        fallback = Renderer(phrasebook: first, timeZone: timeZone, operatorName: operatorName)
        renderers = Dictionary(
            phrasebooks.map {
                ($0.language, Renderer(phrasebook: $0, timeZone: timeZone, operatorName: operatorName))
            }, uniquingKeysWith: { $1 })
    }

    /// The languages that there is a wording for.
    public var languages: [Language] { renderers.keys.sorted() }

    /// The command that `line` means, see ``LineReader``.
    public func read(_ line: String, at now: Date, in language: Language) -> Command {
        reader.read(line, at: now, in: language)
    }

    /// The command that `line` means to somebody who copies from paper.
    package func readCopied(_ line: String, at now: Date, in language: Language) -> Command {
        reader.copied(line, at: now, in: language)
    }

    /// The parts that `line` has as a row of columns, or as a correction, each with its date if it is one.
    public func dates(in line: String, at now: Date, in language: Language) -> [String: DueDate?] {
        renderer(language).dates(in: line, at: now)
    }

    /// The command that a facilitator means with what she typed for all groups.
    package func instruction(_ text: String, at now: Date, in language: Language) -> Command {
        reader.instruction(text, at: now, in: language)
    }

    /// One line of text without line ends, of any length.
    public func text(_ line: Line, in language: Language) -> String {
        renderer(language).text(line)
    }

    /// The lines of help on a verb, or on all of them.
    public func help(on topic: HelpTopic, in language: Language) -> [Line] {
        renderer(language).help(on: topic)
    }

    package func phrasebook(_ language: Language) -> Phrasebook {
        renderer(language).phrasebook
    }

    private func renderer(_ language: Language) -> Renderer {
        renderers[language] ?? fallback
    }
}
