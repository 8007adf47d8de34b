import DialogEngine
import Facilitation
import IRCProtocol

extension ConnectionID {
    /// The bot, which is a client without a connection.
    static let bot = ConnectionID(0)
}

/// The bot: a client like others, to whom nothing is sent.
extension ServerStateMachine {
    mutating func addBot() {
        let peer = ServerInput.Peer(address: "", isLoopback: true, isSecure: true)
        let identity = Identity(rawValue: "\(settings.adapterName)/bot")
        var bot = ServerClient(id: .bot, peer: peer, identity: identity, host: settings.serverName, at: now)
        bot.nick = settings.botNick
        bot.user = "lotse"
        bot.realName = "Lotse"
        bot.isRegistered = true
        bot.isBot = true
        // Those who share a channel with it see it; who looks around does not.
        bot.isInvisible = true
        clients[.bot] = bot
        nicks[bot.foldedNick] = .bot
    }

    /// Makes the room of a group, with the bot in it.
    mutating func open(_ name: String) {
        channels[mapping.fold(name)] = ServerChannel(name: name, isPermanent: true, createdAt: now.date)
        addBot(to: mapping.fold(name))
    }

    /// The bot comes into the rooms of new groups. Who is there already keeps her place, and loses what she could do to it.
    /// Whom a room is not open to is out of it before the bot hears or says anything there. A room whose group is gone stays
    /// as closed as it was.
    mutating func openChannels(_ names: [String], members admitted: [String: Set<String>]) {
        for name in names {
            let folded = mapping.fold(name)
            self.admitted[folded] = admitted[folded]
            guard channels[folded] != nil else {
                open(name)
                continue
            }
            channels[folded]?.isPermanent = true
            sendAwayStrangers(from: folded)
            guard let channel = channels[folded], !hasBot(channel), let bot = clients[.bot] else { continue }
            let members = channel.members.keys.sorted()
            for id in members { channels[folded]?.members[id]?.isOperator = false }
            addBot(to: folded)
            broadcast(IRCMessage("JOIN", [channel.name], source: bot.source), from: bot, to: members)
            broadcast(
                IRCMessage("MODE", [channel.name, "+o", bot.displayName], source: serverSource), from: bot, to: members)
            deliver(.present(room(channel), members.compactMap { clients[$0].map(sender) }, at: now.date))
        }
    }

    /// In its channels the bot is an operator: nobody else can take them over.
    mutating func addBot(to folded: String) {
        channels[folded]?.members[.bot] = ServerChannel.Membership(isOperator: true)
        clients[.bot]?.channels.insert(folded)
    }

    func isBot(_ nick: String) -> Bool {
        mapping.fold(nick) == mapping.fold(settings.botNick)
    }

    func hasBot(_ channel: ServerChannel) -> Bool { channel.members[.bot] != nil }

    // MARK: - What it says

    mutating func say(_ message: OutgoingMessage, to destination: Destination) {
        switch destination {
        case .room(let room):
            guard room.adapter == settings.adapterName, let channel = channel(named: room.name) else { return }
            say(message, target: channel.name, to: Array(channel.members.keys))
        case .person(let identity, let adapter):
            guard adapter == settings.adapterName else { return }
            for id in (connectionsByIdentity[identity] ?? []).sorted() {
                guard let client = clients[id], client.isRegistered else { continue }
                say(message, target: client.displayName, to: [id])
            }
        }
    }

    private mutating func say(_ message: OutgoingMessage, target: String, to receivers: [ConnectionID]) {
        guard let bot = clients[.bot] else { return }
        var source = bot.source
        var text = message.text
        if case .relayed(let name) = message.manner {
            // Nobody's words are put into the mouth of somebody else who is here.
            if Self.isValidNick(name), !Self.isReserved(name), client(named: name) == nil {
                source = IRCMessage.Source(nick: name, user: "relay", host: "relay")
            } else {
                text = "<\(name)> \(text)"
            }
        }
        let command = message.manner == .notice ? "NOTICE" : "PRIVMSG"
        let limit = Splitting.room(source: source, command: command, target: target)
        for piece in Splitting.pieces(of: text, limit: limit) {
            var tags = ["msgid": nextMessageID()]
            tags["+draft/reply"] = message.inReplyTo
            broadcast(
                IRCMessage(command, [target, piece], source: source), from: bot, to: receivers, clientTags: tags)
        }
    }

    mutating func tellOverloaded(_ id: ConnectionID) {
        guard let client = clients[id], let bot = clients[.bot] else { return }
        let notice = IRCMessage("NOTICE", [client.displayName, settings.overloadedNotice], source: bot.source)
        actions.append(.send(notice, to: [id]))
    }

    /// Lets the bot say in words what clients may not show: that a line of hers was not kept.
    mutating func tellLost(_ loss: Loss, to client: ServerClient) {
        guard client.isRegistered else { return }
        deliver(.lost(loss, of: client.identity, adapter: settings.adapterName, at: now.date))
    }

    /// Tells the inbox what was said where the bot can hear it.
    ///
    /// - Parameter isWhole: whether the client gave all of the text as one, however long it is.
    mutating func report(
        _ command: String, _ text: String, at place: IncomingMessage.Place, from client: ServerClient, id: String,
        isWhole: Bool = false
    ) {
        guard command == "PRIVMSG" else { return }
        switch Speech(parsing: text) {
        case .text(let text):
            let message = IncomingMessage(place: place, sender: sender(client), text: text, id: id, at: now.date)
            let piece = isWhole ? nil : CutLine(text, from: client.source, to: place.target ?? settings.botNick)
            handOn(longLines.take(message, as: piece, from: client.id, at: now.uptime))
        case .ctcp(let question):
            guard let answer = ctcp.answer(question, at: now), let bot = clients[.bot] else { return }
            broadcast(IRCMessage("NOTICE", [client.displayName, answer.rendered]), from: bot, to: [client.id])
        case .empty: break
        }
    }

    /// Lines that are complete now.
    mutating func handOn(_ lines: [LongLines<ConnectionID>.Line]) {
        for line in lines { actions.append(.deliver(.message(line.message), from: line.origin)) }
    }

    /// What nothing followed is complete.
    mutating func endLongLines() {
        handOn(longLines.elapsed(at: now.uptime))
    }

    // MARK: - Who is there

    /// Tells the inbox that somebody came, unless another of her connections is there already.
    mutating func reportJoin(of client: ServerClient, to channel: ServerChannel) {
        guard hasBot(channel), !isPresent(client.identity, in: channel, besides: client.id) else { return }
        deliver(.joined(room(channel), sender(client), at: now.date))
    }

    /// Tells the inbox that somebody went, unless another of her connections stays.
    mutating func reportLeave(of client: ServerClient, from channel: ServerChannel) {
        guard hasBot(channel), !isPresent(client.identity, in: channel, besides: client.id) else { return }
        deliver(.left(room(channel), client.identity, at: now.date))
    }

    private func isPresent(_ identity: Identity, in channel: ServerChannel, besides id: ConnectionID) -> Bool {
        (connectionsByIdentity[identity] ?? []).contains { $0 != id && channel.members[$0] != nil }
    }
}

extension IncomingMessage.Place {
    /// The channel that it is.
    fileprivate var target: String? {
        if case .room(let room) = self { room.name } else { nil }
    }
}
