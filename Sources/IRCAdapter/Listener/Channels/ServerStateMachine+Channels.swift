import Facilitation
import FoundationEssentials
import IRCProtocol

/// JOIN, PART, KICK: who is in a channel.
extension ServerStateMachine {
    /// `#`, then anything but space, comma, NUL, BEL, CR, LF (RFC 2812 section 1.3), and no control characters at all.
    static func isValidChannelName(_ name: String) -> Bool {
        guard name.begins(with: "#"), (2...ServerLimits.channelLength).contains(name.utf8.count) else { return false }
        return !name.unicodeScalars.contains {
            $0 == " " || $0 == "," || $0.properties.generalCategory == .control
        }
    }

    mutating func join(_ message: IRCMessage, from client: ServerClient) {
        let names = message.parameters[0].parts(at: ",")
        let keys = (message.parameter(1) ?? "").parts(at: ",", omittingEmpty: false)
        if names == ["0"] {
            for name in client.channels.sorted() { leave(name, client: client, reason: nil) }
            return
        }
        for (index, name) in names.enumerated() {
            join(name, key: index < keys.count ? keys[index] : nil, client: client)
        }
    }

    private mutating func join(_ name: String, key: String?, client: ServerClient) {
        let folded = mapping.fold(name)
        guard Self.isValidChannelName(name) else {
            return reply(.noSuchChannel, [name, "No such channel"], to: client)
        }
        guard let joined = clients[client.id]?.channels, !joined.contains(folded) else { return }
        guard joined.count < ServerLimits.channelsPerClient else {
            return reply(.tooManyChannels, [name, "You have joined too many channels"], to: client)
        }
        if let channel = channels[folded] {
            if let (numeric, text) = refusal(of: client, by: channel, key: key) {
                return reply(numeric, [channel.name, text], to: client)
            }
            enter(folded, client: client, asOperator: false)
        } else {
            guard channels.count < settings.maximumChannels else {
                return reply(.tooManyChannels, [name, "There are too many channels"], to: client)
            }
            channels[folded] = ServerChannel(name: name, isPermanent: false, createdAt: now.date)
            if settings.isBotEverywhere { addBot(to: folded) }
            // Who opens a channel looks after it, as on other servers; in those of a group that is the bot.
            enter(folded, client: client, asOperator: true)
        }
    }

    private mutating func enter(_ folded: String, client: ServerClient, asOperator isOperator: Bool) {
        channels[folded]?.members[client.id] = ServerChannel.Membership(isOperator: isOperator)
        channels[folded]?.invited.remove(client.id)
        clients[client.id]?.channels.insert(folded)
        guard let channel = channels[folded], let client = clients[client.id] else { return }
        announceJoin(of: client, to: channel)
        if channel.topic != nil { sendTopic(of: channel, to: client) }
        sendNames(of: channel, to: client)
        reportJoin(of: client, to: channel)
        greetFacilitator(client.id, in: folded)
    }

    /// Why the operator's list or the channel's modes keep `client` out; an invitation opens it but for the key, and
    /// changes nothing about the list.
    private func refusal(of client: ServerClient, by channel: ServerChannel, key: String?) -> (Numeric, String)? {
        guard isAdmitted(client, to: channel) else {
            return client.account == nil
                ? (.needReggedNick, "Cannot join channel: sign in to your account first")
                : (.inviteOnlyChan, "Cannot join channel: your account is not on its list")
        }
        // Who facilitates is not kept out of her own room by what she set, nor by what outlasted a restart.
        if facilitators[mapping.fold(channel.name)]?.contains(client.identity) == true { return nil }
        if let wanted = channel.key, key != wanted { return (.badChannelKey, "Cannot join channel (+k)") }
        if channel.invited.contains(client.id) { return nil }
        if isBanned(client, from: channel) { return (.bannedFromChan, "Cannot join channel (+b)") }
        if channel.flags.contains(.inviteOnly), !matches(client, "I", of: channel) {
            return (.inviteOnlyChan, "Cannot join channel (+i)")
        }
        if let limit = channel.limit, channel.members.count >= limit {
            return (.channelIsFull, "Cannot join channel (+l)")
        }
        return nil
    }

