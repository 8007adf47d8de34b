import IRCProtocol

extension IRCListener {
    /// How the listener is set up. Everything but ``overloadedNotice`` has a default that suits one machine.
    public struct Configuration: Sendable {
        /// The adapter's name: the first part of its rooms and identities.
        public var name = "local"
        /// Where to listen: an address or a name that stands for one.
        public var host = "127.0.0.1"
        /// 0 takes any free port; ``IRCListener/start()`` tells which. Speaks TLS where that has no port of its own.
        public var port = 6667
        public var tls: TLS?
        /// Lets others read along: without TLS the listener otherwise serves loopback only.
        public var allowPlaintext = false
        /// A host name with a dot, as every IRC server has.
        public var serverName = "lotse.local"
        /// One word.
        public var networkName = "Lotse"
        /// The bot's name; nobody else can take it.
        public var botNick = "lotse"
        /// What PASS has to say, if anything.
        public var password: String?
        /// The rooms of the groups: they exist from the start, with the bot in them.
        public var channels: [String] = []
        /// The accounts that a room is open to, by the room's name; what is missing here is open to everybody.
        public var members: [String: Set<String>] = [:]
        /// Whether the bot also joins every channel that somebody opens; else it hears nothing there.
        public var isBotEverywhere = false
        /// Lines shown to everybody who connects.
        public var motd: [String] = []
        /// Whom to turn to: up to three lines for ADMIN.
        public var admin: [String] = []
        /// The file with the accounts that people can sign in to; nil for none.
        public var accountsFile: String?
        /// The file that keeps what is set in the rooms over a restart; nil to forget it.
        public var roomsFile: String?
        /// Accounts that OPER makes operators of the server.
        public var operators: [String] = []
        /// Whether members of a room may ask for what is kept of it (IRCv3 `chathistory`).
        public var offersHistory = true
        /// What a sender is told, in her language, when her line was not kept because too many came at once.
        public var overloadedNotice: String
        public var maximumConnections = 20_000
        /// Does not count for loopback.
        public var maximumConnectionsPerAddress = 100
        /// How many lines a connection may send in the long run; four times as many at once. Others wait.
        public var linesPerSecond = 500

        public init(overloadedNotice: String) {
            self.overloadedNotice = overloadedNotice
        }

        /// Paths of PEM files.
        public struct TLS: Sendable {
            /// The server's certificate, then those that vouch for it.
            public var certificateChainFile: String
            public var privateKeyFile: String
            /// A port beside the plain one; nil to speak nothing but TLS.
            public var port: Int?
            /// How long clients are told to come back with TLS only (IRCv3 `sts`), in seconds; nil not to tell them.
            public var strictTransportDuration: Int? = 30 * 86_400

            public init(certificateChainFile: String, privateKeyFile: String) {
                self.certificateChainFile = certificateChainFile
                self.privateKeyFile = privateKeyFile
            }
        }
    }
}

extension ServerSettings {
    init(
        _ configuration: IRCListener.Configuration, hasHistory: Bool, processMark: String
    ) {
        self.init(
            adapterName: configuration.name, serverName: configuration.serverName,
            networkName: configuration.networkName, botNick: configuration.botNick, password: configuration.password,
            channels: configuration.channels, motd: configuration.motd,
            overloadedNotice: configuration.overloadedNotice, maximumConnections: configuration.maximumConnections,
            maximumConnectionsPerAddress: configuration.maximumConnectionsPerAddress, processMark: processMark)
        isBotEverywhere = configuration.isBotEverywhere
        admin = configuration.admin
        members = Self.folded(configuration.members)
        self.hasHistory = hasHistory
        hasAccounts = configuration.accountsFile != nil
        operators = Set(configuration.operators.map(ServerLimits.caseMapping.fold))
        tlsPort = configuration.tls?.port
        stsDuration = configuration.tls?.strictTransportDuration
    }

    /// Accounts by rooms, as the machine compares them.
    static func folded(_ members: [String: Set<String>]) -> [String: Set<String>] {
        let fold = ServerLimits.caseMapping.fold
        return Dictionary(members.map { (fold($0.key), Set($0.value.map(fold))) }, uniquingKeysWith: { $0.union($1) })
    }
}
