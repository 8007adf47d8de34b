import FoundationEssentials

/// A channel of the listener. The bot is in it from its beginning to its end and is not among ``members``.
struct ServerChannel: Hashable, Sendable {
    struct Topic: Hashable, Sendable {
        let text: String
        /// `nick!user@host` of who set it.
        let setBy: String
        let at: Date
    }

    struct Membership: Hashable, Sendable {
        var isOperator = false
        var hasVoice = false

        /// The signs before the nick: the highest one, or all of them for clients with `multi-prefix`.
        func prefix(all: Bool) -> String {
            let signs = (isOperator ? "@" : "") + (hasVoice ? "+" : "")
            return all ? signs : String(signs.prefix(1))
        }
    }

    /// As its first mention spelled it.
    let name: String
    /// Belongs to a group: exists also while only the bot is in it.
    let isPermanent: Bool
    let createdAt: Date
    var topic: Topic?
    var members: [ConnectionID: Membership] = [:]
    /// Mode `n`: who is not in the channel cannot speak there.
    var refusesOutsiders = true
    /// Mode `t`: only operators set the topic.
    var protectsTopic = true

    var modes: String { "+" + (refusesOutsiders ? "n" : "") + (protectsTopic ? "t" : "") }
}
