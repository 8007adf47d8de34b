import DialogEngine

extension DialogReader {
    /// One question; `id` is nil where it has no usable one, and then the rest is still checked.
    mutating func question(_ fields: Fields, id: Question.ID?, step: Dialog.Step.ID?) -> Question? {
        let key = key(fields["key"], of: id)
        let prompt = file.localizedText(fields["prompt"], in: languages)
        let help = file.localizedText(fields["help"], in: languages)
        let example = file.localizedText(fields["example"], in: languages)
        let flag = fields["internal"]
        let isInternal = flag.isMissing ? false : file.flag(flag)
        let answer = answer(fields["answer"], of: id)
        if let answer { checkExamples(fields["example"], answer: answer) }
        guard let id, let step, let key, let prompt, let help, let example, let answer, let isInternal else {
            return nil
        }
        return Question(
            id: id, step: step, key: key, prompt: prompt, help: help, example: example, answer: answer,
            isInternal: isInternal)
    }

    private mutating func key(_ field: Field, of question: Question.ID?) -> LocalizedText? {
        guard let wordings = file.localizedFields(field, in: languages) else { return nil }
        var texts: [Language: String] = [:]
        for (language, wording) in wordings {
            guard let key = file.text(wording) else { continue }
            if let problem = keys.take(key, for: question ?? field.path, at: wording) {
                file.error(problem, at: wording)
            }
            texts[language] = key
        }
        return texts.count == languages.count ? LocalizedText(texts) : nil
    }

    // MARK: Examples

    /// An example shows how to type an answer, so Lotse has to understand it.
    private mutating func checkExamples(_ field: Field, answer: AnswerShape) {
        guard case .mapping(let pairs) = field.value?.content else { return }
        for pair in pairs {
            guard case .scalar(let text, _) = pair.value.content, text.contains(where: { !$0.isWhitespace }) else {
                continue
            }
            let example = Field(value: pair.value, path: "\(field.path).\(pair.key)", position: pair.value.position)
            check(answer.entries(in: text), of: answer, at: example)
        }
    }

    private mutating func check(_ entries: [Entry], of answer: AnswerShape, at example: Field) {
        if entries.isEmpty {
            return file.error("contains no answer of the form \(answer.form.rawValue)", at: example)
        }
        let isPlain = entries.allSatisfy { $0.section == nil }
        if answer.form == .rows, entries.contains(where: { $0.cells.contains("") }) {
            file.warn("shows fewer than \(answer.columns.count) columns; they are separated by ;", at: example)
        }
        if !answer.kinds.isEmpty, isPlain, entries.allSatisfy({ $0.kind == nil }) {
            file.warn("shows no kind; it stands before a colon and a space", at: example)
        }
        if answer.detail != nil, isPlain, entries.allSatisfy({ $0.detail == nil }) {
            file.warn("shows no detail; it stands behind a colon and a space", at: example)
        }
        if answer.about != nil, isPlain, entries.allSatisfy({ $0.subject == nil }) {
            file.warn("does not show what it is about; that stands before a colon and a space", at: example)
        }
    }
}
