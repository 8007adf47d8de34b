/// What the client's state machine has to know of a connection that stands.
package struct ClientLink: Hashable, Sendable {
    /// Whether it is encrypted, and the other side has proved who it is.
    package let isSecure: Bool
    /// Whether a password can be shown on it: it is secure, or does not leave this machine.
    package let keepsSecrets: Bool
    /// At random, new for each connection: printable ASCII without a comma.
    package let nonce: String

    package init(isSecure: Bool, keepsSecrets: Bool? = nil, nonce: String) {
        self.isSecure = isSecure
        self.keepsSecrets = keepsSecrets ?? isSecure
        self.nonce = nonce
    }
}
