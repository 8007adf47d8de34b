import FoundationEssentials
import IRCProtocol

/// WHOIS and WHOWAS: about one person.
extension ServerStateMachine {
    mutating func whois(_ message: IRCMessage, from client: ServerClient) {
        guard let nick = message.parameters.last?.parts(at: ",").first else {
            return reply(.noNicknameGiven, ["No nickname given"], to: client)
        }
        // `WHOIS server nick` asks a certain server; there is only this one.
        guard message.parameters.count < 2 || isMeant(message.parameters[0], by: client) else { return }
        if let other = self.client(named: nick) {
            sendWhois(other, to: client)
        } else {
            reply(.noSuchNick, [nick, "No such nick/channel"], to: client)
        }
        reply(.endOfWhois, [nick, "End of WHOIS list"], to: client)
    }

    private mutating func sendWhois(_ other: ServerClient, to client: ServerClient) {
        let nick = other.displayName
        reply(.whoisUser, [nick, other.source.user, other.host, "*", other.realName], to: client)
        if let account = other.account { reply(.whoisAccount, [nick, account, "is logged in as"], to: client) }
        if other.isOperator { reply(.whoisOperator, [nick, "is an IRC operator"], to: client) }
        if other.isBot { reply(.whoisBot, [nick, "is a bot on \(settings.networkName)"], to: client) }
        let limit = Splitting.room(source: serverSource, command: "319", target: "\(client.displayName) \(nick)")
        for line in Splitting.lines(of: channelList(of: other, seenBy: client), limit: limit) {
            reply(.whoisChannels, [nick, line], to: client)
        }
        reply(.whoisServer, [nick, settings.serverName, settings.networkName], to: client)
        if other.peer.isSecure, other.id != .bot {
            reply(.whoisSecure, [nick, "is using a secure connection"], to: client)
        }
        if let away = other.away { reply(.away, [nick, away], to: client) }
        guard other.id != .bot else { return }
        let idle = max(0, Int(now.date.timeIntervalSince(other.lastSpoke)))
        let since = Int(other.connectedAt.date.timeIntervalSince1970)
        reply(.whoisIdle, [nick, "\(idle)", "\(since)", "seconds idle, signon time"], to: client)
    }

    /// With the signs of the person in each; what an invisible one does is seen only from within.
    private func channelList(of other: ServerClient, seenBy client: ServerClient) -> [String] {
        let all = client.capabilities.contains(.multiPrefix)
        return other.channels.sorted().compactMap { channels[$0] }
            .filter {
                $0.members[client.id] != nil || other.id == client.id || isVisible($0, to: client) && !other.isInvisible
            }
            .map { ($0.members[other.id]?.prefix(all: all) ?? "") + $0.name }
    }

    // MARK: - WHOWAS

    /// Somebody who went, or was called otherwise, not long ago.
    struct Departed: Hashable, Sendable {
        let foldedNick: String
        let source: IRCMessage.Source
        let realName: String
        let date: String
        let at: Duration
    }

    /// Kept in memory only, and for ten minutes: long enough to find out who that was.
    mutating func remember(_ client: ServerClient) {
        departed.append(
            Departed(
                foldedNick: client.foldedNick, source: client.source, realName: client.realName,
                date: ServerTime.render(now.date), at: now.uptime))
        if departed.count > ServerLimits.departed { departed.removeFirst() }
    }

    mutating func whowas(_ message: IRCMessage, from client: ServerClient) {
        guard let nick = message.parameter(0), !nick.isEmpty else {
            return reply(.noNicknameGiven, ["No nickname given"], to: client)
        }
        let wanted = message.parameter(1).flatMap { Int($0) } ?? 0
        let pattern = Mask(nick, mapping: mapping)
        let known = departed.reversed().filter {
            pattern.matches($0.foldedNick) && now.uptime - $0.at <= ServerLimits.departedFor
        }
        for person in wanted > 0 ? Array(known.prefix(wanted)) : known {
            let source = person.source
            reply(.whowasUser, [source.nick, source.user, source.host, "*", person.realName], to: client)
            reply(.whoisServer, [source.nick, settings.serverName, person.date], to: client)
        }
        if known.isEmpty { reply(.wasNoSuchNick, [nick, "There was no such nickname"], to: client) }
        reply(.endOfWhowas, [nick, "End of WHOWAS"], to: client)
    }
}
