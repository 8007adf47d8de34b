/// One letter of a MODE command, with its sign and its parameter.
struct ModeChange: Hashable, Sendable {
    let isAdding: Bool
    let letter: Unicode.Scalar
    let parameter: String?

    /// Modes that are lists of masks: without a parameter they are asked for.
    static let lists: Set<Unicode.Scalar> = ["b", "e", "I"]
    private static let withParameter: Set<Unicode.Scalar> = ["b", "e", "I", "o", "v", "k"]

    /// Whether it is of those that `MODES` in RPL_ISUPPORT limits: types A to C of `CHANMODES`, and the signs of members.
    var countsForLimit: Bool { Self.withParameter.contains(letter) || letter == "l" }

    /// The changes that `letters` stand for, such as `+v-t+o`, each with the next of the parameters if it takes one.
    static func parse(_ letters: String, _ parameters: [String]) -> [ModeChange] {
        var isAdding = true
        var parameters = parameters[...]
        var changes: [ModeChange] = []
        for letter in letters.unicodeScalars {
            switch letter {
            case "+": isAdding = true
            case "-": isAdding = false
            default:
                let takesOne = withParameter.contains(letter) || letter == "l" && isAdding
                let parameter = takesOne ? parameters.popFirst() : nil
                changes.append(ModeChange(isAdding: isAdding, letter: letter, parameter: parameter))
            }
        }
        return changes
    }

    /// `+v-t+o anna anna`: letters, then parameters.
    static func render(_ changes: [ModeChange]) -> [String] {
        var letters = ""
        var sign: Bool?
        for change in changes {
            if change.isAdding != sign { letters += change.isAdding ? "+" : "-" }
            sign = change.isAdding
            letters.unicodeScalars.append(change.letter)
        }
        return [letters] + changes.compactMap(\.parameter)
    }
}
