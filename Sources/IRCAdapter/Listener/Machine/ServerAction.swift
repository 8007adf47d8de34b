package import Facilitation
package import IRCProtocol

/// What the listener's shell is to do, in order.
package enum ServerAction: Hashable, Sendable {
    case send(IRCMessage, to: [ConnectionID])
    /// Put into the inbox; if that is full, the connection is told so.
    case deliver(Incoming, from: ConnectionID?)
    /// Answer with ``ServerInput/lookedUp(_:account:_:nonce:)``, before any further line of the connection.
    case lookUp(account: String, for: ConnectionID)
    /// Answer with ``ServerInput/passwordChecked(_:account:)``, at once or later.
    case checkPassword(SASLPlain, for: ConnectionID)
    /// Keep the connection's further lines until ``release(_:)``.
    case hold(ConnectionID)
    case release(ConnectionID)
    /// Answer with ``ServerInput/wake`` when so much time has passed.
    case wake(after: Duration)
    /// Write into the log that somebody was not let in.
    case refused(SignInRefusal)
    /// Write into the log, now and then, that sign-ins are put off because too many wait.
    case putOff
    /// Answer with ``ServerInput/recalled(_:_:)``, before any further line of the connection.
    case recall([Room], for: ConnectionID)
    /// Keep what is set in the rooms of groups over a restart, in place of what was kept before.
    case keep([KeptRoom])
    /// Close after everything sent so far is written.
    case close(ConnectionID)

    func sends(to id: ConnectionID) -> Bool {
        guard case .send(_, let ids) = self else { return false }
        return ids.contains(id)
    }
}
