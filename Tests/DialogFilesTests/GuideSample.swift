@testable import DialogFiles

/// A small good guide in two languages, to be broken in tests.
enum GuideSample {
    static let text = """
        dialog: klein
        version: "1.0"
        languages: [de, en]
        title: {de: Klein, en: Small}
        introduction: {de: Los, en: Go}
        about: {de: Darum, en: About}
        closing: {de: Ende, en: End}
        attribution: Lotse
        steps:
          - id: first
            title: {de: Erstens, en: First}
            purpose: {de: Zweck, en: Purpose}
            questions:
              - id: needs
                key: {de: bedarf, en: needs}
                prompt: {de: "Was brauchen wir?", en: "What do we need?"}
                help: {de: Hilfe, en: Help}
                example: {de: "Geld: 5 Euro", en: "Money: 5 euros"}
                answer:
                  form: list
                  kinds:
                    - {id: money, title: {de: Geld, en: Money}}
              - id: partners
                key: {de: partner, en: partners}
                prompt: {de: "Wer macht mit?", en: "Who takes part?"}
                help: {de: Hilfe, en: Help}
                example: {de: "Geld: Sparkasse", en: "Money: Savings Bank"}
                answer: {form: organisations, about: first.needs}
        orders:
          - id: usual
            title: {de: Üblich, en: Usual}
            questions: [first.needs, first.partners]

        """

    /// What is printed about the sample after replacing `old` by `new` everywhere.
    static func problems(replacing old: String, with new: String) -> [String] {
        problems(text.replacing(old, with: new))
    }

    static func problems(_ text: String) -> [String] {
        DialogFile.check(Array(text.utf8), file: "klein.yaml").problems.map(\.description)
    }

    /// The same without the lines of the file and the carets.
    static func headings(_ text: String) -> [String] {
        problems(text).map { String($0.prefix { $0 != "\n" }) }
    }
}
