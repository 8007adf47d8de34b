import DialogEngine

/// Finds verbs by what people type: a call in any language, or the beginning of one.
package struct VerbTable: Sendable {
    private var calls: [Language: [String: Verb]] = [:]
    private var everywhere: [String: Verb] = [:]
    /// The call that a language names, by verb.
    private var named: [Language: [Verb: String]] = [:]

    init(_ phrasebooks: some Sequence<Phrasebook>) {
        for phrasebook in phrasebooks {
            for (verb, wording) in phrasebook.verbs {
                for call in wording.calls {
                    let key = Self.key(call)
                    calls[phrasebook.language, default: [:]][key] = verb
                    everywhere[key] = verb
                }
                named[phrasebook.language, default: [:]][verb] = wording.calls.first
            }
        }
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
        if let verb = everywhere[Self.key(letters + sign)] {
            return (verb, (typed.dropFirst(letters.count + 1) + " " + rest).trimmed)
        }
        guard let verb = lookUp(String(letters), in: language) else { return nil }
        let behind = typed.dropFirst(letters.count)
        return (verb, (behind.allSatisfy(\.isPunctuation) ? rest : behind + " " + rest).trimmed)
    }

    /// The verb that `word` is the whole call of, in any language.
    func named(_ word: some StringProtocol) -> Verb? {
        everywhere[Self.key(word)]
    }

    private func lookUp(_ typed: String, in language: Language) -> Verb? {
        let key = Self.key(typed)
        guard !key.isEmpty else { return nil }
        if let exact = calls[language]?[key] ?? everywhere[key] { return exact }
        let verb = only(calls[language] ?? [:], beginningWith: key) ?? only(everywhere, beginningWith: key)
        // What cannot be taken back is not done for the beginning of a word.
        return verb.flatMap { $0.isFinal ? nil : $0 }
    }

    private func only(_ calls: [String: Verb], beginningWith key: String) -> Verb? {
        let matches = calls.filter { $0.key.hasPrefix(key) }
        if Set(matches.values).count == 1 { return matches.first?.value }
        // `weit` is `weiter`, although there is `weitermachen` too.
        guard let shortest = matches.keys.min(by: { $0.count < $1.count }) else { return nil }
        return matches.keys.allSatisfy { $0.hasPrefix(shortest) } ? matches[shortest] : nil
    }

    /// The call that is most like `typed`, as the reader's language names it; nil if none is like it.
    func nearest(to typed: String, in language: Language) -> String? {
        let key = Self.key(typed)
        let close = everywhere.filter { !$0.key.folded.isEmpty }
            .map { (distance: distance(key, $0.key), call: $0.key, verb: $0.value) }
            .filter { $0.distance <= max(1, max(key.count, $0.call.count) / 3) }
            .min { rank($0.distance, $0.call, key) < rank($1.distance, $1.call, key) }
        if let close { return named[language]?[close.verb] ?? close.call }
        let beginning = everywhere.filter { $0.key.hasPrefix(key) }.keys.min()
        return beginning.flatMap { everywhere[$0] }.flatMap { named[language]?[$0] }
    }

    /// `okay` is `ok` with an end, although `away` has as many letters like it.
    private func distance(_ typed: String, _ call: String) -> Int {
        let distance = typed.editDistance(to: call)
        return typed.hasPrefix(call) && typed.count <= 2 * call.count ? min(distance, 1) : distance
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
