import DialogEngine

/// Finds verbs by what people type: a call in any language, or the beginning of one.
package struct VerbTable: Sendable {
    /// Calls as they are compared, with their verbs.
    private struct Calls {
        private(set) var verbs: [String: Verb] = [:]
        /// In their alphabet's sequence, so that those with one beginning stand together.
        private var sorted: [String] = []

        init(_ verbs: [String: Verb] = [:]) {
            self.verbs = verbs
            sorted = verbs.keys.sorted()
        }

        func beginning(with key: String) -> ArraySlice<String> {
            var (low, high) = (0, sorted.count)
            while low < high {
                let middle = (low + high) / 2
                if sorted[middle] < key { low = middle + 1 } else { high = middle }
            }
            return sorted[low...].prefix { $0.hasPrefix(key) }
        }
    }

    private var calls: [Language: Calls] = [:]
    private var everywhere = Calls()
    /// The calls of all languages that have a letter, folded once.
    private var words: [(call: FoldedWord, verb: Verb)] = []
    /// The call that a language names, by verb.
    private var named: [Language: [Verb: String]] = [:]

    init(_ phrasebooks: some Sequence<Phrasebook>) {
        var all: [String: Verb] = [:]
        for phrasebook in phrasebooks {
            var own: [String: Verb] = [:]
            for (verb, wording) in phrasebook.verbs {
                for call in wording.calls {
                    let key = Self.key(call)
                    own[key] = verb
                    all[key] = verb
                }
                named[phrasebook.language, default: [:]][verb] = wording.calls.first
            }
            calls[phrasebook.language] = Calls(own)
        }
        everywhere = Calls(all)
        words = all.filter { !$0.key.folded.isEmpty }.map { (FoldedWord($0.key), $0.value) }
    }

    /// The verb at the beginning of `text`, and the words behind it.
    ///
    /// What stands directly behind the letters (`zeit+5`, `ok.`) is a word too, unless it belongs to the call (`mod+`).
    func find(_ text: String, in language: Language) -> (verb: Verb, words: String)? {
        let typed = text.prefix { !$0.isWhitespace && $0 != ":" }
        let rest = text.dropFirst(typed.count).drop { $0 == ":" }.trimmed
        if let verb = lookUp(String(typed), in: language) { return (verb, rest) }
        let letters = typed.prefix { $0.isLetter || $0 == "-" }
        guard !letters.isEmpty, letters.count < typed.count else { return nil }
        let sign = typed.dropFirst(letters.count).first.map(String.init) ?? ""
        if let verb = everywhere.verbs[Self.key(letters + sign)] {
            return (verb, (typed.dropFirst(letters.count + 1) + " " + rest).trimmed)
        }
        guard let verb = lookUp(String(letters), in: language) else { return nil }
        let behind = typed.dropFirst(letters.count)
        return (verb, (behind.allSatisfy(\.isPunctuation) ? rest : behind + " " + rest).trimmed)
    }

    /// The verb that `word` is the whole call of, in any language.
    func named(_ word: some StringProtocol) -> Verb? {
        everywhere.verbs[Self.key(word)]
    }

    private func lookUp(_ typed: String, in language: Language) -> Verb? {
        let key = Self.key(typed)
        guard !key.isEmpty else { return nil }
        if let exact = calls[language]?.verbs[key] ?? everywhere.verbs[key] { return exact }
        let verb = calls[language].flatMap { only($0, beginningWith: key) } ?? only(everywhere, beginningWith: key)
        // What cannot be taken back is not done for the beginning of a word.
        return verb.flatMap { $0.isFinal ? nil : $0 }
    }

    private func only(_ calls: Calls, beginningWith key: String) -> Verb? {
        let matches = calls.beginning(with: key)
        guard let first = matches.first else { return nil }
        if matches.allSatisfy({ calls.verbs[$0] == calls.verbs[first] }) { return calls.verbs[first] }
        // `weit` is `weiter`, although there is `weitermachen` too.
        guard let shortest = matches.min(by: { $0.count < $1.count }) else { return nil }
        return matches.allSatisfy { $0.hasPrefix(shortest) } ? calls.verbs[shortest] : nil
    }

    /// The call that is most like `typed`, as the reader's language names it; nil if none is like it.
    func nearest(to typed: String, in language: Language) -> String? {
        let word = FoldedWord(Self.key(typed))
        let close = words.compactMap { call, verb in
            distance(word, call).map { (distance: $0, call: call.text, verb: verb) }
        }
        .min { rank($0.distance, $0.call, word.text) < rank($1.distance, $1.call, word.text) }
        if let close { return named[language]?[close.verb] ?? close.call }
        return everywhere.beginning(with: word.text).first.flatMap { everywhere.verbs[$0] }
            .flatMap { named[language]?[$0] }
    }

    /// How unlike they are; nil where more than a third of the letters differs. `okay` is `ok` with an end, although `away`
    /// has as many letters like it.
    private func distance(_ typed: FoldedWord, _ call: FoldedWord) -> Int? {
        if typed.text.hasPrefix(call.text), typed.count <= 2 * call.count { return typed.count == call.count ? 0 : 1 }
        let limit = max(1, max(typed.count, call.count) / 3)
        return typed.differs(from: call, byMoreThan: limit) ? nil : typed.text.editDistance(to: call.text, upTo: limit)
    }

    /// Of two calls that are equally like what was typed, the one that begins alike is meant.
    private func rank(_ distance: Int, _ call: String, _ typed: String) -> (Int, Int, String) {
        (distance, call.first == typed.first ? 0 : 1, call)
    }

    /// Letters and digits compared without case and umlauts; a sign at the end belongs to the word.
    package static func key(_ call: some StringProtocol) -> String {
        let sign = call.last.flatMap { "+-?".contains($0) ? String($0) : nil } ?? ""
        let letters = call.folded
        return letters.isEmpty ? "" : letters + sign
    }
}
