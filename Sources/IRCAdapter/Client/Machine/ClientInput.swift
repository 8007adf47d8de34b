package import Facilitation
package import IRCProtocol

/// What happens to the bot on a network.
package enum ClientInput: Hashable, Sendable {
    /// The link stands, encrypted if it has to be.
    case connected(ClientLink)
    case frame(IRCFrame)
    case elapsed(ClientTimer)
    /// The bot speaks; `ticket` is done when all of it has left or was dropped.
    case say(OutgoingMessage, to: Destination, ticket: Int)
    /// The channels of new groups.
    case channels([String])
    /// The inbox was full: this person's line was not kept.
    case overloaded(nick: String)
    /// The link is gone or never came about. `jitter`: at random from 0 to 1.
    case disconnected(jitter: Double)
    /// Lotse is stopping.
    case stop
}

/// What the machine wants to be reminded of; all timers end with the connection.
package enum ClientTimer: Hashable, Sendable {
    /// Not registered yet?
    case registration
    /// Nothing heard?
    case idle
    /// No answer to our PING?
    case pong
    /// Time for the next line of the queue.
    case sending
    /// Lines have left, and nothing shows yet that they arrived.
    case confirmation
    /// Time to see whether our nick is free.
    case nick
    /// The network has not told in time who is in the channel.
    case arrival(String)
    case rejoin(String)
    /// Time to read what the bot was written privately, whatever its channels are at.
    case letters
    /// No more of a long line is waited for.
    case longLine
    /// People who went out of sight are not coming back.
    case lost
}
