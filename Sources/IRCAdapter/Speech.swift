import IRCProtocol

/// What the text of a PRIVMSG means to the bot.
enum Speech: Hashable, Sendable {
    /// Plain text, or what a person describes of herself with `/me`.
    case text(String)
    /// A question from program to program, answered by NOTICE at most.
    case ctcp(CTCP)
    /// Nothing is left without the formatting.
    case empty

    init(parsing text: String) {
        switch CTCP(parsing: text) {
        case .some(let ctcp) where ctcp.command == "ACTION": self = .plain(ctcp.text)
        case .some(let ctcp): self = .ctcp(ctcp)
        case .none: self = .plain(text)
        }
    }

    private static func plain(_ text: String) -> Speech {
        let stripped = Formatting.stripped(text)
        return stripped.allSatisfy(\.isWhitespace) ? .empty : .text(stripped)
    }
}
