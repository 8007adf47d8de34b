package import Facilitation
package import IRCProtocol

/// What the client's shell is to do, in order.
package enum ClientAction: Hashable, Sendable {
    case write(IRCMessage)
    /// Put into the inbox; if that is full, the person called `nick` is told so.
    case deliver(Incoming, from: String?)
    case schedule(ClientTimer, after: Duration)
    /// Nobody needs to wait for this any more.
    case done(ticket: Int)
    /// End the link after what was written.
    case close
    /// Connect (again) after this time.
    case reconnect(after: Duration)
    case report(ClientReport)
}

/// What the operator may want to know; goes to the log.
package enum ClientReport: Hashable, Sendable {
    case online(nick: String)
    case joined(String)
    /// The network does not let the bot into the channel.
    case refused(String, numeric: String)
    case kicked(String, willRejoin: Bool)
    case banned
    case wrongPassword
    case saslFailed
    case saslNotOffered
    case pingTimeout
    case registrationTimeout
    /// Lines that were dropped because too many waited.
    case dropped
    /// The server ended the connection and says so.
    case serverError(String)
}
