/// Where a text stands in quotation marks or brackets, so that its commas, semicolons and colons separate nothing.
///
/// | text                                    | enclosed                  | because                                  |
/// |-----------------------------------------|---------------------------|------------------------------------------|
/// | `Initiative „Park, Platz“, Bauhof`      | `„Park, Platz“`           | also `»…«`, `«…»`, `“…”`, `"…"`, `(…)`, `[…]` |
/// | `Rohr 5", Bauhof "alt"`                 | `"alt"`                   | a straight mark opens only before a word |
/// | `Bauhof (alt, Stadtwerke`               | nothing                   | what nobody closes encloses nothing      |
package struct Enclosures {
    /// The characters of the text; each is enclosed or not.
    package let characters: [Character]
    package private(set) var isEnclosed: [Bool]

    private static let closing: [Character: [Character]] = [
        "„": ["“", "”"], "“": ["”"], "»": ["«"], "«": ["»"], "\"": ["\""], "(": [")"], "[": ["]"],
    ]
    /// How deep they may be nested; deeper ones are looked at as text.
    private static let depth = 8

    package init(_ text: some StringProtocol) {
        characters = Array(text)
        isEnclosed = Array(repeating: false, count: characters.count)
        var open: [(closings: [Character], start: Int)] = []
        for (index, character) in characters.enumerated() {
            if let place = open.lastIndex(where: { $0.closings.contains(character) }) {
                for enclosed in open[place].start...index { isEnclosed[enclosed] = true }
                open.removeSubrange(place...)
            } else if let closings = Self.closing[character], open.count < Self.depth,
                character != "\"" || index == 0 || !characters[index - 1].isWordLike
            {
                open.append((closings, index))
            }
        }
    }

    /// The text between the first and the last character, where one pair of quotation marks encloses all of it.
    package static func content(of text: String) -> String? {
        guard let first = text.first, first != "(", first != "[", let closings = closing[first], text.count > 2,
            let last = text.last, closings.contains(last)
        else { return nil }
        let content = text.dropFirst().dropLast()
        return content.contains { closings.contains($0) || $0 == first } ? nil : content.trimmed
    }

    /// `text` between quotation marks that it does not contain, as ``content(of:)`` reads it.
    static func enclosing(_ text: String) -> String {
        let pairs: [(Character, Character)] = [("\"", "\""), ("»", "«"), ("„", "“")]
        let free = pairs.first { pair in !text.contains { $0 == pair.0 || $0 == pair.1 } }
        guard let (opening, closing) = free else { return enclosing(text.filter { $0 != "\"" }) }
        return "\(opening)\(text)\(closing)"
    }

    /// The pieces of the text between characters that `separates` and that are not enclosed.
    func split(where separates: (Int) -> Bool) -> [String] {
        var pieces: [String] = [""]
        for (index, character) in characters.enumerated() {
            if !isEnclosed[index], separates(index) {
                pieces.append("")
            } else {
                pieces[pieces.count - 1].append(character)
            }
        }
        return pieces
    }

    /// What stands before and behind the first `: ` that is not enclosed, as ``Swift/StringProtocol/splitAtFirstColon``.
    var splitAtFirstColon: (head: String, tail: String)? {
        for index in characters.indices where characters[index] == ":" && !isEnclosed[index] {
            guard index + 1 == characters.count || characters[index + 1].isWhitespace else { continue }
            let head = String(characters[..<index]).trimmed
            return head.isEmpty ? nil : (head, String(characters[(index + 1)...]).trimmed)
        }
        return nil
    }
}

extension Character {
    fileprivate var isWordLike: Bool { isLetter || isNumber }
}
