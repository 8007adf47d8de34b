/// The addresses of the web in a text, so that whoever escapes the text leaves them usable.
///
/// | text                                | address                 | because                                            |
/// |-------------------------------------|-------------------------|----------------------------------------------------|
/// | `Plan: https://c.example/a_b?x=1&y` | `https://c.example/a_b?x=1&y` | it ends at white space                       |
/// | `(https://c.example/a_b)`           | `https://c.example/a_b` | a bracket that nothing in it opens is not its own  |
/// | `»www.c.example/a_b«.`              | `www.c.example/a_b`     | nor are quotation marks and stops behind it        |
/// | `xhttps://c.example`                | none                    | it begins a word                                   |
///
/// The ends are those of GitHub's extended autolinks, so that what is found here is what becomes a link.
package enum WebAddress {
    /// A piece of a text.
    package struct Piece: Equatable {
        package let text: Substring
        package let isAddress: Bool
    }

    private static let beginnings = ["https://", "http://", "www."]
    private static let ends: Set<Character> = ["<", ">", "\"", "»", "«", "„", "“", "”", "`", "\\"]
    private static let stops: Set<Character> = [".", ",", ";", ":", "!", "?", "'", "*", "_", "~", "…"]

    /// The whole text in pieces.
    package static func pieces(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        var plain = text.startIndex
        var index = text.startIndex
        var isInWord = false
        while index < text.endIndex {
            let character = text[index]
            if !isInWord, "hHwW".contains(character), let end = end(in: text, from: index) {
                if plain < index { pieces.append(Piece(text: text[plain..<index], isAddress: false)) }
                pieces.append(Piece(text: text[index..<end], isAddress: true))
                (plain, index, isInWord) = (end, end, true)
                continue
            }
            isInWord = character.isLetter || character.isNumber
            index = text.index(after: index)
        }
        if plain < text.endIndex { pieces.append(Piece(text: text[plain...], isAddress: false)) }
        return pieces
    }

    /// The text with `escape` applied to all that is no address; in addresses the characters that mean something in Markdown
    /// and in tables are written as percent-encodings, which call the same page.
    package static func escaping(_ text: String, with escape: (Substring) -> String) -> String {
        pieces(of: text).map { $0.isAddress ? encoded($0.text) : escape($0.text) }.joined()
    }

    private static func encoded(_ address: Substring) -> String {
        var result = ""
        for character in address {
            switch character {
            case "*": result += "%2A"
            case "|": result += "%7C"
            case "[": result += "%5B"
            case "]": result += "%5D"
            case "~": result += "%7E"
            default: result.append(character)
            }
        }
        return result
    }

    /// Where the address that begins at `start` ends; nil where none begins.
    private static func end(in text: String, from start: String.Index) -> String.Index? {
        let rest = text[start...]
        guard let beginning = beginnings.first(where: { rest.prefix($0.count).lowercased() == $0 }) else { return nil }
        var address = rest.prefix { !$0.isWhitespace && !ends.contains($0) }
        var open = address.count { $0 == "(" } - address.count { $0 == ")" }
        while let last = address.last, stops.contains(last) || last == ")" && open < 0 {
            if last == ")" { open += 1 }
            address.removeLast()
        }
        return address.count > beginning.count ? address.endIndex : nil
    }
}
