import IRCProtocol

/// The bot's own nick: another one while it is taken, and back to it as soon as it is free.
extension ClientStateMachine {
    /// Refusals after which the server is not believed any more.
    private static let refusalLimit = 20
    private static let firstLook = Duration.seconds(5)
    private static let timeBetweenLooks = Duration.seconds(60)

    /// `lotse`, `lotse_`, `lotse__`, `lotse1`, `lotse2` …
    mutating func tryNextNick() {
        nickRefusals += 1
        guard nickRefusals <= Self.refusalLimit else { return close(.noNick, quitting: true) }
        nick =
            switch nickRefusals {
            case 1, 2: settings.nick + String(repeating: "_", count: nickRefusals)
            // Some networks cut at nine characters.
            default: settings.nick.prefix(6) + String(nickRefusals - 2)
            }
        write("NICK", nick)
    }

    /// Our nick has changed, by us or by the network: begin or end to watch over the one we would like to have.
    mutating func watchNick() {
        if !isMe(settings.nick) {
            schedule(.nick, after: Self.firstLook)
        } else if isWatchingNick {
            isWatchingNick = false
            write("MONITOR", "-", settings.nick)
        }
    }

    /// The network wants to keep our nick from us for a while, though nobody has it.
    mutating func lookForNickLater() {
        schedule(.nick, after: Self.timeBetweenLooks)
    }

    /// Where the network can watch, it is asked once, else again and again.
    mutating func checkNick() {
        guard !isMe(settings.nick) else { return }
        if support.hasMonitor, !isWatchingNick {
            isWatchingNick = true
            write("MONITOR", "+", settings.nick)
        } else {
            write("ISON", settings.nick)
            schedule(.nick, after: Self.timeBetweenLooks)
        }
    }

    /// Somebody who had this nick has it no more.
    mutating func becameFree(_ name: String) {
        if fold(name) == fold(settings.nick), !isMe(name) { write("NICK", settings.nick) }
    }

    /// RPL_ISON: who of those we asked for is there.
    mutating func present(_ nicks: [String]) {
        if !nicks.contains(where: { fold($0) == fold(settings.nick) }) { becameFree(settings.nick) }
    }
}
