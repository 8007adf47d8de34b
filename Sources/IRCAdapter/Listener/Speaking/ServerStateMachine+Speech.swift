import Facilitation
import IRCProtocol

/// PRIVMSG, NOTICE, TAGMSG, AWAY.
extension ServerStateMachine {
    mutating func speak(_ message: IRCMessage, from client: ServerClient) {
        let isTagsOnly = message.verb == "TAGMSG"
        // A client that has not asked for tags sends none.
        let knowsTags = client.capabilities.contains(.messageTags)
        guard knowsTags || !isTagsOnly else { return unknown(message, from: client) }
        guard let targets = message.parameter(0), !targets.isEmpty else {
            return refuse(message, .noRecipient, ["No recipient given (\(message.verb))"], to: client)
        }
        let text = message.parameter(1) ?? ""
        guard isTagsOnly || !text.isEmpty else {
            return refuse(message, .noTextToSend, ["No text to send"], to: client)
        }
        clients[client.id]?.lastSpoke = now.date
        var names: [String] = []
        for name in targets.parts(at: ",") where !names.contains(name) { names.append(name) }
        guard names.count <= ServerLimits.targets else {
            return refuse(message, .tooManyTargets, [targets, "Too many targets"], to: client)
        }
        let tags = knowsTags ? message.tags.filter { $0.key.begins(with: "+") } : [:]
        for name in names {
            let line = IRCMessage(message.verb, isTagsOnly ? [name] : [name, text])
            pass(.line(line), to: name, tags: tags, from: client)
        }
    }

    /// What somebody says to one target.
    enum Statement {
        /// A PRIVMSG, NOTICE or TAGMSG.
        case line(IRCMessage)
        /// The lines of a complete batch.
        case batch(IncomingBatch)

        var verb: String {
            switch self {
            case .line(let message): message.verb
            case .batch(let batch): batch.verb ?? "PRIVMSG"
            }
        }
    }

    /// Hands a statement on to one target.
    mutating func pass(
        _ statement: Statement, to name: String, tags: [String: String], from client: ServerClient
    ) {
        let messageID = nextMessageID()
        var tags = tags
        tags["msgid"] = messageID
        if name.begins(with: "#") {
            guard let channel = channel(named: name) else {
                return refuse(statement.verb, .noSuchChannel, [name, "No such channel"], to: client)
            }
            guard maySpeak(client, in: channel) else {
                return refuse(statement.verb, .cannotSendToChan, [channel.name, "Cannot send to channel"], to: client)
            }
            let others = channel.members.keys.filter { $0 != client.id }
            relay(statement, as: channel.name, to: others, tags: tags, from: client)
            echo(statement, as: channel.name, tags: tags, to: client)
            if hasBot(channel) { report(statement, at: .room(room(channel)), from: client, id: messageID) }
        } else if let receiver = self.client(named: name) {
            relayPrivately(statement, to: receiver, tags: tags, from: client)
            echo(statement, as: receiver.displayName, tags: tags, to: client)
            if receiver.id == .bot {
                report(statement, at: .privately(adapter: settings.adapterName), from: client, id: messageID)
            } else if let away = receiver.away, statement.verb == "PRIVMSG" {
                reply(.away, [receiver.displayName, away], to: client)
            }
        } else {
            refuse(statement.verb, .noSuchNick, [name, "No such nick/channel"], to: client)
        }
    }

    private func maySpeak(_ client: ServerClient, in channel: ServerChannel) -> Bool {
        guard let membership = channel.members[client.id] else {
            return channel.flags.isDisjoint(with: [.noOutsiders, .moderated, .inviteOnly]) && channel.key == nil
                && !isClosed(channel) && !isBanned(client, from: channel)
        }
        if membership.isOperator || membership.hasVoice { return true }
        return !channel.flags.contains(.moderated) && !isBanned(client, from: channel)
    }

    /// What one says to oneself comes twice with `echo-message`: once as the reply, once besides.
    private mutating func relayPrivately(
        _ statement: Statement, to receiver: ServerClient, tags: [String: String], from client: ServerClient
    ) {
        let start = actions.count
        relay(statement, as: receiver.displayName, to: [receiver.id], tags: tags, from: client)
        guard receiver.id == client.id, client.capabilities.contains(.echoMessage) else { return }
        asides += actions[start...]
        actions.removeSubrange(start...)
    }

    private mutating func echo(
        _ statement: Statement, as target: String, tags: [String: String], to client: ServerClient
    ) {
        guard client.capabilities.contains(.echoMessage) else { return }
        relay(statement, as: target, to: [client.id], tags: tags, from: client)
    }

    private mutating func relay(
        _ statement: Statement, as target: String, to ids: [ConnectionID], tags: [String: String],
        from client: ServerClient
    ) {
        switch statement {
        case .line(var line):
            line.parameters[0] = target
            // TAGMSG means nothing to a client without `message-tags`.
            broadcast(
                line, from: client, to: line.verb == "TAGMSG" ? having(.messageTags, among: ids) : ids,
                clientTags: tags)
        case .batch(let batch): relay(batch, as: target, to: ids, tags: tags, from: client)
        }
    }

    private mutating func report(
        _ statement: Statement, at place: IncomingMessage.Place, from client: ServerClient, id: String
    ) {
        switch statement {
        case .line(let line):
            if line.verb == "PRIVMSG" { report(line.verb, line.parameters[1], at: place, from: client, id: id) }
        case .batch(let batch): report(statement.verb, batch.text, at: place, from: client, id: id, isWhole: true)
        }
    }

    /// NOTICE is never answered, not even with an error (RFC 2812 section 3.3.2).
    private mutating func refuse(
        _ verb: String, _ numeric: Numeric, _ parameters: [String], to client: ServerClient
    ) {
        if verb != "NOTICE" { reply(numeric, parameters, to: client) }
    }

    private mutating func refuse(
        _ message: IRCMessage, _ numeric: Numeric, _ parameters: [String], to client: ServerClient
    ) {
        refuse(message.verb, numeric, parameters, to: client)
    }

    // MARK: - AWAY

    mutating func away(_ message: IRCMessage, from client: ServerClient) {
        let text = message.parameter(0).map { cut($0, to: ServerLimits.awayLength) } ?? ""
        clients[client.id]?.away = text.isEmpty ? nil : text
        if text.isEmpty {
            reply(.unAway, ["You are no longer marked as being away"], to: client)
        } else {
            reply(.nowAway, ["You have been marked as being away"], to: client)
        }
        let others = neighbours(of: client).union(extendedWatchers(of: client))
        broadcast(
            IRCMessage("AWAY", text.isEmpty ? [] : [text]), from: client, to: having(.awayNotify, among: others))
    }
}
