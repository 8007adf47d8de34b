import DialogEngine

/// The words by which people name questions: one per question and language, and never one for two questions.
///
/// A key is found in every language, so a word of one language may not mean another question in another one.
struct QuestionKeys {
    private var owners: [String: (question: Question.ID, line: Int)] = [:]
    private var steps: Set<String> = []

    /// Keeps a step's id from being a question's key: people name both behind the same verb. Says what is wrong if it is
    /// one already.
    mutating func reserve(_ step: Dialog.Step.ID) -> String? {
        steps.insert(step.folded)
        guard let owner = owners[step.folded] else { return nil }
        return "\"\(step)\" is the key of \(owner.question) already (line \(owner.line))"
    }

    /// Takes `key` for `question`; says what is wrong with it.
    mutating func take(_ key: String, for question: Question.ID, at field: Field) -> String? {
        if let flaw = Self.flaw(of: key) { return flaw }
        if steps.contains(key.folded) { return "\"\(key)\" is the id of a step; choose another word" }
        if let owner = owners[key.folded], owner.question != question {
            return "\"\(key)\" is the key of \(owner.question) already (line \(owner.line))"
        }
        owners[key.folded] = owners[key.folded] ?? (question, field.position.line)
        return nil
    }

    private static func flaw(of key: String) -> String? {
        if key.contains(where: \.isWhitespace) { return "\"\(key)\" is not one word" }
        if key != key.lowercased() { return "\"\(key)\" has upper-case letters" }
        let isWord = key.contains(where: \.isLetter) && key.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
        return isWord ? nil : "\"\(key)\" is no word; use letters, digits and -"
    }
}
