/// What WHO tells about one person.
struct WhoLine: Hashable, Sendable {
    let channel: String
    let user: String
    let host: String
    let server: String
    let nick: String
    /// `H` here or `G` gone, `*` operator of the server, `B` bot, then the signs in the channel.
    let flags: String
    /// Seconds.
    let idle: Int
    let account: String?
    let realName: String

    /// The parameters of RPL_WHOREPLY.
    var plain: [String] { [channel, user, host, server, nick, flags, "0 \(realName)"] }
}

/// The fields that a WHO asks for behind `%`, such as `%tcuhnfar,42` (WHOX).
struct WhoFields: Hashable, Sendable {
    private static let sequence: [Character] = ["t", "c", "u", "i", "h", "s", "n", "f", "d", "l", "a", "o", "r"]
    private let wanted: Set<Character>
    private let token: String

    /// Nil where `options` ask for no fields.
    init?(_ options: String) {
        guard let percent = options.firstIndex(of: "%") else { return nil }
        let parts = options[options.index(after: percent)...].split(separator: ",", maxSplits: 1)
        wanted = Set(parts.first ?? "")
        token = parts.count > 1 ? String(parts[1]) : "0"
    }

    /// The parameters of RPL_WHOSPCRPL, always in the same sequence.
    func values(of line: WhoLine) -> [String] {
        Self.sequence.filter(wanted.contains).map { field in
            switch field {
            case "t": token
            case "c": line.channel
            case "u": line.user
            // Nobody's address is shown.
            case "i": "255.255.255.255"
            case "h": line.host
            case "s": line.server
            case "n": line.nick
            case "f": line.flags
            case "d": "0"
            case "l": "\(line.idle)"
            case "a": line.account ?? "0"
            case "o": "n/a"
            default: line.realName
            }
        }
    }
}
