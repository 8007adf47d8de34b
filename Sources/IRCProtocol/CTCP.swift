/// A client-to-client message inside a PRIVMSG or NOTICE: `\x01COMMAND text\x01`, the last `\x01` optional.
package struct CTCP: Hashable, Sendable {
    /// In upper case.
    package let command: String
    package let text: String

    package init(_ command: String, _ text: String = "") {
        self.command = command
        self.text = text
    }

    /// The message in `text`, or nil if that is plain speech.
    package init?(parsing text: String) {
        guard text.unicodeScalars.first == "\u{01}" else { return nil }
        var inside = text.unicodeScalars.dropFirst()
        if inside.last == "\u{01}" { inside = inside.dropLast() }
        let words = inside.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard let command = words.first, !command.isEmpty else { return nil }
        self.command = String(command).asciiUppercased
        self.text = words.count > 1 ? String(words[1]) : ""
    }

    /// As it stands in a PRIVMSG or NOTICE.
    package var rendered: String {
        text.isEmpty ? "\u{01}\(command)\u{01}" : "\u{01}\(command) \(text)\u{01}"
    }
}
