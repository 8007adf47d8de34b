import DialogEngine

// What stands behind the verbs of the gallery walk.

extension LineReader {
    /// `recht`, `ende`, or nothing for every question.
    func gallery(_ words: String) -> Command {
        if vocabulary.means(words, .finish) { return .closeGalleries }
        return .openGallery(question: words.isEmpty ? nil : words.unquoted)
    }

    /// `B7`; a remark that was left elsewhere also with that group's name: `M3 Gruppe Süd`.
    func withdrawal(_ id: RecordID, _ words: String) -> Command {
        id.kind == .remark && !words.isEmpty ? .withdrawRemark(id, of: words.unquoted) : .withdraw(id)
    }
}
