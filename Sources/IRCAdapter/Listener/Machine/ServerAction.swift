package import Facilitation
package import IRCProtocol

/// What the listener's shell is to do, in order.
package enum ServerAction: Hashable, Sendable {
    case send(IRCMessage, to: [ConnectionID])
    /// Put into the inbox; if that is full, the connection is told so.
    case deliver(Incoming, from: ConnectionID?)
    /// Answer with ``ServerInput/lookedUp(_:account:_:nonce:)``, before any further line of the connection.
    case lookUp(account: String, for: ConnectionID)
    /// Answer with ``ServerInput/passwordChecked(_:account:)``, before any further line of the connection.
    case checkPassword(SASLPlain, for: ConnectionID)
    /// Answer with ``ServerInput/recalled(_:_:)``, before any further line of the connection.
    case recall([Room], for: ConnectionID)
    /// Come back with ``ServerInput/wake`` after this time.
    case wake(after: Duration)
    /// Close after everything sent so far is written.
    case close(ConnectionID)
}