    private mutating func announceJoin(of client: ServerClient, to channel: ServerChannel) {
        let extended = having(.extendedJoin, among: channel.members.keys)
        let plain = Set(channel.members.keys).subtracting(extended)
        broadcast(IRCMessage("JOIN", [channel.name]), from: client, to: plain)
        broadcast(
            IRCMessage("JOIN", [channel.name, client.account ?? "*", client.realName]), from: client, to: extended)
        if let away = client.away {
            let others = having(.awayNotify, among: channel.members.keys.filter { $0 != client.id })
            broadcast(IRCMessage("AWAY", [away]), from: client, to: others)
        }
    }

    // MARK: - Leaving

    mutating func part(_ message: IRCMessage, from client: ServerClient) {
        for name in message.parameters[0].parts(at: ",") {
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
        let reason = reason.flatMap { $0.isEmpty ? nil : [$0] } ?? []
        broadcast(IRCMessage("PART", [channel.name] + reason), from: client, to: channel.members.keys)
        removeMember(client.id, fromChannel: folded)
    }

    /// One channel and several people, or a channel for each (RFC 2812 section 3.2.8).
    mutating func kick(_ message: IRCMessage, from client: ServerClient) {
        let names = message.parameters[0].parts(at: ",")
        let nicks = message.parameters[1].parts(at: ",")
        guard nicks.count <= ServerLimits.targets else {
            return reply(.tooManyTargets, [message.parameters[1], "Too many targets"], to: client)
        }
        guard names.count == 1 || names.count == nicks.count else {
            return reply(.needMoreParams, ["KICK", "As many channels as people, or one"], to: client)
        }
        for (index, nick) in nicks.enumerated() {
            guard let channel = operated(names[min(index, names.count - 1)], by: client) else { continue }
            kick(nick, from: channel, reason: message.parameter(2) ?? "", by: client)
        }
    }

    private mutating func kick(
        _ nick: String, from channel: ServerChannel, reason: String, by client: ServerClient
    ) {
        guard let kicked = self.client(named: nick) else {
            return reply(.noSuchNick, [nick, "No such nick/channel"], to: client)
        }
        guard kicked.id != .bot else {
            return reply(.chanOPrivsNeeded, [channel.name, "Nobody can kick the bot"], to: client)
        }
        guard channel.members[kicked.id] != nil else {
            return reply(.userNotInChannel, [nick, channel.name, "They aren't on that channel"], to: client)
        }
        let reason = cut(reason.isEmpty ? client.displayName : reason, to: ServerLimits.kickLength)
        broadcast(
            IRCMessage("KICK", [channel.name, kicked.displayName, reason]), from: client, to: channel.members.keys)
        removeMember(kicked.id, fromChannel: mapping.fold(channel.name))
    }

    /// The channel, where `client` is an operator of it; else she is told what is missing.
    mutating func operated(_ name: String, by client: ServerClient) -> ServerChannel? {
        guard let channel = joined(name, by: client) else { return nil }
        if channel.members[client.id]?.isOperator == true { return channel }
        reply(.chanOPrivsNeeded, [channel.name, "You're not channel operator"], to: client)
        return nil
    }

    /// The channel, where `client` is in it; else she is told what is missing.
    mutating func joined(_ name: String, by client: ServerClient) -> ServerChannel? {
        guard let channel = channel(named: name) else {
            reply(.noSuchChannel, [name, "No such channel"], to: client)
            return nil
        }
        if channel.members[client.id] != nil { return channel }
        reply(.notOnChannel, [channel.name, "You're not on that channel"], to: client)
        return nil
    }
}
