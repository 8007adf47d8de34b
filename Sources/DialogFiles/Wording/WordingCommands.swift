import DialogEngine
import FoundationEssentials
import Wording

/// The commands that a wording tells people to type, such as `!kontakt O3 erledigt` in a reminder.
///
/// Each has to be one in its own language, and to mean the same as in the others: what a reminder says in English must not
/// hand a contact to a person called »made«.
struct WordingCommands {
    /// Where a wording names commands.
    enum Place: Hashable {
        case phrase(Phrase)
        case usage(Verb)

        /// Whether every language has to name the same; the usage shows as much as fits.
        var isCompared: Bool {
            switch self {
            case .phrase: true
            case .usage: false
            }
        }
    }

    /// A command as it stands in a text, and what it is read as.
    struct Found {
        /// As people read it: `!kontakt O3 erledigt`.
        let typed: String
        let command: Command
        /// The command without its words, names and numbers: what it means in any language.
        let meaning: String
    }

    /// Ids as they may stand in a phrase; which kind it is, the phrase alone knows.
    private static let ids = ["O3", "B7", "K1", "A2", "R2", "H1", "N2", "P1", "G2", "M3"]
    private static let moment = Date(timeIntervalSince1970: 1_790_000_000)

    private let phrasebook: Phrasebook
    private let reader: LineReader
    private let renderer: Renderer

    init(_ phrasebook: Phrasebook, among phrasebooks: [Phrasebook]) {
        self.phrasebook = phrasebook
        reader = LineReader(phrasebooks: phrasebooks, botName: "lotse", timeZone: .gmt)
        renderer = Renderer(phrasebook: phrasebook, timeZone: .gmt)
    }

    /// The commands in a text, in sequence.
    func commands(at place: Place) -> [Found] {
        switch place {
        case .usage: texts(at: place).flatMap(Self.usages).map(found)
        case .phrase: texts(at: place).flatMap(Self.pieces).map(found)
        }
    }

    /// What is wrong with a command by itself; nil where it is one.
    func flaw(of found: Found) -> String? {
        switch found.command {
        case .unknown: "tells people to type \"\(found.typed)\", which is no command in \(phrasebook.language.rawValue)"
        // A verb alone is named, not shown as it is typed.
        case .incomplete where found.typed.contains(" "):
            "tells people to type \"\(found.typed)\", which lacks something or has it in another form"
        default: nil
        }
    }

    private func found(_ typed: String) -> Found {
        let command = reader.read(filled(typed), at: Self.moment, in: phrasebook.language)
        return Found(typed: typed, command: command, meaning: Self.meaning(of: command))
    }

    /// Something in the place of what a text leaves to the reader: `…`, and the word for a date.
    private func filled(_ typed: String) -> String {
        let day = renderer.text(Line(.prompt, [.text: .typedDay(Self.moment)]))
        let word = phrasebook.terms[.worksheetDate]?.folded
        let words = typed.split(separator: " ").map { $0.folded == word ? day : String($0) }
        return words.joined(separator: " ").replacing("…", with: "x")
    }

    // MARK: Texts

    /// The texts that stand at a place, filled in as they may be said.
    private func texts(at place: Place) -> [String] {
        switch place {
        case .usage(let verb): return phrasebook.verbs[verb].map { [$0.usage] } ?? []
        case .phrase(let phrase):
            let first = text(of: phrase, id: Self.ids[0])
            guard first.contains("!") else { return [] }
            // The kind of id with which every command is whole.
            let whole = Self.ids.lazy.map { text(of: phrase, id: $0) }.first { text in
                Self.pieces(of: text).allSatisfy { flaw(of: found($0)) == nil }
            }
            return [whole ?? first]
        }
    }

    private func text(of phrase: Phrase, id: String) -> String {
        var values: [Phrase.Slot: Value] = [:]
        for slot in Phrase.Slot.allCases where slot != .operator {
            values[slot] =
                switch slot {
                case .date: .typedDay(Self.moment)
                case .due: .due(DueDate(moment: Self.moment, isWholeDay: true, reminder: Self.moment))
                case .count, .total, .number: .count(3)
                case .id, .ids, .record: .text(id)
                case .verb: .text(phrasebook.verbs[.next]?.calls.first ?? "")
                default: .text("anna")
                }
        }
        return renderer.text(Line(phrase, values))
    }

