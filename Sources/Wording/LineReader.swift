public import DialogEngine
public import FoundationEssentials

/// Reads a chat line as a command; the verbs and words of every language work all the time.
///
/// | line                                   | read as                                  |
/// |----------------------------------------|------------------------------------------|
/// | `+ Text`, `+recht Text`                | a contribution                           |
/// | `= Text`                               | a proposal                               |
/// | `? Text`                               | an open point                            |
/// | `!verb …`, `lotse verb`, `@lotse: verb`  | the verb, or a unique beginning of one   |
/// | `s/alt/neu/`                           | a correction                             |
/// | `// Text`                              | talk, in every mode                      |
/// | `!`, `+`, `help`, `exit` alone            | bare: no contribution                    |
/// | anything else                          | a plain line                             |
public struct LineReader: Sendable {
    let phrasebooks: [Language: Phrasebook]
    let vocabulary: Vocabulary
    let dates: DateReader
    private let botName: String
    private let verbs: VerbTable

    /// - Parameters:
    ///   - phrasebooks: one for each language.
    ///   - botName: the name that a line may begin with instead of `!`.
    ///   - timeZone: the one in which dates are understood.
    public init(phrasebooks: [Phrasebook], botName: String, timeZone: TimeZone) {
        self.phrasebooks = Dictionary(phrasebooks.map { ($0.language, $0) }, uniquingKeysWith: { $1 })
        vocabulary = Vocabulary(phrasebooks)
        dates = DateReader(phrasebooks: phrasebooks, timeZone: timeZone)
        verbs = VerbTable(phrasebooks)
        self.botName = botName
    }

    /// The command that `line` means; every line means one.
    ///
    /// - Parameters:
    ///   - line: as typed, without CR, LF and NUL.
    ///   - now: what dates are counted from.
    ///   - language: of the person or the session; decides between verbs that begin alike.
    public func read(_ line: String, at now: Date, in language: Language) -> Command {
        let text = line.trimmed
        if text.hasPrefix("//") { return .aside }
        if let bare = bare(text) { return .bare(bare) }
        if let words = addressed(text) {
            return words.isEmpty ? .help(.moment) : verb(words, at: now, in: language)
        }
        switch text.first {
        case "!":
            let words = text.dropFirst()
            // `!!!` and `! …` are exclamations.
            return words.first?.isLetter == true ? verb(words.trimmed, at: now, in: language) : .plain(text)
        case "+": return contribution(text)
        case "=": return marked(text) { .propose($0, from: []) } ?? .plain(text)
        case "?" where text == "?": return .incomplete(Verb.raise.rawValue, .missing)
        case "?": return marked(text, Command.raise) ?? .plain(text)
        case "s": return substitution(text) ?? .plain(text)
        default: return .plain(text)
        }
    }

    /// What stands behind the bot's name at the beginning of a line.
    private func addressed(_ text: String) -> String? {
        let rest = text.drop { $0 == "@" }
        let words = rest.dropFirst(botName.count)
        // The mark first: few lines have one at this place, and folding is dear.
        guard let mark = words.first, mark.isWhitespace || mark == ":" || mark == ",",
            rest.prefix(botName.count).folded == botName.folded
        else { return nil }
        let trimmed = words.dropFirst().trimmed
        return String(trimmed.drop { $0 == "!" })
    }

    /// A mark without a text, or one of the words that people try when they do not know how to go on: `exit`, `/quit`.
    private func bare(_ text: String) -> Bare? {
        if text.allSatisfy({ "!+=".contains($0) }) { return text.isEmpty ? nil : .mark }
        guard text.utf8.count <= 16, text.first?.isLetter == true || text.first == "/",
            !text.contains(where: \.isWhitespace)
        else { return nil }
        switch verbs.named(text.drop { $0 == "/" }) {
        case .help: return .help
        case .leave: return .leave
        default: return nil
        }
    }

    private func marked(_ text: String, _ command: (String) -> Command) -> Command? {
        let rest = text.dropFirst()
        guard rest.first?.isWhitespace == true, !rest.trimmed.isEmpty else { return nil }
        return command(rest.trimmed)
    }

    /// `+ Text` or `+recht Text`; `+1` and `+` alone are talk.
    private func contribution(_ text: String) -> Command {
        if let command = marked(text, { .contribute($0, question: nil) }) { return command }
        let rest = text.dropFirst()
        guard rest.first?.isLetter == true, let space = rest.firstIndex(where: \.isWhitespace) else {
            return .plain(text)
        }
        return .contribute(rest[space...].trimmed, question: String(rest[..<space]))
    }

    /// `s/alt/neu/`, the last stroke may be missing.
    private func substitution(_ text: String) -> Command? {
        guard text.hasPrefix("s/") else { return nil }
        let parts = text.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 || parts.count == 3 && parts[2].isEmpty, !parts[0].isEmpty else { return nil }
        return .substitute(parts[0], by: parts[1])
    }

    private func verb(_ text: String, at now: Date, in language: Language) -> Command {
        guard let (verb, words) = verbs.find(text, in: language) else {
            let typed = String(text.prefix { !$0.isWhitespace })
            return .unknown(typed, nearest: verbs.nearest(to: typed, in: language))
        }
        return command(verb, words, at: now, in: language)
    }

    /// The verb that `typed` means, by its language-free name.
    func verbName(_ typed: String, in language: Language) -> String? {
        verbs.find(typed.drop { $0 == "!" }.trimmed, in: language)?.verb.rawValue
    }
}
