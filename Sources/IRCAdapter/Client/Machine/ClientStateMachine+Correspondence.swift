import FoundationEssentials
import IRCProtocol

/// What people wrote to the bot privately while it was away; see ``Correspondence`` for the stages.
extension ClientStateMachine {
    /// How long the bot waits for its channels before it reads what it was written.
    private static let patience = Duration.seconds(60)
    /// A network lists nobody who was written to later than it is asked for, so the end lies ahead.
    private static let day = 86_400.0

    /// The bot is on the network again.
    mutating func expectLetters() {
        guard capabilities.contains(.chatHistory), correspondence.begin() else { return }
        schedule(.letters, after: Self.patience)
    }

    /// As soon as the bot knows who is in its channels.
    mutating func readLettersIfSettled() {
        if channels.values.allSatisfy({ $0.stage == .settled || $0.isGone }) { readLetters() }
    }

    mutating func readLetters() {
        guard correspondence.stage == .due, let since = correspondence.list() else { return }
        let marks = [since, now.date.addingTimeInterval(Self.day)].map(historyMark)
        let limit = String(min(historyLimit, Correspondence.limit))
        enqueue(.init(IRCMessage("CHATHISTORY", ["TARGETS"] + marks + [limit]), priority: .query))
    }

    /// One line of the answer: `CHATHISTORY TARGETS anna 2026-11-22T19:00:00.000Z`.
    mutating func listCorrespondent(_ message: IRCMessage) {
        guard message.verb == "CHATHISTORY", message.parameter(0) == "TARGETS", let name = message.parameter(1),
            !support.isChannel(name), !isMe(name)
        else { return }
        correspondence.add(name)
    }

    mutating func readNext() {
        correspondence.next()
        askForLetters()
    }

    private mutating func askForLetters() {
        guard case .reading(let nick, let since, _) = correspondence.stage else { return }
        askForHistory(of: nick, since: since)
    }

    /// Whether this was said privately by whom the bot asked about.
    func isRead(_ spoken: ServerLine.Spoken) -> Bool {
        guard case .reading(let nick, _, _) = correspondence.stage, !support.isChannel(spoken.target) else {
            return false
        }
        return fold(spoken.source.nick) == fold(nick) || isMe(spoken.source.nick)
    }

    mutating func endOfLetters(lines: Int) {
        if lines >= historyLimit, correspondence.goOn() { askForLetters() } else { readNext() }
    }

    mutating func failLetters() {
        switch correspondence.stage {
        case .upToDate, .due: break
        case .listing, .reading: readNext()
        }
    }
}