    /// The ways to type a verb that its usage shows, those that begin with a mark of their own left out.
    private static func usages(in text: String) -> [String] {
        text.split(separator: " · ").map { String($0.drop { $0 != "!" }) }.filter { !$0.isEmpty }
    }

    /// What begins with a `!` and a letter, up to what ends it in a sentence or to the next one.
    static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var rest = text[...]
        while let mark = rest.firstIndex(of: "!") {
            let isFirst = mark == rest.startIndex || !rest[rest.index(before: mark)].isLetter
            rest = rest[rest.index(after: mark)...]
            guard isFirst, rest.first?.isLetter == true else { continue }
            let end = end(of: rest)
            var words = rest[..<end].split(separator: " ")
            // The »or« between two commands belongs to neither.
            if end < rest.endIndex, rest[end] == "!", words.count > 1 { words.removeLast() }
            pieces.append("!" + words.joined(separator: " "))
        }
        return pieces
    }

    /// A dot ends a command unless it stands in a date.
    private static func end(of text: Substring) -> Substring.Index {
        for index in text.indices {
            let next = text.index(after: index)
            let isLast = next == text.endIndex || text[next].isWhitespace
            switch text[index] {
            case "!", "·", ")", "(", ";", "«", "»", "“", "”": return index
            case "," where isLast: return index
            case "." where isLast && !isDate(text[..<index]): return index
            default: continue
            }
        }
        return text.endIndex
    }

    /// Whether the last word is a number, or several with dots between.
    private static func isDate(_ text: Substring) -> Bool {
        let word = text.split(separator: " ").last ?? ""
        return word.allSatisfy { $0.isNumber || $0 == "." }
    }

    // MARK: Meaning

    /// The names of the cases in a command; what people fill in is left out, but for whether it is there.
    private static func meaning(of value: Any) -> String {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            return mirror.children.first.map { "some " + meaning(of: $0.value) } ?? "none"
        case .enum:
            guard let child = mirror.children.first else { return "\(value)" }
            return "\(child.label ?? "")(\(meaning(of: child.value)))"
        case .tuple,
            .struct where !(value is String) && !(value is Date):
            let parts = mirror.children.map { meaning(of: $0.value) }
            return "[" + parts.joined(separator: ", ") + "]"
        case .collection:
            return mirror.children.first.map { "list of " + meaning(of: $0.value) } ?? "empty list"
        default:
            return "…"
        }
    }
}

extension WordingFiles {
    /// Reports what people are told to type and cannot, or what means something else in another language.
    ///
    /// What is no command is reported in its own language alone: the others are compared with the first one whose text is
    /// good.
    ///
    /// - Parameter neighbours: languages that work beside those of the files, and are not looked at themselves.
    static func checkCommands(
        _ files: inout [(reader: WordingReader, phrasebook: Phrasebook)], beside neighbours: [Phrasebook]
    ) {
        let phrasebooks = files.map(\.phrasebook)
        let places = Phrase.allCases.map(WordingCommands.Place.phrase) + Verb.allCases.map(WordingCommands.Place.usage)
        let commands = phrasebooks.map { WordingCommands($0, among: phrasebooks + neighbours) }
        for place in places {
            let found = commands.map { $0.commands(at: place) }
            let flaws = zip(commands, found).map { language, found in found.compactMap { language.flaw(of: $0) } }
            let first = flaws.firstIndex(where: \.isEmpty)
            for index in files.indices {
                for what in flaws[index] { files[index].reader.report(what, at: place) }
                guard place.isCompared, flaws[index].isEmpty, let first, index > first,
                    let clash = clash(of: found[index], with: found[first])
                else { continue }
                files[index].reader.report("\(clash) in \(phrasebooks[first].language.rawValue)", at: place)
            }
        }
    }

    /// The first command that means something else than the one in its place; nil where the two texts name different numbers
    /// of commands, as a language may.
    private static func clash(of commands: [WordingCommands.Found], with others: [WordingCommands.Found]) -> String? {
        guard commands.count == others.count else { return nil }
        let pair = zip(commands, others).first { $0.meaning != $1.meaning }
        return pair.map { "\"\($0.typed)\" means something else than \"\($1.typed)\"" }
    }
}

extension WordingReader {
    fileprivate mutating func report(_ what: String, at place: WordingCommands.Place) {
        guard let field = places[place] else { return }
        file.error(what, at: field)
    }
}
