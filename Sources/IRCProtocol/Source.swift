extension IRCMessage {
    /// Who a line comes from: `nick!user@host` of a person, or the name of a server.
    ///
    /// Kept as it came, so that odd forms survive; the parts are cut when asked for.
    package struct Source: RawRepresentable, Hashable, Sendable {
        package let rawValue: String

        package init(rawValue: String) {
            self.rawValue = rawValue
        }

        package init(nick: String, user: String, host: String) {
            rawValue = "\(nick)!\(user)@\(host)"
        }

        /// The nick, or a server's name.
        package var nick: String { parts.nick }
        /// The user name, empty where there is none.
        package var user: String { parts.user }
        /// The host, empty where there is none.
        package var host: String { parts.host }

        /// Whether this looks like a server's name and not like a person.
        package var isServer: Bool { parts.user.isEmpty && parts.host.isEmpty && rawValue.contains(".") }

        private var parts: (nick: String, user: String, host: String) {
            let (front, host) = Self.cut(rawValue, at: "@")
            let (nick, user) = Self.cut(front, at: "!")
            return (nick, user, host)
        }

        private static func cut(_ text: String, at separator: Character) -> (String, String) {
            guard let index = text.firstIndex(of: separator) else { return (text, "") }
            return (String(text[..<index]), String(text[text.index(after: index)...]))
        }
    }
}
