import FoundationEssentials
import IRCProtocol

/// The lists of masks of a channel: bans, exceptions from them, lasting invitations.
extension ServerStateMachine {
    func isBanned(_ client: ServerClient, from channel: ServerChannel) -> Bool {
        matches(client, "b", of: channel) && !matches(client, "e", of: channel)
    }

    func matches(_ client: ServerClient, _ list: Unicode.Scalar, of channel: ServerChannel) -> Bool {
        guard let entries = channel.lists[list], !entries.isEmpty else { return false }
        let source = client.source.rawValue
        return entries.contains { Mask($0.mask, mapping: mapping).matches(source) }
    }

    mutating func setEntry(_ change: ModeChange, in folded: String, from client: ServerClient) -> ModeChange? {
        guard let text = change.parameter, !text.isEmpty, let channel = channels[folded] else { return nil }
        let mask = cut(Self.completed(text), to: ServerLimits.maskLength)
        let entries = channel.lists[change.letter] ?? []
        let index = entries.firstIndex { mapping.fold($0.mask) == mapping.fold(mask) }
        switch (change.isAdding, index) {
        case (true, nil):
            guard channel.lists.values.reduce(0, { $0 + $1.count }) < ServerLimits.listLength else {
                reply(.banListFull, [channel.name, mask, "Channel list is full"], to: client)
                return nil
            }
            let entry = ServerChannel.Entry(mask: mask, setBy: client.source.rawValue, at: now.date)
            channels[folded]?.lists[change.letter, default: []].append(entry)
        case (false, let index?): channels[folded]?.lists[change.letter]?.remove(at: index)
        case (true, .some), (false, nil): return nil
        }
        return ModeChange(isAdding: change.isAdding, letter: change.letter, parameter: mask)
    }

    /// `anna` is `anna!*@*`, `*@host` is `*!*@host`.
    static func completed(_ mask: String) -> String {
        switch (mask.utf8.contains(UInt8(ascii: "!")), mask.utf8.contains(UInt8(ascii: "@"))) {
        case (true, true): mask
        case (true, false): "\(mask)@*"
        case (false, true): "*!\(mask)"
        case (false, false): "\(mask)!*@*"
        }
    }

    mutating func sendList(_ letter: Unicode.Scalar, of channel: ServerChannel, to client: ServerClient) {
        guard letter == "b" || channel.members[client.id]?.isOperator == true else {
            return reply(.chanOPrivsNeeded, [channel.name, "You're not channel operator"], to: client)
        }
        let (entry, end, name): (Numeric, Numeric, String) =
            switch letter {
            case "b": (.banList, .endOfBanList, "ban")
            case "e": (.exceptList, .endOfExceptList, "exception")
            default: (.invExList, .endOfInvExList, "invite exception")
            }
        for item in channel.lists[letter] ?? [] {
            reply(entry, [channel.name, item.mask, item.setBy, "\(Int(item.at.timeIntervalSince1970))"], to: client)
        }
        reply(end, [channel.name, "End of channel \(name) list"], to: client)
    }
}
