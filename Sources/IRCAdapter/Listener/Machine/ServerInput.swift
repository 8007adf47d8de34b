package import DialogEngine
package import Facilitation
package import IRCProtocol

/// What happens to the listener.
package enum ServerInput: Hashable, Sendable {
    case opened(ConnectionID, from: Peer)
    case frame(ConnectionID, IRCFrame)
    /// The connection is gone, as seen from the socket.
    case closed(ConnectionID)
    /// More waits to be sent to the peer than may; nothing further can be.
    case sendQueueExceeded(ConnectionID)
    /// The inbox was full when a line of this connection was delivered: it was not kept.
    case overloaded(ConnectionID)
    /// What is kept of the password of the account that was looked up; of one that does not exist, what nobody can
    /// match, so that names cannot be found out.
    case lookedUp(ConnectionID, account: String, SCRAMCredentials, nonce: String)
    /// The account whose password it was, or nil.
    case passwordChecked(ConnectionID, account: String?)
    /// What is kept of the rooms that were asked for; nil where it cannot be read.
    case recalled(ConnectionID, [Room: [PublicLine]]?)
    /// The accounts that there are; others were removed.
    case accounts(Set<String>)
    /// The rooms of groups that there are now, besides those of the start; and the accounts that they are open to, by their
    /// names: those that are missing there are open to everybody.
    case channels([String], members: [String: Set<String>])
    /// Who facilitates in this channel from now on, and nobody else.
    case facilitators(Set<Identity>, of: String)
    /// The bot speaks.
    case say(OutgoingMessage, to: Destination)
    /// Some seconds have passed.
    case tick
    /// What ``ServerAction/wake(after:)`` asked for.
    case wake
    /// So few files can still be opened that the rest of Lotse needs them: this newcomer is one too many, or nil where
    /// newcomers cannot even be heard.
    case crowded(ConnectionID?)
    /// Lotse is stopping.
    case shutdown
}
