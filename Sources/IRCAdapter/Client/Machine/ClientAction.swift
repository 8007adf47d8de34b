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
    /// The network wants TLS, on this port: connect there from now on.
    case upgrade(port: Int)
    /// The network wants to be reached over TLS only for so long.
    case keepSTS(for: Duration)
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
    /// The bot is in the channel and may not speak.
    case muted(String, numeric: String)
    case kicked(String, willRejoin: Bool)
    case banned
    case wrongPassword
    case noNick
    case saslFailed
    /// There is no mechanism that both sides know.
    case saslNotOffered
    /// The server could not prove that it knows the account: it is not the one it claims to be.
    case saslImpostor
    case upgrading(port: Int)
    case pingTimeout
    case registrationTimeout
    /// The server sends what no server sends.
    case nonsense
    /// Lines that were dropped because too many waited.
    case dropped
    /// The server says FAIL, WARN or NOTE.
    case standardReply(kind: String, command: String, code: String)
    /// The server ends the connection and says so.
    case serverError(String)
}
