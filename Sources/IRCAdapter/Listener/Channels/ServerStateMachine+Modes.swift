import FoundationEssentials
import IRCProtocol

/// MODE of users `i o B`, and what a channel's modes are; ``ServerStateMachine/change(_:_:from:)`` changes them.
extension ServerStateMachine {
    mutating func mode(_ message: IRCMessage, from client: ServerClient) {
        let target = message.parameters[0]
        if target.begins(with: "#") {
            guard let channel = channel(named: target), isVisible(channel, to: client) else {
                return reply(.noSuchChannel, [target, "No such channel"], to: client)
            }
            guard let letters = message.parameter(1), !letters.isEmpty else {
                return showModes(of: channel, to: client)
            }
            change(channel, ModeChange.parse(letters, Array(message.parameters.dropFirst(2))), from: client)
        } else if self.client(named: target) != nil {
            userMode(message, target: target, from: client)
        } else {
            reply(.noSuchNick, [target, "No such nick/channel"], to: client)
        }
    }

    private mutating func showModes(of channel: ServerChannel, to client: ServerClient) {
        let isMember = channel.members[client.id] != nil
        reply(.channelModeIs, [channel.name] + channel.modes(showingKey: isMember), to: client)
        reply(.creationTime, [channel.name, "\(Int(channel.createdAt.timeIntervalSince1970))"], to: client)
    }

    private mutating func userMode(_ message: IRCMessage, target: String, from client: ServerClient) {
        guard mapping.fold(target) == client.foldedNick else {
            return reply(.usersDontMatch, ["Can't change or view mode of other users"], to: client)
        }
        guard let letters = message.parameter(1) else { return reply(.uModeIs, [client.modes], to: client) }
        var changed = client
        var isUnknown = false
        for change in ModeChange.parse(letters, []) {
            switch change.letter {
            case "i": changed.isInvisible = change.isAdding
            case "B": changed.isBot = change.isAdding
            // Only OPER makes an operator.
            case "o": changed.isOperator = changed.isOperator && change.isAdding
            default: isUnknown = true
            }
        }
        if isUnknown { reply(.uModeUnknownFlag, ["Unknown mode flag"], to: client) }
        clients[client.id] = changed
        let done = Self.difference(from: client.modes, to: changed.modes)
        guard !done.isEmpty else { return }
        broadcast(IRCMessage("MODE", [client.displayName, done]), from: client, to: [client.id])
    }

    /// `+B-i`: what is in the one and not in the other.
    private static func difference(from old: String, to new: String) -> String {
        let added = new.filter { !old.contains($0) }
        let removed = old.filter { !new.contains($0) }
        return (added.isEmpty ? "" : "+\(added)") + (removed.isEmpty ? "" : "-\(removed)")
    }
}
