import FoundationEssentials
import IRCProtocol

/// NAMES, LIST, USERHOST, ISON: who and what is there.
extension ServerStateMachine {
    /// A channel that is secret, or closed by the operator's list, is there for its members only.
    func isVisible(_ channel: ServerChannel, to client: ServerClient) -> Bool {
        !(channel.flags.contains(.secret) || isClosed(channel)) || channel.members[client.id] != nil
    }

    mutating func names(_ message: IRCMessage, from client: ServerClient) {
        guard let list = message.parameter(0), !list.isEmpty else {
            return reply(.endOfNames, ["*", "End of NAMES list"], to: client)
        }
        for name in list.parts(at: ",") {
            if let channel = channel(named: name), isVisible(channel, to: client) {
                showMembers(of: channel, to: client)
            }
        }
        reply(.endOfNames, [list, "End of NAMES list"], to: client)
    }

    mutating func sendNames(of channel: ServerChannel, to client: ServerClient) {
        showMembers(of: channel, to: client)
        reply(.endOfNames, [channel.name, "End of NAMES list"], to: client)
    }

    /// The members in the sequence in which they connected, the bot first, as many to a line as fit.
    private mutating func showMembers(of channel: ServerChannel, to client: ServerClient) {
        let hasHosts = client.capabilities.contains(.userhostInNames)
        let all = client.capabilities.contains(.multiPrefix)
        let members = visibleMembers(of: channel, for: client).map { member, membership in
            membership.prefix(all: all) + (hasHosts ? member.source.rawValue : member.displayName)
        }
        let head = [channel.flags.contains(.secret) || isClosed(channel) ? "@" : "=", channel.name]
        let limit = Splitting.room(
            source: serverSource, command: "353", target: "\(client.displayName) = \(channel.name)")
        for line in Splitting.lines(of: members, limit: limit) {
            reply(.namReply, head + [line], to: client)
        }
    }

    /// Who is invisible is seen only by those in the channel.
    func visibleMembers(
        of channel: ServerChannel, for client: ServerClient
    ) -> [(ServerClient, ServerChannel.Membership)] {
        let isMember = channel.members[client.id] != nil
        return channel.members.sorted { $0.key < $1.key }
            .compactMap { id, membership in clients[id].map { ($0, membership) } }
            .filter { isMember || !$0.0.isInvisible }
    }

    // MARK: - LIST

    mutating func list(_ message: IRCMessage, from client: ServerClient) {
        let filter = ListFilter(message.parameter(0) ?? "", mapping: mapping)
        reply(.listStart, ["Channel", "Users  Name"], to: client)
        for (_, channel) in channels.sorted(by: { $0.key < $1.key }) {
            guard isVisible(channel, to: client), filter.matches(channel, at: now.date) else { continue }
            reply(.list, [channel.name, "\(channel.members.count)", channel.topic?.text ?? ""], to: client)
        }
        reply(.listEnd, ["End of LIST"], to: client)
    }

    // MARK: - USERHOST, ISON

    mutating func userhost(_ message: IRCMessage, from client: ServerClient) {
        let replies = message.parameters.prefix(5).compactMap { nick -> String? in
            self.client(named: nick).map {
                let signs = ($0.isOperator ? "*" : "") + "=" + ($0.away == nil ? "+" : "-")
                return "\($0.displayName)\(signs)\($0.source.user)@\($0.source.host)"
            }
        }
        reply(.userHost, [replies.joined(separator: " ")], to: client)
    }

    mutating func ison(_ message: IRCMessage, from client: ServerClient) {
        let nicks = message.parameters.flatMap { $0.parts(at: " ") }.compactMap { nick in
            self.client(named: nick)?.displayName
        }
        reply(.isOn, [nicks.joined(separator: " ")], to: client)
    }
}
