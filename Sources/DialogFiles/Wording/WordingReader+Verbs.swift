import DialogEngine
import Wording

extension WordingReader {
    mutating func verbs(_ field: Field) -> [Verb: Phrasebook.VerbWording] {
        var verbs: [Verb: Phrasebook.VerbWording] = [:]
        for (verb, field) in file.complete(field, Verb.self) {
            let fields = file.fields(of: field, ["call", "usage", "help"])
            let words = words(fields["call"], for: verb)
            let usage = file.line(fields["usage"])
            note(fields["usage"], as: .usage(verb))
            let help = file.line(fields["help"])
            guard let usage, let help, !words.isEmpty else { continue }
            verbs[verb] = Phrasebook.VerbWording(calls: words, usage: usage, help: help)
        }
        return verbs
    }

    /// What calls a verb; one word calls one verb only.
    private mutating func words(_ field: Field, for verb: Verb) -> [String] {
        let items = file.items(of: field)
        return items.compactMap { item in
            guard let word = file.text(item) else { return nil }
            let call = Call(verb: verb, word: word, field: item)
            if let problem = flaw(of: call) { file.error(problem, at: item) }
            calls.append(call)
            return word
        }
    }

    private func flaw(of call: Call) -> String? {
        if call.word.contains(where: \.isWhitespace) { return "\"\(call.word)\" is not one word" }
        if call.word.hasPrefix("!") { return "write the word without the !" }
        if !call.isWord, call.mark == nil { return "\"\(call.word)\" is no word" }
        guard let other = calls.first(where: { $0.key == call.key }) else { return nil }
        return "\"\(call.word)\" means \(other.verb.rawValue) already (line \(other.field.position.line))"
    }
}

extension WordingReader.Call {
    /// The sign that stands before a line in place of `!` and a word; only the help names it as a call.
    fileprivate var mark: String? {
        switch (verb, word) {
        case (.contribute, "+"), (.propose, "="), (.raise, "?"): word
        default: nil
        }
    }
}
