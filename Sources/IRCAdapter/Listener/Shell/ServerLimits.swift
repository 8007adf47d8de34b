import IRCProtocol

/// Lengths that the listener announces in RPL_ISUPPORT and keeps to, and times that it gives its peers.
enum ServerLimits {
    static let caseMapping = CaseMapping.ascii
    static let nickLength = 32
    static let userLength = 16
    static let channelLength = 64
    static let topicLength = 300
    static let awayLength = 200
    static let kickLength = 200
    static let realNameLength = 128
    static let keyLength = 32
    static let maskLength = 128
    static let listLength = 100
    static let channelsPerClient = 50
    static let targets = 4
    static let modesPerCommand = 4
    static let monitored = 100
    /// Lines of one WHO that names no channel.
    static let whoReplies = 500
    /// Of one `draft/multiline` batch.
    static let multilineBytes = 4096
    static let multilineLines = 32
    /// Lines of one CHATHISTORY.
    static let history = 100

    static let registration = Duration.seconds(30)
    static let idleBeforePing = Duration.seconds(90)
    static let idleBeforeDrop = Duration.seconds(150)
    /// The same where a newer connection of the account took its nick.
    static let doubtBeforeDrop = Duration.seconds(15)

    /// So many wrong passwords end the connection.
    static let failedLogins = 3
    /// How many of those who went, and how long, WHOWAS remembers.
    static let departed = 64
    static let departedFor = Duration.seconds(600)
}
