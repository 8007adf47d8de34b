import FoundationEssentials

/// A channel of the listener.
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
            switch (isOperator, hasVoice) {
            case (false, false): ""
            case (false, true): "+"
            case (true, false): "@"
            case (true, true): all ? "@+" : "@"
            }
        }
    }

    /// Modes without a parameter.
    struct Flags: OptionSet, Hashable, Sendable {
        let rawValue: UInt8

        static let inviteOnly = Self(rawValue: 1 << 0)
        static let moderated = Self(rawValue: 1 << 1)
        /// Who is not in the channel cannot speak there.
        static let noOutsiders = Self(rawValue: 1 << 2)
        static let secret = Self(rawValue: 1 << 3)
        /// Only operators set the topic.
        static let protectedTopic = Self(rawValue: 1 << 4)

        static let letters: [(letter: Unicode.Scalar, flag: Self)] = [
            ("i", .inviteOnly), ("m", .moderated), ("n", .noOutsiders), ("s", .secret), ("t", .protectedTopic),
        ]
    }

    /// An entry of a list of masks.
    struct Entry: Hashable, Sendable {
        let mask: String
        let setBy: String
        let at: Date
    }

    /// As its first mention spelled it.
    let name: String
    /// Belongs to a group: exists also while only the bot is in it.
    var isPermanent: Bool
    let createdAt: Date
    var topic: Topic?
    var members: [ConnectionID: Membership] = [:]
    var flags: Flags = [.noOutsiders, .protectedTopic]
    /// Mode `k`.
    var key: String?
    /// Mode `l`.
    var limit: Int?
    /// Modes `b`, `e`, `I`: bans, exceptions from them, invitations that last.
    var lists: [Unicode.Scalar: [Entry]] = [:]
    /// Who was invited and has not come yet.
    var invited: Set<ConnectionID> = []

    /// What RPL_CHANNELMODEIS shows; the key to members only.
    func modes(showingKey: Bool) -> [String] {
        var letters = "+" + Flags.letters.filter { flags.contains($0.flag) }.map { String($0.letter) }.joined()
        var parameters: [String] = []
        if let key {
            letters += "k"
            parameters.append(showingKey ? key : "*")
        }
        if let limit {
            letters += "l"
            parameters.append("\(limit)")
        }
        return [letters] + parameters
    }
}
