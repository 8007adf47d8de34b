import DialogEngine

/// A small guide with every form of answer, in the sequence that the transcript needs.
enum Guide {
    static let dialog = Dialog(
        id: "test", version: "1", contentHash: "0f", languages: [de, en], title: text("Leitfaden", "Guide"),
        introduction: text("Ich führe Sie.", "I will lead you."), about: text("Über", "About"),
        closing: text("Auf Wiedersehen.", "Goodbye."), attribution: "Test",
        steps: [step("describe"), step("prepare"), step("proceed"), step("alliances")], questions: questions,
        orders: [
            Dialog.Order(id: "sheet", title: text("Blatt", "Sheet"), questions: questions.map(\.id)),
            Dialog.Order(
                id: "worksheet", title: text("Arbeitsblatt", "Worksheet"), questions: questions.reversed().map(\.id)),
        ],
        network: NetworkGuide(
            mission: "describe.problem", resources: "prepare.resources",
            positions: [.holder: "alliances.holders", .opponent: "alliances.opponents"], tasks: "alliances.tasks",
            names: NetworkSample.names))

    static let de = Language(rawValue: "de")
    static let en = Language(rawValue: "en")

    static let questions: [Question] = [
        question(
            "describe.problem", "problem", "problem",
            AnswerShape(form: .text, sections: [label("for_whom", "Für wen", "For whom")])),
        question("describe.innovation", "innovation", "innovation", AnswerShape(form: .text)),
        question(
            "prepare.changes", "veränderung", "changes",
            AnswerShape(
                form: .list,
                sections: [
                    label("technical", "Technisch", "Technical"),
                    label("social", "Sozial/administrativ", "Administrative/social"),
                ])),
        question("prepare.everyday", "alltag", "everyday", AnswerShape(form: .list)),
        question(
            "prepare.touchpoints", "kontaktpunkte", "touchpoints",
            AnswerShape(form: .rows, columns: [column("who", "Wer"), column("when", "Wann"), column("how", "Wie")])),
        question("prepare.legal", "recht", "legal", AnswerShape(form: .list, isOrdered: true)),
        question(
            "prepare.resources", "ressourcen", "resources",
            AnswerShape(form: .list, kinds: [label("money", "Geld", "Money"), label("space", "Platz", "Space")])),
        question(
            "proceed.next_steps", "schritte", "steps",
            AnswerShape(
                form: .rows,
                columns: [column("what", "Was"), column("who", "Wer"), column("until", "Bis wann", .date)])),
        question(
            "alliances.opponents", "bedenken", "concerns",
            AnswerShape(form: .organisations, detail: label("concern", "Bedenken", "Concern"))),
        question(
            "alliances.holders", "ressourcengeber", "holders",
            AnswerShape(form: .organisations, about: "prepare.resources")),
        question(
            "alliances.tasks", "aufgaben", "tasks",
            AnswerShape(
                form: .organisations, sections: [label("network", "Netzwerk", "Network")],
                kinds: [label("technology", "Technik", "Technology"), label("finance", "Finanzierung", "Finance")],
                detail: label("task", "Aufgabe", "Task"))),
    ]

    static func shape(_ id: Question.ID) -> AnswerShape {
        questions.first { $0.id == id }?.answer ?? AnswerShape(form: .text)
    }

    static func text(_ german: String, _ english: String) -> LocalizedText {
        LocalizedText([de: german, en: english])
    }

    static func label(_ id: String, _ german: String, _ english: String) -> AnswerShape.Label {
        AnswerShape.Label(id: id, title: text(german, english))
    }

    private static func column(
        _ id: String, _ title: String, _ kind: AnswerShape.Column.Kind = .text
    ) -> AnswerShape.Column {
        AnswerShape.Column(label: label(id, title, title), kind: kind)
    }

    private static func step(_ id: String) -> Dialog.Step {
        Dialog.Step(
            id: id, title: text("Schritt \(id)", "Step \(id)"), sheetTitle: nil, purpose: text("Zweck", "Purpose"))
    }

    private static func question(
        _ id: Question.ID, _ key: String, _ english: String, _ answer: AnswerShape
    ) -> Question {
        Question(
            id: id, step: String(id.prefix { $0 != "." }), key: text(key, english), prompt: text("\(key)?", "\(key)?"),
            help: text("Hilfe", "Help"), example: text("Beispiel", "Example"), answer: answer,
            isInternal: key == "bedenken")
    }
}
