import FoundationEssentials
import IRCProtocol

/// MODE: channel modes `n`, `t`, `o`, `v`; user mode `i`.
extension ServerStateMachine {
    mutating func mode(_ message: IRCMessage, from client: ServerClient) {
        let target = message.parameters[0]
        if target.hasPrefix("#") {
            guard let channel = channel(named: target) else {
                return reply(.noSuchChannel, [target, "No such channel"], to: client)
            }
            if let changes = message.parameter(1) {
                change(channel, changes, Array(message.parameters.dropFirst(2)), from: client)
            } else {
                let created = Int(channel.createdAt.timeIntervalSince1970)
                reply(.channelModeIs, [channel.name, channel.modes], to: client)
                reply(.creationTime, [channel.name, "\(created)"], to: client)
            }
        } else if isBot(target) || self.client(named: target) != nil {
            userMode(message, target: target, from: client)
        } else {
            reply(.noSuchNick, [target, "No such nick/channel"], to: client)
        }
    }

    // MARK: - Users

    private mutating func userMode(_ message: IRCMessage, target: String, from client: ServerClient) {
        guard mapping.fold(target) == mapping.fold(client.displayName) else {
            return reply(.usersDontMatch, ["Can't change or view mode of other users"], to: client)
        }
        guard let changes = message.parameter(1) else {
            return reply(.uModeIs, [client.isInvisible ? "+i" : "+"], to: client)
        }
        var isAdding = true
        var isInvisible = client.isInvisible
        for letter in changes {
            switch letter {
            case "+": isAdding = true
            case "-": isAdding = false
            case "i": isInvisible = isAdding
            default: reply(.uModeUnknownFlag, ["Unknown mode flag"], to: client)
            }
        }
        guard isInvisible != client.isInvisible else { return }
        clients[client.id]?.isInvisible = isInvisible
        let change = IRCMessage("MODE", [client.displayName, isInvisible ? "+i" : "-i"], source: client.source)
        broadcast(change, to: [client.id])
    }

    // MARK: - Channels

    /// One letter of a change, with its sign.
    private struct Change {
        let isAdding: Bool
        let letter: Character
        let argument: String?
    }

    private mutating func change(
        _ channel: ServerChannel, _ letters: String, _ arguments: [String], from client: ServerClient
    ) {
        var changes = Self.changes(letters, arguments)
        // Clients ask for the ban list when they join; it is always empty here, and asking needs no rights.
        if changes.contains(where: { $0.letter == "b" && $0.argument == nil }) {
            reply(.endOfBanList, [channel.name, "End of channel ban list"], to: client)
            changes.removeAll { $0.letter == "b" && $0.argument == nil }
        }
        for change in changes where !"ntov".contains(change.letter) {
            reply(.unknownMode, [String(change.letter), "is unknown mode char to me"], to: client)
        }
        changes = changes.filter { "ntov".contains($0.letter) }
        guard !changes.isEmpty else { return }
        guard let membership = channel.members[client.id] else {
            return reply(.notOnChannel, [channel.name, "You're not on that channel"], to: client)
        }
        guard membership.isOperator else {
            return reply(.chanOPrivsNeeded, [channel.name, "You're not channel operator"], to: client)
        }
        apply(changes, to: channel, from: client)
    }

    private static func changes(_ letters: String, _ arguments: [String]) -> [Change] {
        var isAdding = true
        var arguments = arguments[...]
        var changes: [Change] = []
        for letter in letters {
            switch letter {
            case "+": isAdding = true
            case "-": isAdding = false
            case "o", "v", "b":
                changes.append(.init(isAdding: isAdding, letter: letter, argument: arguments.popFirst()))
            default: changes.append(.init(isAdding: isAdding, letter: letter, argument: nil))
            }
        }
        return changes
    }

    private mutating func apply(_ changes: [Change], to channel: ServerChannel, from client: ServerClient) {
        var changed = channel
        var done: [(sign: String, letter: Character, argument: String?)] = []
        for change in changes.prefix(ServerLimits.modesPerCommand) {
            let before = changed
            var name: String?
            switch change.letter {
            case "n": changed.refusesOutsiders = change.isAdding
            case "t": changed.protectsTopic = change.isAdding
            default:
                guard let nick = change.argument, let target = self.client(named: nick),
                    channel.members[target.id] != nil
                else {
                    if let nick = change.argument, !isBot(nick) {
                        reply(.userNotInChannel, [nick, channel.name, "They aren't on that channel"], to: client)
                    }
                    continue
                }
                name = target.displayName
                if change.letter == "o" {
                    changed.members[target.id]?.isOperator = change.isAdding
                } else {
                    changed.members[target.id]?.hasVoice = change.isAdding
                }
            }
            if changed != before { done.append((change.isAdding ? "+" : "-", change.letter, name)) }
        }
        guard !done.isEmpty else { return }
        channels[mapping.fold(channel.name)] = changed
        var letters = ""
        var sign = ""
        for change in done {
            if change.sign != sign { letters += change.sign }
            sign = change.sign
            letters.append(change.letter)
        }
        let parameters = [channel.name, letters] + done.compactMap(\.argument)
        broadcast(IRCMessage("MODE", parameters, source: client.source), to: changed.members.keys)
    }
}
