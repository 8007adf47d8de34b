import DialogEngine
import Facilitation
import IRCProtocol

/// What people say to the bot, and what it says.
extension ClientStateMachine {
    // MARK: - Hearing

    mutating func hear(_ spoken: ServerLine.Spoken) {
        // A server's PRIVMSG is nobody's; our own lines come back only by accident.
        guard !spoken.source.nick.isEmpty, !spoken.source.isServer, !isMe(spoken.source.nick) else { return }
        people.learn(spoken.source)
        let account = capabilities.contains("account-tag") ? spoken.account : nil
        if account != nil { changeAccount(of: spoken.source.nick, to: account) }
        switch spoken.speech {
        case .text(let text):
            guard let place = place(of: spoken.target) else { return }
            let person = people.meet(spoken.source, account: account, at: now.uptime)
            let message = IncomingMessage(
                place: place, sender: people.sender(person), text: text,
                id: capabilities.contains("message-tags") ? spoken.id : nil,
                at: (capabilities.contains("server-time") ? spoken.at : nil) ?? now.date)
            deliver(.message(message), from: person.nick)
        case .ctcp(let question):
            guard let answer = ctcp.answer(question, at: now) else { return }
            notify(spoken.source.nick, answer.rendered)
        case .empty: break
        }
    }

    private func place(of target: String) -> IncomingMessage.Place? {
        if isMe(target) { return .privately(adapter: settings.adapterName) }
        return channels[fold(target)].map { .room(room($0)) }
    }

    // MARK: - Speaking

    mutating func say(_ message: OutgoingMessage, to destination: Destination, ticket: Int) {
        guard phase != .stopped, let (target, priority) = target(of: destination) else {
            actions.append(.done(ticket: ticket))
            return
        }
        let command: String
        var text = message.text
        switch message.manner {
        case .speech: command = "PRIVMSG"
        case .notice: command = "NOTICE"
        case .relayed(let name):
            command = "PRIVMSG"
            text = "<\(name)> \(text)"
        }
        let pieces = Splitting.pieces(of: text, limit: room(command: command, target: target))
        for (index, piece) in pieces.enumerated() {
            let isLast = index == pieces.count - 1
            enqueue(
                .init(IRCMessage(command, [target, piece]), priority: priority, ticket: isLast ? ticket : nil))
        }
    }

    private func target(of destination: Destination) -> (String, SendQueue.Priority)? {
        switch destination {
        case .room(let room):
            guard room.adapter == settings.adapterName, let channel = channels[fold(room.name)], !channel.isGone else {
                return nil
            }
            return (channel.name, .room)
        case .person(let identity, let adapter):
            guard adapter == settings.adapterName, let nick = people.nick(of: identity, at: now.uptime) else {
                return nil
            }
            return (nick, .person)
        }
    }

    /// How much text fits into a line; before the network told our host, the longest one is assumed.
    private func room(command: String, target: String) -> Int {
        let source =
            ownSource ?? .init(nick: nick, user: "~" + settings.user, host: String(repeating: "x", count: 63))
        return Splitting.room(source: source, command: command, target: target)
    }

    /// A NOTICE to one person: refusals and answers to programs.
    mutating func notify(_ nick: String, _ text: String) {
        enqueue(.init(IRCMessage("NOTICE", [nick, text]), priority: .person))
    }

    private mutating func enqueue(_ entry: SendQueue.Entry) {
        guard let dropped = queue.add(entry) else { return }
        report(.dropped)
        finish([dropped])
    }

    mutating func finish(_ entries: [SendQueue.Entry]) {
        for ticket in entries.compactMap(\.ticket) { actions.append(.done(ticket: ticket)) }
    }

    // MARK: - The queue

    /// Sends what the pace allows, and asks to be woken for the rest.
    mutating func sendWhatMay() {
        guard case .online = phase else { return }
        let isReady: (IRCMessage) -> Bool = { [channels, support] message in
            let target = message.parameter(0) ?? ""
            return channels[support.caseMapping.fold(target)]?.isJoined ?? true
        }
        while let entry = queue.next(at: now.uptime, isReady: isReady) {
            actions.append(.write(entry.message))
            finish([entry])
        }
        if !isSendingScheduled, let delay = queue.delay(at: now.uptime, isReady: isReady) {
            isSendingScheduled = true
            schedule(.sending, after: delay)
        }
    }
}
