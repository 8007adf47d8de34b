/// The IRCv3 capabilities of the listener, as `CAP LS` names them.
enum ServerCapability: String, CaseIterable, Sendable {
    case awayNotify = "away-notify"
    case capNotify = "cap-notify"
    case echoMessage = "echo-message"
    case extendedJoin = "extended-join"
    case messageTags = "message-tags"
    case multiPrefix = "multi-prefix"
    case serverTime = "server-time"
    case standardReplies = "standard-replies"
    case userhostInNames = "userhost-in-names"
}
