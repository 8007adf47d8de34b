/// A SASL mechanism that the bot knows, the best first.
public enum SASLMechanism: String, CaseIterable, Hashable, Sendable {
    /// The client certificate of the TLS link says it all.
    case external = "EXTERNAL"
    /// Both sides prove that they know the password, and neither shows it.
    case scramSHA256 = "SCRAM-SHA-256"
    /// Name and password in clear.
    case plain = "PLAIN"
}

/// The bot's account on a network, and how it may prove that.
package struct SASLAccount: Hashable, Sendable {
    let name: String
    let password: String?
    /// Whether the TLS link shows a client certificate.
    let hasCertificate: Bool
    /// What may be tried, the best first.
    let mechanisms: [SASLMechanism]
    /// Whether the bot stays away where the login fails, rather than go on as a stranger.
    let isRequired: Bool

    package init(
        name: String, password: String?, hasCertificate: Bool = false,
        mechanisms: [SASLMechanism] = SASLMechanism.allCases, isRequired: Bool = true
    ) {
        self.name = name
        self.password = password
        self.hasCertificate = hasCertificate
        self.mechanisms = mechanisms
        self.isRequired = isRequired
    }
}

extension SASLAccount: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "***" }
    package var debugDescription: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
