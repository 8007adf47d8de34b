import FoundationEssentials
import IRCProtocol

/// WHO, also with the fields of WHOX.
extension ServerStateMachine {
    mutating func who(_ message: IRCMessage, from client: ServerClient) {
        let mask = message.parameter(0).flatMap { $0.isEmpty ? nil : $0 } ?? "*"
        let options = message.parameter(1) ?? ""
        let fields = WhoFields(options)
        let onlyOperators = options.prefix { $0 != "%" }.contains("o")
        for (other, channel) in asked(mask, by: client) where !onlyOperators || other.isOperator {
            if let fields {
                let values = fields.values(of: whoLine(other, in: channel, for: client))
                reply(.whoSpcRpl, values, to: client)
            } else {
                reply(.whoReply, whoLine(other, in: channel, for: client).plain, to: client)
            }
        }
        reply(.endOfWho, [mask, "End of WHO list"], to: client)
    }

    /// The members of a channel, or whoever `mask` matches by nick, user, host, real name or account.
    private func asked(_ mask: String, by client: ServerClient) -> [(ServerClient, ServerChannel?)] {
        if mask.begins(with: "#") {
            guard let channel = channel(named: mask), isVisible(channel, to: client) else { return [] }
            return visibleMembers(of: channel, for: client).map { ($0.0, channel) }
        }
        // Who is named in full is found, invisible or not.
        if let named = self.client(named: mask) { return [(named, nil)] }
        let pattern = Mask(mask == "0" ? "*" : mask, mapping: mapping)
        let neighbours = neighbours(of: client).union([client.id])
        let found = nicks.values.sorted().lazy.compactMap { clients[$0] }
            .filter { !$0.isInvisible || neighbours.contains($0.id) }
            .filter { other in
                [other.displayName, other.source.user, other.host, other.realName, other.account ?? "*"]
                    .contains(where: pattern.matches)
            }
        return found.prefix(ServerLimits.whoReplies).map { ($0, nil) }
    }

    private func whoLine(_ other: ServerClient, in channel: ServerChannel?, for client: ServerClient) -> WhoLine {
        let all = client.capabilities.contains(.multiPrefix)
        let signs = channel?.members[other.id]?.prefix(all: all) ?? ""
        let flags = (other.away == nil ? "H" : "G") + (other.isOperator ? "*" : "") + (other.isBot ? "B" : "") + signs
        return WhoLine(
            channel: channel?.name ?? "*", user: other.source.user, host: other.host, server: settings.serverName,
            nick: other.displayName, flags: flags, idle: max(0, Int(now.date.timeIntervalSince(other.lastSpoke))),
            account: other.account, realName: other.realName)
    }
}
