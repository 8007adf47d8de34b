/// What the listener's state machine has to know of its configuration.
package struct ServerSettings: Hashable, Sendable {
    /// The adapter's name, first part of every identity.
    package var adapterName: String
    package var serverName: String
    package var networkName: String
    package var botNick: String
    package var password: String?
    /// Channels that exist from the start, with the bot in them.
    package var channels: [String]
    /// The accounts, folded, that channels are open to, by the channels' folded names; those that are missing here are
    /// open to everybody.
    package var members: [String: Set<String>] = [:]
    /// Whether the bot is in every other channel, too.
    package var isBotEverywhere = false
    package var motd: [String]
    /// Whom to turn to, for ADMIN.
    package var admin: [String] = []
    /// Whether there are accounts to sign in to.
    package var hasAccounts = false
    /// Whether what is kept of the rooms can be asked for.
    package var hasHistory = false
    /// Accounts that may become operators, folded.
    package var operators: Set<String> = []
    /// The port of TLS that clients of the plain one are told to use.
    package var tlsPort: Int?
    /// How long clients keep to TLS once they have used it, in seconds; nil to tell them nothing.
    package var stsDuration: Int?
    /// What a sender is told when her line could not be kept.
    package var overloadedNotice: String
    package var maximumConnections: Int
    /// Does not count for loopback.
    package var maximumConnectionsPerAddress: Int
    package var maximumChannels = 1000
    /// Letters and digits that no other run of the program has.
    package var processMark: String

    package init(
        adapterName: String, serverName: String, networkName: String, botNick: String, password: String?,
        channels: [String], motd: [String] = [], overloadedNotice: String, maximumConnections: Int,
        maximumConnectionsPerAddress: Int, processMark: String
    ) {
        self.adapterName = adapterName
        self.serverName = serverName
        self.networkName = networkName
        self.botNick = botNick
        self.password = password
        self.channels = channels
        self.motd = motd
        self.overloadedNotice = overloadedNotice
        self.maximumConnections = maximumConnections
        self.maximumConnectionsPerAddress = maximumConnectionsPerAddress
        self.processMark = processMark
    }
}
