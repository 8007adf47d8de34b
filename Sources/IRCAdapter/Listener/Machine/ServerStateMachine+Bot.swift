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
    mutating func report(
        _ command: String, _ text: String, at place: IncomingMessage.Place, from client: ServerClient, id: String
    ) {
        guard command == "PRIVMSG" else { return }
        switch Speech(parsing: text) {
        case .text(let text):
            let message = IncomingMessage(place: place, sender: sender(client), text: text, id: id, at: now.date)
            deliver(.message(message), from: client.id)
        case .ctcp(let question):
            guard let answer = ctcp.answer(question, at: now), let bot = clients[.bot] else { return }
            broadcast(IRCMessage("NOTICE", [client.displayName, answer.rendered]), from: bot, to: [client.id])
        case .empty: break
        }
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
