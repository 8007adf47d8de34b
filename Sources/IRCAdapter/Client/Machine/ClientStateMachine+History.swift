import Facilitation
import FoundationEssentials
import IRCProtocol

/// What was said in a channel while the bot was away (IRCv3 `chathistory`), each line once.
extension ClientStateMachine {
    /// Lines that are asked for at once, unless the network gives fewer.
    private static let linesAtOnce = 100
    /// How often more is asked for: a server that always has more must not keep the bot from listening.
    private static let questionLimit = 10
    /// Clocks have some milliseconds; what comes twice is known by its id.
    private static let overlap = 1.0

    /// The bot knows who is in the channel: what did they say?
    mutating func catchUp(_ name: String) {
        askForHistory(of: name, questionsLeft: Self.questionLimit)
    }

    private mutating func askForHistory(of name: String, questionsLeft: Int) {
        guard let last = channels[fold(name)]?.lastSpeech, capabilities.contains(.chatHistory), questionsLeft > 0 else {
            return settle(name)
        }
        channels[fold(name)]?.stage = .catchingUp(questionsLeft: questionsLeft)
        askForHistory(of: name, since: last.addingTimeInterval(-Self.overlap))
    }

    /// What was said after `moment`, the oldest first.
    func historyMark(_ moment: Date) -> String { "timestamp=" + ServerTime.render(moment) }

    mutating func askForHistory(of target: String, since moment: Date) {
        let question = IRCMessage("CHATHISTORY", ["AFTER", target, historyMark(moment), String(historyLimit)])
        enqueue(.init(question, priority: .query))
    }

    var historyLimit: Int {
        support.historyLimit > 0 ? min(support.historyLimit, Self.linesAtOnce) : Self.linesAtOnce
    }

    /// A line of the history. Who said it counts as present only where all of her source is the same.
    mutating func recall(_ line: ServerLine) {
        guard isOnline, case .speech(let spoken) = line, let at = spoken.at else { return }
        let place: IncomingMessage.Place
        if let channel = channels[fold(spoken.target)] {
            guard channel.isCatchingUp else { return }
            channels[fold(spoken.target)]?.lastSpeech = max(channel.lastSpeech ?? at, at)
            place = .room(room(channel))
        } else {
            guard isRead(spoken) else { return }
            correspondence.read(upTo: at)
            place = .privately(adapter: settings.adapterName)
        }
        guard case .text(let text) = spoken.speech, let id = spoken.id, isPerson(spoken.source), recentIDs.insert(id)
        else { return }
        let person = people.recall(spoken.source, account: spoken.account, at: now.uptime)
        let message = IncomingMessage(place: place, sender: people.sender(person), text: text, id: id, at: at)
        deliver(.message(message), from: person.nick)
    }

    /// - Parameter lines: how many came.
    mutating func endOfHistory(of name: String, lines: Int) {
        if case .reading(let nick, _, _) = correspondence.stage, fold(nick) == fold(name) {
            return endOfLetters(lines: lines)
        }
        guard case .catchingUp(let questionsLeft)? = channels[fold(name)]?.stage else { return }
        if lines < historyLimit { settle(name) } else { askForHistory(of: name, questionsLeft: questionsLeft - 1) }
    }

    mutating func failHistory() {
        for channel in channels.values where channel.isCatchingUp { settle(channel.name) }
        failLetters()
    }
}
