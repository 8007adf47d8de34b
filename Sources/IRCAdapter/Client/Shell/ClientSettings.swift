/// What the client's state machine has to know of its configuration.
package struct ClientSettings: Hashable, Sendable {
    /// The adapter's name, first part of every identity.
    package var adapterName: String
    package var nick: String
    package var user: String
    package var realName: String
    package var password: String?
    package var sasl: SASLAccount?
    package var channels: [String]
    /// What a sender is told when her line could not be kept.
    package var overloadedNotice: String
    /// What a sender is told whose line is not UTF-8.
    package var notUTF8Notice: String
    package var pace: SendQueue.Pace
    /// Whether an acknowledgement is shown as a reaction to the line, where the network can carry that.
    package var reacts: Bool
    /// What it may have missed before this run.
    package var absence: IRCClient.Configuration.Absence?
    /// Different in every run of the program, so that no identity of an earlier run comes back.
    package var processMark: String

    package init(
        adapterName: String, nick: String, user: String, realName: String, password: String? = nil,
        sasl: SASLAccount? = nil, channels: [String], overloadedNotice: String, notUTF8Notice: String,
        pace: SendQueue.Pace = SendQueue.Pace(), reacts: Bool = false,
        absence: IRCClient.Configuration.Absence? = nil, processMark: String
    ) {
        self.adapterName = adapterName
        self.nick = nick
        self.user = user
        self.realName = realName
        self.password = password
        self.sasl = sasl
        self.channels = channels
        self.overloadedNotice = overloadedNotice
        self.notUTF8Notice = notUTF8Notice
        self.pace = pace
        self.reacts = reacts
        self.absence = absence
        self.processMark = processMark
    }
}
