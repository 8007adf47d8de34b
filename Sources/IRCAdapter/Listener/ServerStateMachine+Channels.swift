import Facilitation
import FoundationEssentials
import IRCProtocol

/// JOIN, PART, TOPIC, INVITE, KICK.
extension ServerStateMachine {
    /// `#`, then anything but space, comma, NUL, BEL, CR, LF (RFC 2812 section 1.3), and no control characters at all.
    static func isValidChannelName(_ name: String) -> Bool {
        guard name.hasPrefix("#"), (2...ServerLimits.channelLength).contains(name.utf8.count) else { return false }
        return !name.unicodeScalars.contains {
            $0 == " " || $0 == "," || $0.properties.generalCategory == .control
        }
    }

    mutating func join(_ message: IRCMessage, from client: ServerClient) {
        let names = message.parameters[0].split(separator: ",").map(String.init)
        if names == ["0"] {
            for name in client.channels.sorted() { leave(name, client: client, reason: nil) }
            return
        }
        for name in names { join(name, client: client) }
    }

    private mutating func join(_ name: String, client: ServerClient) {
        let folded = mapping.fold(name)
        guard Self.isValidChannelName(name) else {
            return reply(.noSuchChannel, [name, "No such channel"], to: client)
        }
        guard let joined = clients[client.id]?.channels, !joined.contains(folded) else { return }
        guard joined.count < ServerLimits.channelsPerClient else {
            return reply(.tooManyChannels, [name, "You have joined too many channels"], to: client)
        }
        let existing = channels[folded]
        guard existing != nil || channels.count < settings.maximumChannels else {
            return reply(.tooManyChannels, [name, "There are too many channels"], to: client)
        }
        var channel = existing ?? ServerChannel(name: name, isPermanent: false, createdAt: now.date)
        // Who opens a channel looks after it, as on other servers; in those of a group that is the bot.
        channel.members[client.id] = ServerChannel.Membership(isOperator: existing == nil)
        channels[folded] = channel
        clients[client.id]?.channels.insert(folded)
        announceJoin(of: client, to: channel)
        if channel.topic != nil { sendTopic(of: channel, to: client) }
        sendNames(of: channel, to: client)
        deliver(.joined(room(channel), sender(client), at: now.date))
    }

    private mutating func announceJoin(of client: ServerClient, to channel: ServerChannel) {
        let (extended, plain) = channel.members.keys.reduce(into: ([ConnectionID](), [ConnectionID]())) {
            let isExtended = clients[$1]?.capabilities.contains(.extendedJoin) == true
            if isExtended { $0.0.append($1) } else { $0.1.append($1) }
        }
        broadcast(IRCMessage("JOIN", [channel.name], source: client.source), to: plain)
        let long = IRCMessage("JOIN", [channel.name, "*", client.realName], source: client.source)
        broadcast(long, to: extended)
        if let away = client.away {
            let others = channel.members.keys.filter { $0 != client.id && knowsAway($0) }
            broadcast(IRCMessage("AWAY", [away], source: client.source), to: others)
        }
    }

    mutating func part(_ message: IRCMessage, from client: ServerClient) {
        for name in message.parameters[0].split(separator: ",").map(String.init) {
            guard let channel = channel(named: name) else {
                reply(.noSuchChannel, [name, "No such channel"], to: client)
                continue
            }
            guard channel.members[client.id] != nil else {
                reply(.notOnChannel, [channel.name, "You're not on that channel"], to: client)
                continue
            }
            leave(mapping.fold(name), client: client, reason: message.parameter(1))
        }
    }

    private mutating func leave(_ folded: String, client: ServerClient, reason: String?) {
        guard let channel = channels[folded] else { return }
        let message = IRCMessage("PART", [channel.name] + (reason.map { [$0] } ?? []), source: client.source)
        broadcast(message, to: channel.members.keys)
        removeMember(client.id, fromChannel: folded)
    }

    // MARK: - Topic

    mutating func topic(_ message: IRCMessage, from client: ServerClient) {
        guard var channel = channel(named: message.parameters[0]) else {
            return reply(.noSuchChannel, [message.parameters[0], "No such channel"], to: client)
        }
        guard let text = message.parameter(1) else { return sendTopic(of: channel, to: client) }
        guard let membership = channel.members[client.id] else {
            return reply(.notOnChannel, [channel.name, "You're not on that channel"], to: client)
        }
        guard membership.isOperator || !channel.protectsTopic else {
            return reply(.chanOPrivsNeeded, [channel.name, "You're not channel operator"], to: client)
        }
        let cut = Splitting.pieces(of: text, limit: ServerLimits.topicLength)[0]
        channel.topic = cut.isEmpty ? nil : .init(text: cut, setBy: client.source.rawValue, at: now.date)
        channels[mapping.fold(channel.name)] = channel
        broadcast(IRCMessage("TOPIC", [channel.name, cut], source: client.source), to: channel.members.keys)
    }

    private mutating func sendTopic(of channel: ServerChannel, to client: ServerClient) {
        guard let topic = channel.topic else {
            return reply(.noTopic, [channel.name, "No topic is set"], to: client)
        }
        reply(.topic, [channel.name, topic.text], to: client)
        let seconds = Int(topic.at.timeIntervalSince1970)
        reply(.topicWhoTime, [channel.name, topic.setBy, "\(seconds)"], to: client)
    }

    // MARK: - Others

    mutating func invite(_ message: IRCMessage, from client: ServerClient) {
        let (nick, name) = (message.parameters[0], message.parameters[1])
        guard let channel = channel(named: name) else {
            return reply(.noSuchChannel, [name, "No such channel"], to: client)
        }
        guard channel.members[client.id] != nil else {
            return reply(.notOnChannel, [channel.name, "You're not on that channel"], to: client)
        }
        if isBot(nick) {
            return reply(.userOnChannel, [settings.botNick, channel.name, "is already on channel"], to: client)
        }
        guard let invited = self.client(named: nick) else {
            return reply(.noSuchNick, [nick, "No such nick/channel"], to: client)
        }
        guard channel.members[invited.id] == nil else {
            return reply(.userOnChannel, [invited.displayName, channel.name, "is already on channel"], to: client)
        }
        reply(.inviting, [invited.displayName, channel.name], to: client)
        broadcast(
            IRCMessage("INVITE", [invited.displayName, channel.name], source: client.source), to: [invited.id])
    }

    mutating func kick(_ message: IRCMessage, from client: ServerClient) {
        let (name, nick) = (message.parameters[0], message.parameters[1])
        guard let channel = channel(named: name) else {
            return reply(.noSuchChannel, [name, "No such channel"], to: client)
        }
        guard let membership = channel.members[client.id] else {
            return reply(.notOnChannel, [channel.name, "You're not on that channel"], to: client)
        }
        guard membership.isOperator, !isBot(nick) else {
            return reply(.chanOPrivsNeeded, [channel.name, "You're not channel operator"], to: client)
        }
        guard let kicked = self.client(named: nick), channel.members[kicked.id] != nil else {
            return reply(.userNotInChannel, [nick, channel.name, "They aren't on that channel"], to: client)
        }
        let wanted = message.parameter(2) ?? ""
        let reason = wanted.isEmpty ? client.displayName : wanted
        let cut = Splitting.pieces(of: reason, limit: ServerLimits.kickLength)[0]
        broadcast(
            IRCMessage("KICK", [channel.name, kicked.displayName, cut], source: client.source),
            to: channel.members.keys)
        removeMember(kicked.id, fromChannel: mapping.fold(name))
    }
}
