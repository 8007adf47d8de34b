import DialogEngine

/// What each person said last, so that the rest of it finds its way when it comes late; in memory only.
struct Beginnings: Sendable {
    private struct Beginning {
        var command: Command
        /// The line about which she was asked whether it belongs to that.
        var doubtful: String?
    }

    private var beginnings: [Identity: Beginning] = [:]

    /// The command that a line means, seen with what the same person said before.
    mutating func follow(_ command: Command, by message: IncomingMessage) -> Command {
        let sender = message.sender.identity
        let beginning = beginnings[sender]
        switch (command, beginning) {
        case (.plain(let text), let beginning?) where message.continues == .surely:
            beginnings[sender] = Beginning(command: beginning.command.followed(by: text))
            return .goOn(beginning.command, with: text, isSure: true)
        case (.plain(let text), let beginning?) where message.continues == .perhaps:
            beginnings[sender]?.doubtful = text
            return .goOn(beginning.command, with: text, isSure: false)
        case (.append(let text), let beginning?):
            guard let rest = text ?? beginning.doubtful else { return command }
            beginnings[sender] = Beginning(command: beginning.command.followed(by: rest))
            return .goOn(beginning.command, with: rest, isSure: true)
        default:
            beginnings[sender] = Beginning(command: command)
            return command
        }
    }

    mutating func forget(_ person: Identity) {
        beginnings[person] = nil
    }
}
