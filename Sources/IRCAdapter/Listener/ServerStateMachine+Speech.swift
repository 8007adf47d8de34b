import DialogEngine
import Facilitation
import IRCProtocol

/// PRIVMSG, NOTICE, TAGMSG, AWAY; and what the bot says.
extension ServerStateMachine {
    mutating func speak(_ message: IRCMessage, from client: ServerClient) {
        let command = message.verb
        let isTagsOnly = command == "TAGMSG"
        // NOTICE is never answered, not even with an error (RFC 2812 section 3.3.2).
        let mayAnswer = command != "NOTICE"
        guard let targets = message.parameter(0), !targets.isEmpty else {
            if mayAnswer { reply(.noRecipient, ["No recipient given (\(command))"], to: client) }
            return
        }
        let text = message.parameter(1) ?? ""
        guard isTagsOnly || !text.isEmpty else {
            if mayAnswer { reply(.noTextToSend, ["No text to send"], to: client) }
            return
        }
        clients[client.id]?.lastSpoke = now.date
        var names: [String] = []
        for name in targets.split(separator: ",").map(String.init) where !names.contains(name) { names.append(name) }
        guard names.count <= ServerLimits.targets else {
            if mayAnswer { reply(.tooManyTargets, [targets, "Too many targets"], to: client) }
            return
        }
        let clientTags = message.tags.filter { $0.key.hasPrefix("+") }
        for name in names {
            let line = IRCMessage(command, isTagsOnly ? [name] : [name, text], source: client.source)
            pass(line, to: name, from: client, clientTags: clientTags)
        }
    }

    /// Hands one line on to one target.
    private mutating func pass(
        _ line: IRCMessage, to name: String, from client: ServerClient, clientTags: [String: String]
    ) {
        var line = line
        let messageID = nextMessageID()
        var tags = clientTags
        tags["msgid"] = messageID
        if name.hasPrefix("#") {
            guard let channel = channel(named: name) else {
                return refuse(line, .noSuchChannel, [name, "No such channel"], to: client)
            }
            guard channel.members[client.id] != nil || !channel.refusesOutsiders else {
                return refuse(line, .cannotSendToChan, [channel.name, "Cannot send to channel"], to: client)
            }
            line.parameters[0] = channel.name
            var receivers = Set(channel.members.keys)
            receivers.remove(client.id)
            sendSpeech(line, to: receivers, tags: tags)
            echo(line, to: client, tags: tags)
            report(line, at: .room(room(channel)), from: client, id: messageID)
        } else if isBot(name) {
            line.parameters[0] = settings.botNick
            echo(line, to: client, tags: tags)
            report(line, at: .privately(adapter: settings.adapterName), from: client, id: messageID)
        } else if let receiver = self.client(named: name) {
            line.parameters[0] = receiver.displayName
            sendSpeech(line, to: [receiver.id], tags: tags)
            if receiver.id != client.id { echo(line, to: client, tags: tags) }
            if let away = receiver.away, line.verb == "PRIVMSG" {
                reply(.away, [receiver.displayName, away], to: client)
            }
        } else {
            refuse(line, .noSuchNick, [name, "No such nick/channel"], to: client)
        }
    }

    private mutating func refuse(
        _ line: IRCMessage, _ numeric: Numeric, _ parameters: [String], to client: ServerClient
    ) {
        if line.verb != "NOTICE" { reply(numeric, parameters, to: client) }
    }

    private mutating func echo(_ line: IRCMessage, to client: ServerClient, tags: [String: String]) {
        guard client.capabilities.contains(.echoMessage) else { return }
        sendSpeech(line, to: [client.id], tags: tags)
    }

    /// TAGMSG means nothing to a client without `message-tags`.
    private mutating func sendSpeech(_ line: IRCMessage, to ids: Set<ConnectionID>, tags: [String: String]) {
        let receivers =
            line.verb == "TAGMSG"
            ? ids.filter { clients[$0]?.capabilities.contains(.messageTags) == true } : ids
        broadcast(line, to: receivers, clientTags: tags)
    }

    /// Tells the inbox what was said where the bot can hear it.
    private mutating func report(
        _ line: IRCMessage, at place: IncomingMessage.Place, from client: ServerClient, id: String
    ) {
        guard line.verb == "PRIVMSG" else { return }
        switch Speech(parsing: line.parameters[1]) {
        case .text(let text):
            let message = IncomingMessage(place: place, sender: sender(client), text: text, id: id, at: now.date)
            deliver(.message(message), from: client.id)
        case .ctcp(let question):
            guard let answer = ctcp.answer(question, at: now) else { return }
            let notice = IRCMessage("NOTICE", [client.displayName, answer.rendered], source: botSource)
            broadcast(notice, to: [client.id])
        case .empty: break
        }
    }

    mutating func away(_ message: IRCMessage, from client: ServerClient) {
        let text = message.parameter(0).map { Splitting.pieces(of: $0, limit: ServerLimits.awayLength)[0] } ?? ""
        clients[client.id]?.away = text.isEmpty ? nil : text
        if text.isEmpty {
            reply(.unAway, ["You are no longer marked as being away"], to: client)
        } else {
            reply(.nowAway, ["You have been marked as being away"], to: client)
        }
        let line = IRCMessage("AWAY", text.isEmpty ? [] : [text], source: client.source)
        broadcast(line, to: neighbours(of: client).filter { knowsAway($0) })
    }

    func knowsAway(_ id: ConnectionID) -> Bool {
        clients[id]?.capabilities.contains(.awayNotify) == true
    }

    // MARK: - The bot

    mutating func say(_ message: OutgoingMessage, to destination: Destination) {
        switch destination {
        case .room(let room):
            guard room.adapter == settings.adapterName, let channel = channel(named: room.name) else { return }
            say(message, target: channel.name, to: Array(channel.members.keys))
        case .person(let identity, let adapter):
            guard adapter == settings.adapterName,
                let client = connectionsByIdentity[identity].flatMap({ clients[$0] }), client.isRegistered
            else { return }
            say(message, target: client.displayName, to: [client.id])
        }
    }

    private mutating func say(_ message: OutgoingMessage, target: String, to receivers: [ConnectionID]) {
        var source = botSource
        var text = message.text
        if case .relayed(let name) = message.manner {
            // Nobody's words are put into the mouth of somebody else who is here.
            if Self.isValidNick(name), !isBot(name), client(named: name) == nil {
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
            broadcast(IRCMessage(command, [target, piece], source: source), to: receivers, clientTags: tags)
        }
    }
}
