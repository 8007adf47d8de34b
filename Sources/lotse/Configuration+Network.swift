extension Configuration {
    /// An IRC network that Lotse joins as a client.
    struct Network: Hashable, Sendable {
        /// The adapter's name in rooms and accounts.
        var name: String
        var host: String
        var port: Int
        /// Nil for plain text.
        var tls: TLS?
        var nick = "lotse"
        var userName = "lotse"
        var realName = "Lotse"
        /// What the server wants to hear with PASS.
        var passwordFile: SecretFile?
        var sasl: SASL?
        /// Where Lotse is present besides the rooms of its groups.
        var channels: [String] = []

        struct TLS: Hashable, Sendable {
            /// A PEM file with the authorities to trust; nil for those of the system.
            var ca: String?
            /// The SHA-256 of the server's certificate in lower-case hexadecimal: the only one to accept.
            var pinSHA256: String?
        }

        /// SASL PLAIN.
        struct SASL: Hashable, Sendable {
            var account: String
            var passwordFile: SecretFile
        }
    }
}
