import FoundationEssentials
import IRCProtocol

/// Who and what is there: NAMES, LIST, WHO, WHOIS, WHOWAS, USERHOST, ISON.
extension ServerStateMachine {
    // MARK: - NAMES, LIST

    mutating func names(_ message: IRCMessage, from client: ServerClient) {
        guard let list = message.parameter(0), !list.isEmpty else {
            return reply(.endOfNames, ["*", "End of NAMES list"], to: client)
        }
        for name in list.split(separator: ",").map(String.init) {
            if let channel = channel(named: name) {
                sendNames(of: channel, to: client)
            } else {
                reply(.endOfNames, [name, "End of NAMES list"], to: client)
            }
        }
    }

    /// The bot first, then the members by nick, as many to a line as fit.
    mutating func sendNames(of channel: ServerChannel, to client: ServerClient) {
        let hasHosts = client.capabilities.contains(.userhostInNames)
        let all = client.capabilities.contains(.multiPrefix)
        let members = visibleMembers(of: channel, for: client).map { member, membership in
            membership.prefix(all: all) + (hasHosts ? member.source.rawValue : member.displayName)
        }
        let bot = "@" + (hasHosts ? botSource.rawValue : settings.botNick)
        let head = ["=", channel.name]
        let limit = Splitting.room(
            source: serverSource, command: "353", target: "\(client.displayName) = \(channel.name)")
        for line in Splitting.lines(of: [bot] + members, limit: limit) {
            reply(.namReply, head + [line], to: client)
        }
        reply(.endOfNames, [channel.name, "End of NAMES list"], to: client)
    }

    /// By nick; who is invisible is seen only by those in the channel.
    private func visibleMembers(
        of channel: ServerChannel, for client: ServerClient
    ) -> [(ServerClient, ServerChannel.Membership)] {
        let isMember = channel.members[client.id] != nil
        return channel.members.compactMap { id, membership in clients[id].map { ($0, membership) } }
            .filter { isMember || !$0.0.isInvisible }
            .sorted { $0.0.foldedNick < $1.0.foldedNick }
    }

    mutating func list(_ message: IRCMessage, from client: ServerClient) {
        let wanted = message.parameter(0)?.split(separator: ",").map { Mask(String($0), mapping: mapping) }
        reply(.listStart, ["Channel", "Users  Name"], to: client)
        for (_, channel) in channels.sorted(by: { $0.key < $1.key }) {
            guard wanted?.contains(where: { $0.matches(channel.name) }) ?? true else { continue }
            let count = "\(channel.members.count + 1)"
            reply(.list, [channel.name, count, channel.topic?.text ?? ""], to: client)
        }
        reply(.listEnd, ["End of LIST"], to: client)
    }

    // MARK: - WHO, WHOIS

    mutating func who(_ message: IRCMessage, from client: ServerClient) {
        let mask = message.parameter(0) ?? "*"
        if let channel = channel(named: mask) {
            sendWho(nil, in: channel, membership: nil, to: client)
            for (member, membership) in visibleMembers(of: channel, for: client) {
                sendWho(member, in: channel, membership: membership, to: client)
            }
        } else if !mask.hasPrefix("#") {
            let pattern = Mask(mask == "0" ? "*" : mask, mapping: mapping)
            if pattern.matches(settings.botNick) { sendWho(nil, in: nil, membership: nil, to: client) }
            let neighbours = neighbours(of: client).union([client.id])
            for id in nicks.sorted(by: { $0.key < $1.key }).map(\.value) {
                guard let other = clients[id], !other.isInvisible || neighbours.contains(id) else { continue }
                if pattern.matches(other.displayName) { sendWho(other, in: nil, membership: nil, to: client) }
            }
        }
        reply(.endOfWho, [mask, "End of WHO list"], to: client)
    }

