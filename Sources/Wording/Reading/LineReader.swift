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
/// | `// Text`, `+1`, `:-)`, `??`             | talk, in every mode                      |
/// | `!`, `help`, `exit`, `weiter` alone     | bare: no contribution                    |
/// | `mod K7MP-3XQD`                        | a one-time code, also without its mark   |
/// | anything else                          | a plain line                             |
///
/// The blank behind a mark may be missing before a text of several words. A mark before a single word is what people
/// write in a chat (`+genau`, `=D`, `?!`) and stays a plain line; a mark alone asks for the form.
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
        if let bare = bare(text) { return bare }
        if let words = addressed(text) {
            return words.isEmpty ? .help(.moment) : verb(words, at: now, in: language)
        }
        switch text.first {
        case "!":
            let words = text.dropFirst()
            if words.first?.isLetter == true { return verb(words.trimmed, at: now, in: language) }
            // `!!!` and `! …` are exclamations; `! stand` is a verb with a blank too much.
            guard words.first?.isWhitespace == true, let verb = verbs.named(words.trimmed) else { return talk(text) }
            return command(verb, "", at: now, in: language)
        case "+": return contribution(text, in: language)
        case "=": return marked(text, .propose) { .propose($0, from: []) } ?? talk(text)
        case "?": return marked(text, .raise, Command.raise) ?? talk(text)
        case "s": return substitution(text) ?? call(text, at: now, in: language) ?? .plain(text)
        default: return call(text, at: now, in: language) ?? talk(text)
        }
    }

    /// What stands behind `!alle`: a command with its mark, or a text that every group is to hear.
    func instruction(_ text: String, at now: Date, in language: Language) -> Command {
        text.hasPrefix("!") ? read(text, at: now, in: language) : .announce(text)
    }

    /// A line without a word in it, such as `:-)`, `+1` or `…`, is talk in every mode; a number may be an answer.
    private func talk(_ text: String) -> Command {
        if text.contains(where: \.isLetter) { return .plain(text) }
        return text.first?.isNumber == true ? .plain(text) : .aside
    }

    /// `wort+`, `q-` and `q?` alone on a line are calls without a mark; `warum?` is none.
    private func call(_ text: String, at now: Date, in language: Language) -> Command? {
        if let code = spokenCode(text) { return .redeem(code) }
        guard let sign = text.last, "+-?".contains(sign), text.count > 1, text.dropLast().allSatisfy(\.isLetter)
        else { return nil }
        if let verb = verbs.named(text), verb.needsNoMark { return command(verb, "", at: now, in: language) }
        return sign == "?" ? nil : unknown(text, in: language)
    }

    /// `mod K7MP-3XQD` without its mark: nobody says that to anybody else, and it must not stay without an answer.
    ///
    /// A one-time code is eight letters and digits, one digit at least, mostly with a dash in the middle.
    private func spokenCode(_ text: String) -> String? {
        guard text.utf8.count <= 40, let blank = text.firstIndex(where: \.isWhitespace),
            verbs.named(text[..<blank]) == .listFacilitators
        else { return nil }
        let code = text[blank...].trimmed
        let digits = code.filter { $0 != "-" && !$0.isWhitespace }
        let isCode =
            digits.count == 8 && digits.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            && digits.contains(where: \.isNumber)
        return isCode ? code : nil
    }

    /// What stands behind the bot's name at the beginning of a line.
    func addressed(_ text: String) -> String? {
        let rest = text.drop { $0 == "@" }
        let words = rest.dropFirst(botName.count)
        // The mark first: few lines have one at this place, and folding is dear.
        guard let mark = words.first, mark.isWhitespace || mark == ":" || mark == ",",
            rest.prefix(botName.count).folded == botName.folded
        else { return nil }
        let trimmed = words.dropFirst().trimmed
        return String(trimmed.drop { $0 == "!" })
    }

    /// A lone `!`, one of the words that people try when they do not know how to go on (`exit`, `/quit`), or a verb without
    /// its mark (`weiter`).
    func bare(_ text: String) -> Command? {
        if text == "!" { return .bare(.mark) }
        guard text.utf8.count <= 16, text.first?.isLetter == true || text.first == "/",
            !text.contains(where: \.isWhitespace)
        else { return nil }
        switch verbs.named(text.drop { $0 == "/" }) {
        case .help: return .bare(.help)
        case .leave: return .bare(.leave)
        case let verb? where verb.isTypedBare: return .bareVerb(text.drop { $0 == "/" }.trimmed)
        default: return nil
        }
    }

    /// The text behind a mark as a command, a mark alone as one that lacks its text; nil for talk.
    private func marked(_ text: String, _ verb: Verb, _ command: (String) -> Command) -> Command? {
        let rest = text.dropFirst()
        if rest.isEmpty { return .incomplete(verb.rawValue, .missing) }
        return rest.first?.isWhitespace == true || isSentence(rest) ? command(rest.trimmed) : nil
    }

    /// Whether several words begin here, the first of two letters or more: `=D sehr gut` begins with a face.
    private func isSentence(_ text: Substring) -> Bool {
        text.prefix(while: \.isLetter).count > 1 && text.contains(where: \.isWhitespace)
    }

    /// `+ Text` or `+recht Text`; whether the word behind the mark is a question's key, the machine finds out.
    private func contribution(_ text: String, in language: Language) -> Command {
        let rest = text.dropFirst()
        guard isSentence(rest), let blank = rest.firstIndex(where: \.isWhitespace) else {
            return marked(text, .contribute) { .contribute($0, question: nil) } ?? talk(text)
        }
        let word = String(rest[..<blank])
        // `+ok für mich` nods.
        if verbName(word, in: language) == Verb.consent.rawValue { return .plain(text) }
        return .contribute(rest[blank...].trimmed, question: word)
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
            return unknown(String(text.prefix { !$0.isWhitespace }), in: language)
        }
        return command(verb, words, at: now, in: language)
    }

    private func unknown(_ typed: String, in language: Language) -> Command {
        .unknown(typed, nearest: verbs.nearest(to: typed, in: language))
    }

    /// The verb that `typed` means, by its language-free name.
    func verbName(_ typed: String, in language: Language) -> String? {
        verbs.find(typed.drop { $0 == "!" }.trimmed, in: language)?.verb.rawValue
    }
}
