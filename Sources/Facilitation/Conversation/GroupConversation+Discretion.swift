import DialogEngine
import Wording

// What is between one person and the bot: private lines at the terminal, lines from paper, and one-time codes.

extension GroupConversation {
    /// The command that the line means, and the line as it is taken.
    ///
    /// One person alone reads the terminal. Her line is a private one where she asks for that, and while everybody writes
    /// in silence.
    func understand(_ message: IncomingMessage) -> (IncomingMessage, Command) {
        let source = source(of: message)
        if source != .chat, session?.isCopying(message.sender.identity) ?? false {
            let language = session?.language(of: message.sender.identity) ?? group.language
            return (message, interpreter.readCopied(message.text, at: message.at, in: language))
        }
        let command = read(message)
        switch command {
        case .privately(let text) where source != .chat:
            let message = message.privately(text)
            return (message, read(message))
        case .plain(let text) where source == .console && session?.silence != nil,
            .contribute(let text, question: nil) where source == .console && session?.silence != nil:
            return (message.privately(text), command)
        default:
            return (message, command)
        }
    }

    /// Takes a one-time code out of use; returns whether it lets its sender facilitate this group.
    ///
    /// One that others could read is void, whatever group it was for.
    func redeem(_ code: String, _ message: IncomingMessage) -> Bool {
        guard let codes = services.codes else { return false }
        guard case .privately = message.place else {
            _ = codes.void(code)
            return false
        }
        return codes.group(of: code, at: message.at) == group.name && codes.void(code)
    }
}

extension IncomingMessage {
    /// The same line as one to the bot alone.
    fileprivate func privately(_ text: String) -> IncomingMessage {
        var message = IncomingMessage(
            place: .privately(adapter: place.adapter), sender: sender, text: text, id: id, at: at)
        message.continues = continues
        return message
    }
}
