import Facilitation

/// Lines for systems that render Markdown: what people said is shown as they said it.
enum Markdown {
    /// The lines, one below the other.
    static func text(_ lines: [OutgoingMessage]) -> String {
        lines.map { escaped($0.text) }.joined(separator: "\n")
    }

    /// Takes from characters the meaning that they have in Markdown; `@` and `#` stay, since they name people and rooms.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if "\\`*_~[]<>|".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }
}
