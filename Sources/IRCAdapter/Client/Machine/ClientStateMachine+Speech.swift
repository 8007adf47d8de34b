import DialogEngine
import Facilitation
import IRCProtocol

/// What people say to the bot, and what it says.
extension ClientStateMachine {
    // MARK: - Hearing

    /// - Parameter isWhole: whether the network gave all of the text as one, however long it is.
    mutating func hear(_ spoken: ServerLine.Spoken, isWhole: Bool = false) {
        // Our own lines come back as echoes, and show how others see us.
        if isMe(spoken.source.nick), !spoken.source.host.isEmpty { ownSource = spoken.source }
        // A server's PRIVMSG is nobody's.
        guard isPerson(spoken.source), !isReplayed(spoken) else { return }
        people.learn(spoken.source)
        let account = capabilities.contains(.accountTag) ? spoken.account : nil
        if account != nil { changeAccount(of: spoken.source.nick, to: account) }
        switch spoken.speech {
        case .text(let text): hear(text, spoken, account: account, isWhole: isWhole)
        case .ctcp(let question):
            guard let answer = ctcp.answer(question, at: now) else { return }
            enqueue(.init(IRCMessage("NOTICE", [spoken.source.nick, answer.rendered]), priority: .courtesy))
        case .empty: break
        }
    }

    private mutating func hear(_ text: String, _ spoken: ServerLine.Spoken, account: String?, isWhole: Bool) {
        guard let place = place(of: spoken.target) else { return }
        let id = capabilities.contains(.messageTags) ? spoken.id : nil
        if let id, !recentIDs.insert(id) { return }
        let tagged = capabilities.contains(.serverTime) ? spoken.at : nil
        let at = tagged ?? now.date
        channels[fold(spoken.target)]?.lastSpeech = at
        if let tagged { channels[fold(spoken.target)]?.heardUntil = tagged }
        let person = people.meet(spoken.source, account: account, at: now.uptime)
        let message = IncomingMessage(place: place, sender: people.sender(person), text: text, id: id, at: at)
        let piece = isWhole ? nil : CutLine(text, from: spoken.source, to: spoken.target)
        handOn(longLines.take(message, as: piece, from: person.nick, at: now.uptime))
        if let due = longLines.due { schedule(.longLine, after: due - now.uptime) }
    }

    /// Lines that are complete now.
    mutating func handOn(_ lines: [LongLines<String>.Line]) {
        for line in lines { actions.append(.deliver(.message(line.message), from: line.origin)) }
    }

    /// What nothing followed is complete.
    mutating func endLongLines() {
        handOn(longLines.elapsed(at: now.uptime))
        if let due = longLines.due { schedule(.longLine, after: due - now.uptime) }
    }

    /// Seen as often as the specification lets a client say so, whatever comes.
    mutating func typing(_ source: IRCMessage.Source, in name: String) {
        guard isPerson(source), let channel = channels[fold(name)], let person = people[source.nick],
            person.channels.contains(fold(name)), typing.mayTell(of: fold(source.nick), at: now.uptime)
        else { return }
        deliver(.typing(room(channel), people.identity(of: person), at: now.date))
    }

    private func place(of target: String) -> IncomingMessage.Place? {
        if isMe(target) { return .privately(adapter: settings.adapterName) }
        return channels[fold(target)].map { .room(room($0)) }
    }

    // MARK: - Speaking

    mutating func say(_ message: OutgoingMessage, to destination: Destination, ticket: Int) {
        let priority = SendQueue.Priority(message.urgency)
        guard phase != .stopped, let target = target(of: destination) else {
            actions.append(.done(ticket: ticket))
            return
        }
        if let reaction = reaction(message, target) {
            return enqueue(.init(reaction, priority: priority, ticket: ticket))
        }
        let tags = replyTags(message)
        let (command, text) = speech(message)
        let limit = room(command: command, target: target)
        if let pieces = multiline(text, limit: limit) {
            let first = IRCMessage(command, [target, pieces[0]], tags: tags)
            let rest = Array(pieces.dropFirst())
            return enqueue(.init(first, continuation: rest, priority: priority, ticket: ticket))
        }
        let pieces = Splitting.pieces(of: text, limit: limit)
        for (index, piece) in pieces.enumerated() {
            let line = IRCMessage(command, [target, piece], tags: index == 0 ? tags : [:])
            let isLast = index == pieces.count - 1
            enqueue(
                .init(
                    line, priority: priority, ticket: isLast ? ticket : nil, following: isLast ? message.following : 0))
        }
    }

    private func speech(_ message: OutgoingMessage) -> (command: String, text: String) {
        switch message.manner {
        case .speech: ("PRIVMSG", message.text)
        case .notice: ("NOTICE", message.text)
        case .relayed(let name): ("PRIVMSG", "<\(name)> \(message.text)")
        }
    }

    private func target(of destination: Destination) -> String? {
        switch destination {
        case .room(let room):
            guard room.adapter == settings.adapterName, let channel = channels[fold(room.name)], !channel.isGone else {
                return nil
            }
            return channel.name
        case .person(let identity, let adapter):
            return adapter == settings.adapterName ? people.nick(of: identity, at: now.uptime) : nil
        }
    }

