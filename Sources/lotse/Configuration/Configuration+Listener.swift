extension Configuration {
    /// The IRC-style listener: where IRC clients and terminals connect to Lotse itself.
    struct Listener: Hashable, Sendable {
        /// The adapter's name in rooms and accounts.
        static let adapter = "local"

        var address = "127.0.0.1"
        /// 0 takes any free port.
        var port = 6667
        var serverName = "lotse.local"
        /// Lines shown to everybody who connects.
        var motd: [String] = []
        /// Whom to turn to, for ADMIN: up to three lines.
        var admin: [String] = []
        /// The file with the accounts; nil for the one in the state folder.
        var accountsFile: String?
        /// Accounts that may become operators of the server.
        var operators: [String] = []
        /// What a client has to say with PASS, if anything.
        var passwordFile: SecretFile?
        var tls: TLS?
        /// Whether it may speak plain text to other machines.
        var allowPlaintext = false
        var maxConnections = 20_000
        /// Does not count for this machine.
        var maxConnectionsPerAddress = 100
        /// Whether members of a room can ask for what is kept of it.
        var history = true
        /// How many lines of a connection are taken in a second.
        var linesPerSecond = 500

        /// PEM files.
        struct TLS: Hashable, Sendable {
            /// The server's certificate, then those that vouch for it.
            var certificate: String
            var key: SecretFile
            /// A port beside the plain one; nil where nothing but TLS is spoken.
            var port: Int?
            /// For how many days clients are told to come back with TLS only; 0 to tell them nothing.
            var strictTransportDays = 30
        }

        /// Whether only this machine can connect.
        var isLoopback: Bool { isLoopbackHost(address) }
    }
}

/// Whether `host` can only be this machine.
func isLoopbackHost(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    let isIPv4 = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    return isIPv4 && parts[0] == "127" || host == "::1" || host == "localhost"
}
