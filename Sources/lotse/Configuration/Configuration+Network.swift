import IRCAdapter

extension Configuration {
    /// An IRC network that Lotse joins as a client.
    struct Network: Hashable, Sendable {
        /// The adapter's name in rooms and accounts.
        var name: String
        var host: String
        var port: Int
        var tls = TLS()
        var nick = "lotse"
        var userName = "lotse"
        var realName = "Lotse"
        /// What the server wants to hear with PASS.
        var passwordFile: SecretFile?
        var sasl: SASL?
        /// Whether acknowledgements are reactions where the network can carry them.
        var reactions = false
        /// Where Lotse is present besides the rooms of its groups.
        var channels: [String] = []

        struct TLS: Hashable, Sendable {
            /// False for plain text; the rest counts where the network asks for TLS later (STS).
            var isEnabled = true
            /// A PEM file with the authorities to trust; nil for those of the system.
            var ca: String?
            /// The SHA-256 of the server's certificate in lower-case hexadecimal: the only one to accept.
            var pinSHA256: String?
            /// The bot's own certificate and its key: PEM files.
            var certificate: String?
            var key: SecretFile?
        }

        struct SASL: Hashable, Sendable {
            var account: String
            /// Nil where a certificate is enough.
            var passwordFile: SecretFile?
            /// What may be tried, the best first.
            var mechanisms = SASLMechanism.allCases
            /// Whether the bot stays away where the login fails.
            var isRequired = true

            /// Whether there is no way but to show the password.
            var showsPassword: Bool { mechanisms == [.plain] }
        }
    }
}
