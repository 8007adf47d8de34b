import Facilitation
import Wording

/// Lines for systems that render Markdown and know its backslash: what people said is shown as they said it.
///
/// Only characters are escaped that CommonMark and Mattermost both take back; `<` would keep its backslash in Mattermost.
enum Markdown {
    /// The lines, one below the other.
    static func text(_ lines: [OutgoingMessage]) -> String {
        lines.flatMap { $0.text.split(separator: "\n") }.map { escaped(String($0)) }.joined(separator: "\n")
    }

    /// Takes from characters the meaning that they have in Markdown; `@` and `#` stay, since they name people and rooms.
    static func escaped(_ text: String) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        let beginsBlock = words.count > 1 && ["+", "-", "#", "##", "###"].contains(words[0])
        // A backslash would become part of an address, or of the id that a mention is.
        let pieces = words.map { word in
            word.hasPrefix("@\"") ? String(word) : WebAddress.escaping(String(word), with: escaped(plain:))
        }
        return (beginsBlock ? "\\" : "") + pieces.joined(separator: " ")
    }

    private static func escaped(plain: Substring) -> String {
        var result = ""
        for index in plain.indices {
            let character = plain[index]
            let next = plain.index(after: index)
            // Before a letter a backslash is only itself.
            let isPlain = character == "\\" && next < plain.endIndex && (plain[next].isLetter || plain[next].isNumber)
            if "\\`*_~[]>|".contains(character), !isPlain { result.append("\\") }
            result.append(character)
        }
        return result
    }
}

/// Lines for systems that render Markdown without any way to escape it: there everybody reads what she writes like that.
enum PlainText {
    static func text(_ lines: [OutgoingMessage]) -> String {
        lines.map(\.text).joined(separator: "\n")
    }
}
