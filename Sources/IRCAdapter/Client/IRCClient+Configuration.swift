extension IRCClient {
    /// How the bot connects to a network.
    public struct Configuration: Sendable {
        /// The adapter's name: the first part of its rooms and identities.
        public var name: String
        public var host: String
        public var port = 6697
        /// nil means plain text.
        public var tls: TLS? = TLS()
        public var nick = "lotse"
        public var user = "lotse"
        public var realName = "Lotse"
        /// What PASS says, where the network wants one.
        public var password: String?
        /// Sent over TLS only.
        public var sasl: SASL?
        /// The rooms of the groups.
        public var channels: [String]
        /// What a sender is told, in her language, when her line was not kept because too many came at once.
        public var overloadedNotice: String
        /// What a sender is told whose line is not UTF-8 and was not kept either.
        public var notUTF8Notice: String
        /// Lines that may be sent at once after a pause.
        public var burst = 4
        /// Time between lines after that.
        public var interval = Duration.seconds(2)
        /// Lines that may wait to be sent. When more come, lines to rooms give way to lines to persons, and new ones
        /// to old ones.
        public var queueCapacity = 500

        public init(name: String, host: String, channels: [String], overloadedNotice: String, notUTF8Notice: String) {
            self.name = name
            self.host = host
            self.channels = channels
            self.overloadedNotice = overloadedNotice
            self.notUTF8Notice = notUTF8Notice
        }

        /// Whom to trust.
        public struct TLS: Sendable {
            public enum Trust: Sendable {
                /// The certificate authorities of the system.
                case system
                /// Those in a PEM file.
                case authorities(file: String)
                /// One certificate, by the SHA-256 of its DER form: 64 hexadecimal digits, colons allowed.
                case pinned(sha256: String)
            }

            public var trust: Trust

            public init(trust: Trust = .system) {
                self.trust = trust
            }
        }

        /// Name and password for SASL PLAIN; prints as `***`.
        public struct SASL: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
            let plain: SASLPlain

            public init(account: String, password: String) {
                plain = SASLPlain(account: account, password: password)
            }

            public var description: String { "***" }
            public var debugDescription: String { "***" }
        }
    }
}

extension ClientSettings {
    init(_ configuration: IRCClient.Configuration, processMark: String) {
        self.init(
            adapterName: configuration.name, nick: configuration.nick, user: configuration.user,
            realName: configuration.realName, password: configuration.password, sasl: configuration.sasl?.plain,
            channels: configuration.channels, overloadedNotice: configuration.overloadedNotice,
            notUTF8Notice: configuration.notUTF8Notice,
            pace: .init(
                burst: configuration.burst, interval: configuration.interval, capacity: configuration.queueCapacity),
            processMark: processMark)
    }
}
