import DialogEngine
import FoundationEssentials

/// A guide with every part of a network, and sessions in it that anna has begun.
enum NetworkSample {
    static let dialog = Dialog(
        id: "network", version: "1", contentHash: "0e", languages: [Guide.de, Guide.en],
        title: Guide.text("Netz", "Network"), introduction: Guide.text("Los.", "Go."),
        about: Guide.text("Über", "About"),
        closing: Guide.text("Ende.", "End."), attribution: "Test",
        steps: [
            Dialog.Step(id: "s", title: Guide.text("S", "S"), sheetTitle: nil, purpose: Guide.text("Z", "P"))
        ], questions: questions,
        orders: [Dialog.Order(id: "all", title: Guide.text("Alle", "All"), questions: questions.map(\.id))],
        network: network)

    private static let network = NetworkGuide(
        mission: "s.mission", resources: "s.resources", steps: "s.steps", hurdles: "s.hurdles",
        positions: [
            .partner: "s.partners", .supporter: "s.supporters", .opponent: "s.concerns", .holder: "s.holders",
            .missing: "s.missing",
        ],
        tasks: "s.tasks", benefits: "s.benefits",
        spheres: [Guide.label("science", "Wissenschaft", "Science"), Guide.label("economy", "Wirtschaft", "Economy")],
        formats: [Guide.label("coffee", "Kaffee", "Coffee")],
        factors: [
            SuccessFactor(id: "mission", title: Guide.text("Mission", "Mission"), questions: ["s.mission"]),
            SuccessFactor(
                id: "means", title: Guide.text("Mittel", "Means"), questions: ["s.resources", "s.holders"],
                sphere: "economy"),
        ], names: names)

    static let names = NameWords(
        articles: ["der", "die", "das", "the"], links: ["der", "des", "für", "of"],
        legalForms: ["gmbh", "co", "kg", "ltd", "e", "v"], describingEndings: ["e", "er", "es", "en"],
        addresses: ["herr", "frau", "hr", "mr", "dr"],
        lists: NameWords.Lists(
            conjunctions: ["und", "and"], topics: ["für"], offices: ["amt", "dezernat"],
            organisations: ["werke", "hof", "wehr", "kasse"]))

    private static let questions: [Question] = [
        question("mission", AnswerShape(form: .text)),
        question(
            "resources", AnswerShape(form: .list, kinds: [Guide.label("money", "Geld", "Money")])),
        question("steps", AnswerShape(form: .rows, isOrdered: true, columns: columns("what", "who"))),
        question("hurdles", AnswerShape(form: .rows, isOrdered: true, columns: columns("hurdle", "resolved_by"))),
        question("partners", AnswerShape(form: .organisations)),
        question("supporters", AnswerShape(form: .organisations)),
        question(
            "concerns", AnswerShape(form: .organisations, detail: Guide.label("concern", "Bedenken", "Concern")),
            isInternal: true),
        question("holders", AnswerShape(form: .organisations, about: "s.resources")),
        question("missing", AnswerShape(form: .organisations)),
        question(
            "tasks",
            AnswerShape(
                form: .organisations, kinds: kinds, detail: Guide.label("task", "Aufgabe", "Task"))),
        question(
            "benefits", AnswerShape(form: .organisations, detail: Guide.label("benefit", "Nutzen", "Benefit"))),
    ]

    private static let kinds = [
        Guide.label("technology", "Technik", "Technology"), Guide.label("finance", "Finanzierung", "Finance"),
        Guide.label("administration", "Verwaltung", "Administration"),
        Guide.label("cohesion", "Zusammenhalt", "Cohesion"),
    ]

    private static func columns(_ ids: String...) -> [AnswerShape.Column] {
        ids.map { AnswerShape.Column(label: Guide.label($0, $0, $0), kind: .text) }
    }

    private static func question(_ id: String, _ answer: AnswerShape, isInternal: Bool = false) -> Question {
        Question(
            id: "s.\(id)", step: "s", key: Guide.text(id, id), prompt: Guide.text("?", "?"),
            help: Guide.text("Hilfe", "Help"), example: Guide.text("Beispiel", "Example"), answer: answer,
            isInternal: isInternal)
    }
}

extension Play {
    /// A session in the guide of networks, in which bernd brought `texts` to the questions they name.
    static func network(_ texts: (question: String, text: String)..., concernsRetainedUntil: Date? = nil) -> Play {
        var settings = Play.settings
        settings.concernsRetainedUntil = concernsRetainedUntil
        var play = Play.begun(dialog: NetworkSample.dialog, settings: settings)
        for (question, text) in texts { play.bring(text, to: question) }
        return play
    }

    @discardableResult
    mutating func bring(_ text: String, to question: String) -> Decision {
        tell(.bernd, .contribute(text, question: question))
    }

    @discardableResult
    mutating func go(to question: String) -> Decision {
        pass(.minute)
        return tell(.anna, .goTo(question))
    }
}
