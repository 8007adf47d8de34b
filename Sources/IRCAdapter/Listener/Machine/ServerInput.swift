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
    /// The bot speaks.
    case say(OutgoingMessage, to: Destination)
    /// Some seconds have passed.
    case tick
    /// The time of a ``ServerAction/wake(after:)`` has passed.
    case wake
    /// Lotse is stopping.
    case shutdown

    /// Where a connection comes from.
    package struct Peer: Hashable, Sendable {
        /// The numeric IP address.
        package let address: String
        package let isLoopback: Bool
        package let isSecure: Bool

        package init(address: String, isLoopback: Bool, isSecure: Bool) {
            self.address = address
            self.isLoopback = isLoopback
            self.isSecure = isSecure
        }

        /// Whether nobody on the way can read a password.
        var isConfidential: Bool { isSecure || isLoopback }
    }
}
