/// What the listener's state machine has to know of its configuration.
package struct ServerSettings: Hashable, Sendable {
    /// The adapter's name, first part of every identity.
    package var adapterName: String
    package var serverName: String
    package var networkName: String
    package var botNick: String
    package var password: String?
    /// Channels that exist from the start.
    package var channels: [String]
    package var motd: [String]
    /// What a sender is told when her line could not be kept.
    package var overloadedNotice: String
    package var maximumConnections: Int
    /// Does not count for loopback.
    package var maximumConnectionsPerAddress: Int
    package var maximumChannels = 1000
    /// Different in every run of the program, so that no identity of an earlier run comes back.
    package var processMark: String

    package init(
        adapterName: String, serverName: String, networkName: String, botNick: String, password: String? = nil,
        channels: [String] = [], motd: [String] = [], overloadedNotice: String, maximumConnections: Int,
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
