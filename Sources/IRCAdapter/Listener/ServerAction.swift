package import Facilitation
package import IRCProtocol

/// What the listener's shell is to do, in order.
package enum ServerAction: Hashable, Sendable {
    case send(IRCMessage, to: [ConnectionID])
    /// Put into the inbox; if that is full, the connection is told so.
    case deliver(Incoming, from: ConnectionID?)
    /// Close after everything sent so far is written.
    case close(ConnectionID)
}
