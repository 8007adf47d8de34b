import FoundationEssentials
import IRCProtocol

/// Changes of channel modes: `i m n s t`, `k l`, `o v`, and the lists `b e I`.
extension ServerStateMachine {
    mutating func change(_ channel: ServerChannel, _ changes: [ModeChange], from client: ServerClient) {
        // Clients ask for the ban list when they join; asking needs no rights.
        for query in changes where ModeChange.lists.contains(query.letter) && query.parameter == nil {
            sendList(query.letter, of: channel, to: client)
        }
        for change in changes where !Self.knownModes.contains(change.letter) {
            reply(.unknownMode, [String(change.letter), "is unknown mode char to me"], to: client)
        }
        let wanted = changes.filter {
            Self.knownModes.contains($0.letter) && !(ModeChange.lists.contains($0.letter) && $0.parameter == nil)
        }
        guard !wanted.isEmpty, operated(channel.name, by: client) != nil else { return }
        let folded = mapping.fold(channel.name)
        var done: [ModeChange] = []
        var limited = 0
        for change in wanted {
            if change.countsForLimit { limited += 1 }
            guard limited <= ServerLimits.modesPerCommand || !change.countsForLimit else { continue }
            if let change = apply(change, to: folded, from: client) { done.append(change) }
        }
        keepRooms(changedFrom: channel)
        guard !done.isEmpty, let members = channels[folded]?.members.keys else { return }
        broadcast(IRCMessage("MODE", [channel.name] + ModeChange.render(done)), from: client, to: members)
    }

    private static let knownModes: Set<Unicode.Scalar> = ["I", "b", "e", "i", "k", "l", "m", "n", "o", "s", "t", "v"]

    /// Does one change; nil where it changes nothing.
    private mutating func apply(_ change: ModeChange, to folded: String, from client: ServerClient) -> ModeChange? {
        switch change.letter {
        case "o", "v": setStatus(change, in: folded, from: client)
        case "k": setKey(change, of: folded, from: client)
        case "l": setLimit(change, of: folded, from: client)
        case "b", "e", "I": setEntry(change, in: folded, from: client)
        default: setFlag(change, of: folded)
        }
    }

    private mutating func setFlag(_ change: ModeChange, of folded: String) -> ModeChange? {
        guard let flag = ServerChannel.Flags.letters.first(where: { $0.letter == change.letter })?.flag,
            let flags = channels[folded]?.flags, flags.contains(flag) != change.isAdding
        else { return nil }
        channels[folded]?.flags.formSymmetricDifference(flag)
        return change
    }

    private mutating func setStatus(
        _ change: ModeChange, in folded: String, from client: ServerClient
    ) -> ModeChange? {
        guard let nick = change.parameter, let channel = channels[folded] else { return nil }
        guard let target = self.client(named: nick) else {
            reply(.noSuchNick, [nick, "No such nick/channel"], to: client)
            return nil
        }
        guard var membership = channel.members[target.id] else {
            reply(.userNotInChannel, [nick, channel.name, "They aren't on that channel"], to: client)
            return nil
        }
        // The bot keeps what it has.
        guard target.id != .bot else { return nil }
        if change.letter == "o" { membership.isOperator = change.isAdding }
        if change.letter == "v" { membership.hasVoice = change.isAdding }
        guard membership != channel.members[target.id] else { return nil }
        channels[folded]?.members[target.id] = membership
        return ModeChange(isAdding: change.isAdding, letter: change.letter, parameter: target.displayName)
    }

    private mutating func setKey(_ change: ModeChange, of folded: String, from client: ServerClient) -> ModeChange? {
        guard let channel = channels[folded] else { return nil }
        guard change.isAdding else {
            guard let key = channel.key else { return nil }
            channels[folded]?.key = nil
            return ModeChange(isAdding: false, letter: "k", parameter: key)
        }
        guard let key = change.parameter else {
            reply(.needMoreParams, ["MODE", "Not enough parameters"], to: client)
            return nil
        }
        guard Self.isValidKey(key) else {
            reply(.invalidKey, [channel.name, "Key is not well-formed"], to: client)
            return nil
        }
        channels[folded]?.key = key
        return change
    }

    /// One word that JOIN can name and a line can show.
    private static func isValidKey(_ key: String) -> Bool {
        (1...ServerLimits.keyLength).contains(key.utf8.count) && !key.begins(with: ":")
            && !key.unicodeScalars.contains { $0 == " " || $0 == "," || $0.properties.generalCategory == .control }
    }

    private mutating func setLimit(_ change: ModeChange, of folded: String, from client: ServerClient) -> ModeChange? {
        guard let channel = channels[folded] else { return nil }
        guard change.isAdding else {
            guard channel.limit != nil else { return nil }
            channels[folded]?.limit = nil
            return change
        }
        guard let text = change.parameter else {
            reply(.needMoreParams, ["MODE", "Not enough parameters"], to: client)
            return nil
        }
        guard let limit = Int(text), limit > 0 else {
            reply(.invalidModeParam, [channel.name, "l", text, "A limit is a number above zero"], to: client)
            return nil
        }
        channels[folded]?.limit = limit
        return ModeChange(isAdding: true, letter: "l", parameter: "\(limit)")
    }
}
