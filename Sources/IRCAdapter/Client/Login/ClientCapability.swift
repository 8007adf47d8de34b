/// A capability of IRCv3 that the bot makes use of, by its name on the wire.
enum ClientCapability: String, CaseIterable, Hashable, Sendable {
    case accountNotify = "account-notify"
    case accountTag = "account-tag"
    case batch
    case capNotify = "cap-notify"
    case chatHistory = "draft/chathistory"
    case chghost
    case echoMessage = "echo-message"
    case extendedJoin = "extended-join"
    case inviteNotify = "invite-notify"
    case labeledResponse = "labeled-response"
    case messageTags = "message-tags"
    case multiPrefix = "multi-prefix"
    case multiline = "draft/multiline"
    case sasl
    case serverTime = "server-time"
    case setname
    case standardReplies = "standard-replies"
    case userhostInNames = "userhost-in-names"

    /// What has to be offered, too: an echo that cannot be told from a stranger's line is worse than none.
    var needs: [ClientCapability] {
        switch self {
        case .labeledResponse: [.batch]
        case .echoMessage: [.batch, .labeledResponse]
        case .multiline: [.batch, .messageTags]
        case .chatHistory: [.batch, .messageTags, .serverTime]
        case .accountNotify, .accountTag, .batch, .capNotify, .chghost, .extendedJoin, .inviteNotify, .messageTags,
            .multiPrefix, .sasl, .serverTime, .setname, .standardReplies, .userhostInNames:
            []
        }
    }
}