    /// One line of WHO about `other`, or about the bot where that is nil.
    private mutating func sendWho(
        _ other: ServerClient?, in channel: ServerChannel?, membership: ServerChannel.Membership?,
        to client: ServerClient
    ) {
        let source = other?.source ?? botSource
        let all = client.capabilities.contains(.multiPrefix)
        let prefix = other == nil ? (channel == nil ? "" : "@") : membership?.prefix(all: all) ?? ""
        reply(
            .whoReply,
            [
                channel?.name ?? "*", source.user, source.host, settings.serverName, source.nick,
                (other?.away == nil ? "H" : "G") + prefix, "0 \(other?.realName ?? "Lotse")",
            ], to: client)
    }

    mutating func whois(_ message: IRCMessage, from client: ServerClient) {
        // `WHOIS server nick` asks a certain server; there is only this one.
        guard let nick = message.parameters.last?.split(separator: ",").first.map(String.init) else {
            return reply(.noNicknameGiven, ["No nickname given"], to: client)
        }
        let other = self.client(named: nick)
        if other != nil || isBot(nick) {
            sendWhois(other, to: client)
        } else {
            reply(.noSuchNick, [nick, "No such nick/channel"], to: client)
        }
        reply(.endOfWhois, [nick, "End of WHOIS list"], to: client)
    }

    private mutating func sendWhois(_ other: ServerClient?, to client: ServerClient) {
        let source = other?.source ?? botSource
        reply(
            .whoisUser, [source.nick, source.user, source.host, "*", other?.realName ?? "Lotse"], to: client)
        let limit = Splitting.room(
            source: serverSource, command: "319", target: "\(client.displayName) \(source.nick)")
        for line in Splitting.lines(of: channelList(of: other, seenBy: client), limit: limit) {
            reply(.whoisChannels, [source.nick, line], to: client)
        }
        reply(.whoisServer, [source.nick, settings.serverName, settings.networkName], to: client)
        guard let other else { return }
        if let away = other.away { reply(.away, [source.nick, away], to: client) }
        let idle = max(0, Int(now.date.timeIntervalSince(other.lastSpoke)))
        let since = Int(other.connectedAt.date.timeIntervalSince1970)
        reply(.whoisIdle, [source.nick, "\(idle)", "\(since)", "seconds idle, signon time"], to: client)
    }

    /// With the signs of the person in each; what an invisible one does is seen only from within.
    private func channelList(of other: ServerClient?, seenBy client: ServerClient) -> [String] {
        let all = client.capabilities.contains(.multiPrefix)
        guard let other else { return channels.values.map { "@\($0.name)" }.sorted() }
        return other.channels.sorted().compactMap { channels[$0] }
            .filter { !other.isInvisible || $0.members[client.id] != nil || other.id == client.id }
            .map { ($0.members[other.id]?.prefix(all: all) ?? "") + $0.name }
    }

    mutating func whowas(_ message: IRCMessage, from client: ServerClient) {
        guard let nick = message.parameter(0) else {
            return reply(.noNicknameGiven, ["No nickname given"], to: client)
        }
        // Nobody's coming and going is kept.
        reply(.wasNoSuchNick, [nick, "There was no such nickname"], to: client)
        reply(.endOfWhowas, [nick, "End of WHOWAS"], to: client)
    }

    mutating func userhost(_ message: IRCMessage, from client: ServerClient) {
        let replies = message.parameters.prefix(5).compactMap { nick -> String? in
            if isBot(nick) { return "\(settings.botNick)=+\(botSource.user)@\(botSource.host)" }
            return self.client(named: nick).map {
                "\($0.displayName)=\($0.away == nil ? "+" : "-")\($0.source.user)@\($0.source.host)"
            }
        }
        reply(.userHost, [replies.joined(separator: " ")], to: client)
    }

    mutating func ison(_ message: IRCMessage, from client: ServerClient) {
        let nicks = message.parameters.flatMap { $0.split(separator: " ") }.compactMap { nick -> String? in
            isBot(String(nick)) ? settings.botNick : self.client(named: String(nick))?.displayName
        }
        reply(.isOn, [nicks.joined(separator: " ")], to: client)
    }
}
