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

/// Lengths that the listener announces in RPL_ISUPPORT and keeps to, and times that it gives its peers.
enum ServerLimits {
    static let nickLength = 32
    static let userLength = 16
    static let channelLength = 64
    static let topicLength = 300
    static let awayLength = 200
    static let kickLength = 200
    static let realNameLength = 128
    static let channelsPerClient = 50
    static let targets = 4
    static let modesPerCommand = 4

    static let registration = Duration.seconds(30)
    static let idleBeforePing = Duration.seconds(90)
    static let idleBeforeDrop = Duration.seconds(150)
}
