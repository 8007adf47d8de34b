import DialogEngine
import Wording

@testable import DialogFiles

/// A good wording file with every word, verb and phrase there is, to be broken in tests.
enum WordingSample {
    static func text(_ language: String) -> String {
        var lines = [
            "language: \(language)", "name: \(language)", "called: [\(language)]", "formats:", "  day: dd.MM.yyyy",
            "  day_and_month: dd.MM.", "  typed_day: d.M.", "  time: HH:mm", "  day_with_time: \"{day}, {time}\"",
            "  quoted: \"»{text}«\"", "  numbers: [null, eins]", "  greetings: {5: Morgen}", "words:",
        ]
        for word in Word.allCases {
            let count =
                switch word {
                case .weekdays: 7
                case .monthNames: 12
                default: 1
                }
            lines.append("  \(word.rawValue): [\((0..<count).map { "w\($0)" }.joined(separator: ", "))]")
        }
        lines.append("verbs:")
        lines += Verb.allCases.map { "  \($0.rawValue): {call: [\($0.rawValue)], usage: u, help: h}" }
        lines.append("phrases:")
        lines += Phrase.allCases.map { "  \($0.rawValue): p" }
        lines.append("terms:")
        lines += Term.allCases.map { "  \($0.rawValue): t" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The problems of a file after replacing a whole line, without the lines of the file, their numbers and carets.
    static func problems(replacing line: String, with new: String) -> [String] {
        let lines = text("de").split(separator: "\n").map { $0 == line ? new : String($0) }
        let checked = WordingFile.check(Array((lines.joined(separator: "\n") + "\n").utf8), file: "de.yaml")
        return checked.problems.map { "\($0.position?.column ?? 0): \($0.path): \($0.whatWithoutLines)" }
    }
}

extension Problem {
    /// The lines of the sample move with every new verb.
    var whatWithoutLines: String {
        what.replacing(#/line \d+/#, with: "line N").replacing(#/yaml:\d+/#, with: "yaml:N")
    }
}
