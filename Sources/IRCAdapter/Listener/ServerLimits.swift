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
    static let channelsPerClient = 50
    static let targets = 4
    static let modesPerCommand = 4

    static let registration = Duration.seconds(30)
    static let idleBeforePing = Duration.seconds(90)
    static let idleBeforeDrop = Duration.seconds(150)
}
