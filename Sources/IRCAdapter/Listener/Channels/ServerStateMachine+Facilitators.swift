import DialogEngine
import Facilitation
import IRCProtocol

/// Who facilitates a group is an operator of its channels: she closes them, invites, sends somebody away, sets the topic.
/// The bot gives the sign and takes it back; an operator by other ways stays one.
extension ServerStateMachine {
    mutating func setFacilitators(_ identities: Set<Identity>, of name: String) {
        let folded = mapping.fold(name)
        let former = facilitators[folded] ?? []
        facilitators[folded] = identities.isEmpty ? nil : identities
        guard let channel = channels[folded] else { return }
        let changes = channel.members.sorted { $0.key < $1.key }.compactMap { id, membership -> ModeChange? in
            guard id != .bot, let member = clients[id] else { return nil }
            let isOne = identities.contains(member.identity)
            guard isOne != former.contains(member.identity), isOne != membership.isOperator else { return nil }
            return ModeChange(isAdding: isOne, letter: "o", parameter: member.displayName)
        }
        change(changes, in: folded)
    }

    /// Gives a member her sign, where she facilitates and has none.
    mutating func greetFacilitator(_ id: ConnectionID, in folded: String) {
        guard let client = clients[id], facilitators[folded]?.contains(client.identity) == true,
            channels[folded]?.members[id]?.isOperator == false
        else { return }
        change([ModeChange(isAdding: true, letter: "o", parameter: client.displayName)], in: folded)
    }

    private mutating func change(_ changes: [ModeChange], in folded: String) {
        guard let bot = clients[.bot] else { return }
        var rest = changes[...]
        while !rest.isEmpty, let channel = channels[folded] {
            let some = Array(rest.prefix(ServerLimits.modesPerCommand))
            rest = rest.dropFirst(some.count)
            for change in some {
                guard let id = change.parameter.flatMap({ nicks[mapping.fold($0)] }) else { continue }
                channels[folded]?.members[id]?.isOperator = change.isAdding
            }
            broadcast(
                IRCMessage("MODE", [channel.name] + ModeChange.render(some)), from: bot, to: channel.members.keys)
        }
    }

    // MARK: - Rooms that are open to some accounts only

    /// Whether the operator's list lets this client in; where there is none, everybody.
    func isAdmitted(_ client: ServerClient, to channel: ServerChannel) -> Bool {
        guard let admitted = admitted[mapping.fold(channel.name)] else { return true }
        return client.account.map { admitted.contains(mapping.fold($0)) } ?? false
    }

    /// Sends away who is in a room already that is not open to her any more.
    mutating func sendAwayStrangers(from folded: String) {
        guard let channel = channels[folded], let bot = clients[.bot] else { return }
        for id in channel.members.keys.sorted() where id != .bot {
            guard let client = clients[id], !isAdmitted(client, to: channel),
                let members = channels[folded]?.members.keys
            else { continue }
            let kick = [channel.name, client.displayName, "This channel is open to the accounts on its list only"]
            broadcast(IRCMessage("KICK", kick, source: serverSource), from: bot, to: members)
            removeMember(id, fromChannel: folded)
        }
    }

    func isClosed(_ channel: ServerChannel) -> Bool { admitted[mapping.fold(channel.name)] != nil }
}
