package import DialogEngine

extension Dialog {
    /// A guide of three questions in one language.
    package static let sample = sample(hash: "5a")

    /// The sample with another content hash, as after its file was edited.
    package static func sample(hash: String) -> Dialog {
        let questions = ["problem", "idea", "next"].map { key in
            Question(
                id: "step.\(key)", step: "step", key: text(key), prompt: text("What is the \(key)?"),
                help: text("Say it briefly."), example: text("More trees."), answer: AnswerShape(form: .text),
                isInternal: false)
        }
        return Dialog(
            id: "sample", version: "1", contentHash: hash, languages: [english], title: text("Sample"),
            introduction: text("Three questions."), about: text("A sample."), closing: text("Goodbye."),
            attribution: "Tests",
            steps: [Step(id: "step", title: text("Step"), sheetTitle: nil, purpose: text("To try."))],
            questions: questions, orders: [Order(id: "given", title: text("As given"), questions: questions.map(\.id))])
    }

    private static let english = Language(rawValue: "en")

    private static func text(_ wording: String) -> LocalizedText {
        LocalizedText([english: wording])
    }
}
