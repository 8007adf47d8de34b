import FoundationEssentials
import IRCProtocol

/// What networks and bouncers say again without being asked (IRCv3 `server-time`): it was said to nobody who is to act on it,
/// or was heard at its time.
extension ClientStateMachine {
    /// How many seconds clocks may differ, where the server's lines tell its time and where they do not.
    private static let (knownSkew, unknownSkew) = (2.0, 5.0)

    /// A line of the server's own shows what time it has.
    mutating func readClock(_ message: IRCMessage) {
        guard Int(message.verb) != nil || message.verb == "PONG", message.tags["batch"] == nil,
            let time = message.tags["time"].flatMap(ServerTime.parse)
        else { return }
        clockLead = time.timeIntervalSince(now.date)
    }

    /// Whether the line is from before the bot came, or was heard.
    mutating func isReplayed(_ spoken: ServerLine.Spoken) -> Bool {
        guard capabilities.contains(.serverTime), let at = spoken.at else { return false }
        let isNew = recentIDs.insert(Self.trace(spoken, at))
        if !isNew, spoken.id == nil { return true }
        let channel = channels[fold(spoken.target)]
        if let heard = channel?.heardBefore, at <= heard { return true }
        guard let since = channel == nil ? welcomedOn : channel?.joinedOn else { return false }
        let skew = clockLead == nil ? Self.unknownSkew : Self.knownSkew
        return at < since.addingTimeInterval((clockLead ?? 0) - skew)
    }

    /// Time, sender and text, which together are as good as an id.
    private static func trace(_ spoken: ServerLine.Spoken, _ at: Date) -> String {
        "\(at.timeIntervalSince1970) \(spoken.source.nick) \(spoken.target) \(spoken.speech.hashValue)"
    }
}