    /// How much text fits into a line; before the network told our host, the longest one is assumed.
    private func room(command: String, target: String) -> Int {
        let source =
            ownSource ?? .init(nick: nick, user: "~" + settings.user, host: String(repeating: "x", count: 63))
        return Splitting.room(source: source, command: command, target: target)
    }

    /// The text in pieces of one batch; nil where one line is enough, or the network takes no batch of this size.
    private func multiline(_ text: String, limit: Int) -> [String]? {
        guard text.utf8.count > limit, capabilities.contains(.multiline) else { return nil }
        let limits = MultilineLimits(parsing: capabilities.value(of: ClientCapability.multiline.rawValue) ?? "")
        let pieces = Splitting.seamlessPieces(of: text, limit: limit)
        return limits.allow(pieces) ? pieces : nil
    }

    // MARK: - Tags

    /// Hangs an answer at the line that it answers.
    private func replyTags(_ message: OutgoingMessage) -> [String: String] {
        guard let id = message.inReplyTo, passesOn("draft/reply") else { return [:] }
        return ["+draft/reply": id]
    }

    /// The acknowledgement as a mark at the line, where that is wanted and can be carried.
    private func reaction(_ message: OutgoingMessage, _ target: String) -> IRCMessage? {
        guard settings.reacts, let mark = message.mark, let id = message.inReplyTo, passesOn("draft/react"),
            passesOn("draft/reply")
        else { return nil }
        return IRCMessage("TAGMSG", [target], tags: ["+draft/reply": id, "+draft/react": mark])
    }

    private func passesOn(_ tag: String) -> Bool {
        capabilities.contains(.messageTags) && support.passesOn(clientTag: tag)
    }

    // MARK: - The queue

    /// A NOTICE to one person: refusals.
    mutating func notify(_ nick: String, _ text: String) {
        enqueueOnce(.init(IRCMessage("NOTICE", [nick, text]), priority: .group))
    }

    /// Not a second time while it waits: who floods the bot must not use up what the group needs.
    mutating func enqueueOnce(_ entry: SendQueue.Entry) {
        if !queue.contains(entry.message) { enqueue(entry) }
    }

    mutating func enqueue(_ entry: SendQueue.Entry) {
        guard let dropped = queue.add(entry) else { return }
        report(.dropped)
        finish([dropped])
    }

    mutating func finish(_ entries: [SendQueue.Entry]) {
        for ticket in entries.compactMap(\.ticket) { actions.append(.done(ticket: ticket)) }
    }

    /// Sends what the pace allows, and asks to be woken for the rest.
    mutating func sendWhatMay() {
        guard isOnline else { return }
        let isReady: (String) -> Bool = { [channels, support] target in
            channels[support.caseMapping.fold(target)]?.isJoined ?? true
        }
        while let entry = queue.next(at: now.uptime, isReady: isReady) { send(entry) }
        showTyping(isReady: isReady)
        if let delay = queue.delay(at: now.uptime, isReady: isReady) { schedule(.sending, after: delay) }
    }

    /// Whoever waits for a longer answer sees that it comes.
    private mutating func showTyping(isReady: (String) -> Bool) {
        guard passesOn("typing"),
            let target = queue.targetKeptWaiting(for: Typing.worthwhile, at: now.uptime, isReady: isReady),
            typing.mayShow(to: fold(target), at: now.uptime, interval: queue.interval(at: now.uptime))
        else { return }
        actions.append(.write(IRCMessage("TAGMSG", [target], tags: ["+typing": "active"])))
        queue.charge(at: now.uptime)
    }

    /// Where the server confirms lines, a line has left when it does.
    private mutating func send(_ entry: SendQueue.Entry) {
        lastLabel += 1
        let isConfirmed = capabilities.confirmsLines && entry.priority != .query
        for message in entry.messages(reference: "m\(lastLabel)", label: isConfirmed ? lastLabel : nil) {
            actions.append(.write(message))
        }
        if !isConfirmed { finish([entry]) }
        guard isConfirmed || entry.priority > .greeting && entry.priority != .query else { return }
        unconfirmed.add(isConfirmed ? entry : entry.withoutTicket, label: lastLabel, isConfirmed, at: now.uptime)
        checkConfirmations()
    }

    /// The server has dealt with the line.
    mutating func confirmed(_ label: Int) {
        if let entry = unconfirmed.remove(label) { finish([entry]) }
    }

    /// Where a confirmation is overdue, a PING shows whether the server still hears the bot.
    mutating func checkConfirmations() {
        guard let due = unconfirmed.due else { return }
        guard due <= now.uptime else { return schedule(.confirmation, after: due - now.uptime) }
        probe(UnconfirmedLines.tokenPrefix + String(unconfirmed.beginProbe()))
    }

    /// The server has read everything before this PING. It need not confirm lines that it did not like.
    mutating func ponged(_ token: String) {
        guard token.hasPrefix(UnconfirmedLines.tokenPrefix),
            let label = Int(token.dropFirst(UnconfirmedLines.tokenPrefix.count))
        else { return }
        finish(unconfirmed.endProbe(upTo: label))
        checkConfirmations()
    }
}

extension SendQueue.Priority {
    fileprivate init(_ urgency: OutgoingMessage.Urgency) {
        switch urgency {
        case .greeting: self = .greeting
        case .broadcast: self = .broadcast
        case .usual: self = .group
        case .facilitator: self = .facilitator
        }
    }
}
