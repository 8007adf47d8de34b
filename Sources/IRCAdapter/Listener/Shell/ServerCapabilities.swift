/// A set of IRCv3 capabilities of the listener.
struct ServerCapabilities: OptionSet, Hashable, Sendable {
    let rawValue: UInt32

    static let accountNotify = Self(rawValue: 1 << 0)
    static let accountTag = Self(rawValue: 1 << 1)
    static let awayNotify = Self(rawValue: 1 << 2)
    static let batch = Self(rawValue: 1 << 3)
    static let capNotify = Self(rawValue: 1 << 4)
    static let chghost = Self(rawValue: 1 << 5)
    static let multiline = Self(rawValue: 1 << 6)
    static let echoMessage = Self(rawValue: 1 << 7)
    static let extendedJoin = Self(rawValue: 1 << 8)
    static let extendedMonitor = Self(rawValue: 1 << 9)
    static let inviteNotify = Self(rawValue: 1 << 10)
    static let labeledResponse = Self(rawValue: 1 << 11)
    static let messageTags = Self(rawValue: 1 << 12)
    static let multiPrefix = Self(rawValue: 1 << 13)
    static let sasl = Self(rawValue: 1 << 14)
    static let serverTime = Self(rawValue: 1 << 15)
    static let setname = Self(rawValue: 1 << 16)
    static let standardReplies = Self(rawValue: 1 << 17)
    static let userhostInNames = Self(rawValue: 1 << 18)
    static let chathistory = Self(rawValue: 1 << 19)

    /// As `CAP LS` names them, in its sequence. `sts` is not among them: it is told and cannot be asked for.
    static let names: [(name: String, capability: Self)] = [
        ("account-notify", .accountNotify), ("account-tag", .accountTag), ("away-notify", .awayNotify),
        ("batch", .batch), ("cap-notify", .capNotify), ("chghost", .chghost), ("draft/chathistory", .chathistory),
        ("draft/multiline", .multiline), ("echo-message", .echoMessage), ("extended-join", .extendedJoin),
        ("extended-monitor", .extendedMonitor),
        ("invite-notify", .inviteNotify), ("labeled-response", .labeledResponse), ("message-tags", .messageTags),
        ("multi-prefix", .multiPrefix), ("sasl", .sasl), ("server-time", .serverTime), ("setname", .setname),
        ("standard-replies", .standardReplies), ("userhost-in-names", .userhostInNames),
    ]
}
