/// How a day or a clock time is written, such as `dd.MM.yyyy`.
///
/// A run of one letter is a part of the date; every other character stands for itself.
enum DatePattern {
    /// A part that a pattern has to show, in any of its spellings.
    typealias Part = (name: String, spellings: [String])

    static let day: Part = ("the day", ["d", "dd"])
    static let month: Part = ("the month", ["M", "MM", "MMM"])
    static let year: Part = ("the year", ["yyyy"])
    static let hour: Part = ("the hour", ["H", "HH", "h"])
    static let minute: Part = ("the minute", ["mm"])
    private static let half = ["a"]

    /// What is wrong with `pattern`, which may contain `parts` and has to contain those that are `needed`.
    static func flaw(of pattern: String, parts: [Part], needed: [Part]) -> String? {
        let isTime = parts.contains { $0.name == hour.name }
        let spellings = parts.flatMap(\.spellings) + (isTime ? half : [])
        let runs = runs(of: pattern)
        if let unknown = runs.first(where: { !spellings.contains($0) }) {
            return "\"\(unknown)\" is no part of a date here; use \(spellings.listed)"
        }
        let missing = needed.filter { part in !runs.contains { part.spellings.contains($0) } }
        if !missing.isEmpty { return "lacks \(missing.map(\.name).listed)" }
        if isTime, runs.contains("h"), !runs.contains("a") {
            return "h needs an a for the half of the day"
        }
        return nil
    }

    /// The runs of equal letters.
    private static func runs(of pattern: String) -> [String] {
        var runs: [String] = []
        var last: Character?
        for character in pattern {
            if character.isLetter, character == last {
                runs[runs.count - 1].append(character)
            } else if character.isLetter {
                runs.append(String(character))
            }
            last = character
        }
        return runs
    }
}
