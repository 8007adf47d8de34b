import DialogEngine
import Wording

/// Reads a wording file, and keeps the places of what must not clash with another language.
struct WordingReader {
    var file: Reading
    private(set) var language: (tag: Language, field: Field)?
    /// What chooses the language, folded.
    private(set) var names: [(name: String, field: Field)] = []
    var calls: [Call] = []
    /// Where each phrase and each verb's usage stands, for what is said of the commands in them.
    private(set) var places: [WordingCommands.Place: Field] = [:]

    /// A word that calls a verb.
    struct Call {
        let verb: Verb
        let word: String
        let field: Field
        /// The word as lines are compared with it (`mod+`, `mod-` and `mod?` keep their sign); a bare sign is itself.
        let key: String
        let isWord: Bool

        init(verb: Verb, word: String, field: Field) {
            self.verb = verb
            self.word = word
            self.field = field
            let key = VerbTable.key(word)
            isWord = !key.isEmpty
            self.key = isWord ? key : word
        }
    }

    init(_ source: SourceText) {
        file = Reading(source)
    }

    /// The wording, or nil where something is missing; whether it is good the problems say.
    mutating func phrasebook() -> Phrasebook? {
        let fields = file.fields(
            of: file.root, ["language", "name", "called", "formats", "words", "verbs", "phrases", "terms"])
        let language = language(fields["language"])
        let name = file.line(fields["name"])
        let called = called(fields["called"])
        let formats = formats(fields["formats"])
        let words = words(fields["words"])
        let verbs = verbs(fields["verbs"])
        let phrases = phrases(fields["phrases"])
        let terms = terms(fields["terms"])
        guard let language, let name, let formats else { return nil }
        return Phrasebook(
            language: language, name: name, called: called, formats: formats, words: words, verbs: verbs,
            phrases: phrases, terms: terms)
    }

    /// The tag is the file's name, so that a language is found by it.
    private mutating func language(_ field: Field) -> Language? {
        guard let language = file.language(field) else { return nil }
        self.language = (language, field)
        let name = file.source.name
        if language.rawValue != name {
            let what = "is \"\(language.rawValue)\", but the file is called \"\(name)\"; both have to be the same"
            file.error(what, at: field)
        }
        return language
    }

    private mutating func called(_ field: Field) -> [String] {
        let items = file.items(of: field)
        return items.compactMap { item in
            guard let name = file.text(item) else { return nil }
            if let other = names.first(where: { $0.name == name.folded }) {
                file.error("\"\(name)\" is listed already in line \(other.field.position.line)", at: item)
            }
            names.append((name.folded, item))
            return name
        }
    }

    mutating func note(_ field: Field, as place: WordingCommands.Place) {
        places[place] = field
    }

    // MARK: Words

    private mutating func words(_ field: Field) -> [Word: [String]] {
        var words: [Word: [String]] = [:]
        for (word, field) in file.complete(field, Word.self) {
            let texts = file.texts(field)
            words[word] = texts
            let count: Int? =
                switch word {
                case .weekdays: 7
                case .monthNames: 12
                default: nil
                }
            if let count, !texts.isEmpty, texts.count != count {
                file.error("has \(texts.count) words; it needs \(count), in their order", at: field)
            }
        }
        return words
    }

    private mutating func terms(_ field: Field) -> [Term: String] {
        var terms: [Term: String] = [:]
        for (term, field) in file.complete(field, Term.self) { terms[term] = file.line(field) }
        return terms
    }

    // MARK: Phrases

    private mutating func phrases(_ field: Field) -> [Phrase: Phrasebook.Wordings] {
        var phrases: [Phrase: Phrasebook.Wordings] = [:]
        for (phrase, field) in file.complete(field, Phrase.self) {
            places[.phrase(phrase)] = field
            phrases[phrase] = field.isMapping ? forms(field, of: phrase) : form(field, of: phrase)
        }
        return phrases
    }

    private mutating func form(_ field: Field, of phrase: Phrase) -> Phrasebook.Wordings? {
        file.template(field, slots: phrase.slots, everywhere: [.operator]).map { Phrasebook.Wordings(other: $0) }
    }

    private mutating func forms(_ field: Field, of phrase: Phrase) -> Phrasebook.Wordings? {
        let fields = file.fields(of: field, ["one", "other"])
        if phrase.slots.isEmpty { file.error("counts nothing, so it has one form only", at: field) }
        let one = file.template(fields["one"], slots: phrase.slots, everywhere: [.operator])
        let other = file.template(fields["other"], slots: phrase.slots, everywhere: [.operator])
        guard let one, let other else { return nil }
        return Phrasebook.Wordings(one: one, other: other)
    }
}
