import DialogEngine
import Wording

// What is between one person and the bot: private lines at the terminal, lines from paper, and one-time codes.

extension GroupConversation {
    /// Whether what answers somebody who wrote at `place` can reach her alone: into a private window, or into the answer to a
    /// private request, however late that is.
    func hasPrivateWay(to place: IncomingMessage.Place) -> Bool {
        switch place {
        case .privately: true
        case .room(let room): services.adapters[room.adapter]?.speaksPrivately ?? true
        }
    }

    /// What is said instead of an answer that only the asker may read, where there is no private way to her.
    func noPrivateAnswer(at place: IncomingMessage.Place) -> Line {
        Line(services.adapters[place.adapter]?.hearsPrivately ?? true ? .privateOnly : .privateNowhere)
    }

    /// The command that the line means, and the line as it is taken.
    ///
    /// One person alone reads the terminal. Her line is a private one where she asks for that, and while everybody writes
    /// in silence.
    func understand(_ message: IncomingMessage) -> (IncomingMessage, Command) {
        let source = source(of: message)
        if !source.isAloud, session?.isCopying(message.sender.identity) ?? false {
            let language = session?.language(of: message.sender.identity) ?? group.language
            return (message, interpreter.readCopied(message.text, at: message.at, in: language))
        }
        let command = read(message)
        switch command {
        case .privately(let text) where !source.isAloud:
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
            codes.void(code)
            return false
        }
        return codes.redeem(code, for: group.name, by: message.sender.identity, at: message.at)
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
