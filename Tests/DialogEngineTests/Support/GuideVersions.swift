import DialogEngine

/// Versions of the small guide, as its authors might go on with it.
enum GuideVersions {
    static let all = [Guide.dialog, later, bare]

    /// Has a question less and one more, and others with another key, wording, step, form and visibility; one order is gone.
    static let later = make("2", "2f", questions: laterQuestions, orders: ["sheet"], network: laterNetwork)

    /// Has lost most questions, the one about opponents among them.
    static let bare = make(
        "3", "3f", questions: Guide.questions.filter { $0.step == "describe" || $0.id == "alliances.tasks" },
        orders: ["other"], network: NetworkGuide(tasks: "alliances.tasks"))

    static let climate = changed(
        Guide.questions[0], id: "prepare.climate", step: "prepare", key: "klima", prompt: "Klima?")

    private static let laterQuestions: [Question] = Guide.questions.compactMap { question in
        switch question.id {
        case "prepare.everyday": climate
        case "prepare.legal": changed(question, key: "rechtslage", prompt: "Was sagt das Recht?")
        case "proceed.next_steps": changed(question, step: "prepare")
        // A list becomes the names of organisations.
        case "prepare.changes":
            changed(question, answer: AnswerShape(form: .organisations, detail: Guide.label("why", "Warum", "Why")))
        // What stayed in the group is to be shared.
        case "alliances.opponents": changed(question, isInternal: false)
        case "describe.innovation": changed(question, help: "Neue Hilfe")
        default: question
        }
    }

    private static let laterNetwork = NetworkGuide(
        mission: "describe.problem", resources: "prepare.resources", positions: [.holder: "alliances.holders"],
        tasks: "alliances.tasks")

    private static func make(
        _ version: String, _ hash: String, questions: [Question], orders: [String], network: NetworkGuide
    ) -> Dialog {
        let old = Guide.dialog
        return Dialog(
            id: old.id, version: version, contentHash: hash, languages: old.languages, title: old.title,
            introduction: old.introduction, about: old.about, closing: old.closing, attribution: old.attribution,
            steps: old.steps, questions: questions,
            orders: orders.map { Dialog.Order(id: $0, title: Guide.text($0, $0), questions: questions.map(\.id)) },
            network: network)
    }

    private static func changed(
        _ question: Question, id: String? = nil, step: String? = nil, key: String? = nil, prompt: String? = nil,
        help: String? = nil, answer: AnswerShape? = nil, isInternal: Bool? = nil
    ) -> Question {
        Question(
            id: id ?? question.id, step: step ?? question.step, key: key.map { Guide.text($0, $0) } ?? question.key,
            prompt: prompt.map { Guide.text($0, $0) } ?? question.prompt,
            help: help.map { Guide.text($0, $0) } ?? question.help, example: question.example,
            answer: answer ?? question.answer, isInternal: isInternal ?? question.isInternal)
    }
}
