public import FoundationEssentials

extension IRCClient {
    /// How the bot connects to a network.
    public struct Configuration: Sendable {
        /// The adapter's name: the first part of its rooms and identities.
        public var name: String
        public var host: String
        public var port = 6697
        public var tls = TLS()
        /// Where it is kept that this network wants TLS (IRCv3 `sts`); nil where that need not outlast the program.
        public var stsPolicies: STSPolicies?
        public var nick = "lotse"
        public var user = "lotse"
        public var realName = "Lotse"
        /// What PASS says, where the network wants one.
        public var password: String?
        /// The bot's account; PLAIN is used over TLS and on this machine only.
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
        /// Whether a contribution is acknowledged by a reaction to it (IRCv3 `react`) where the network can carry that,
        /// instead of a NOTICE. Not every program shows reactions.
        public var reacts = false
        /// What the bot may have missed since it was on the network; nil where it is there for the first time.
        public var absence: Absence?

        /// Until when the bot was on the network in the last run of the program.
        public struct Absence: Hashable, Sendable {
            public let since: Date
            /// Where it led a session.
            public let channels: Set<String>

            public init(since: Date, channels: Set<String>) {
                self.since = since
                self.channels = channels
            }
        }

        public init(name: String, host: String, channels: [String], overloadedNotice: String, notUTF8Notice: String) {
            self.name = name
            self.host = host
            self.channels = channels
            self.overloadedNotice = overloadedNotice
            self.notUTF8Notice = notUTF8Notice
        }

        /// Whether the link is encrypted, and whom to trust.
        public struct TLS: Sendable {
            /// The bot's own certificate with those that vouch for it, and its key: PEM files.
            public struct Certificate: Sendable {
                let chainFile: String
                let keyFile: String

                public init(chainFile: String, keyFile: String) {
                    self.chainFile = chainFile
                    self.keyFile = keyFile
                }
            }

            public enum Trust: Sendable {
                /// The certificate authorities of the system.
                case system
                /// Those in a PEM file.
                case authorities(file: String)
                /// One certificate, by the SHA-256 of its DER form: 64 hexadecimal digits, colons allowed.
                case pinned(sha256: String)
            }

            /// False for plain text; what is trusted still matters where the network asks for TLS later (STS).
            public var isEnabled: Bool
            public var trust: Trust
            /// What the bot shows the server, for SASL EXTERNAL.
            public var certificate: Certificate?

            public init(isEnabled: Bool = true, trust: Trust = .system, certificate: Certificate? = nil) {
                self.isEnabled = isEnabled
                self.trust = trust
                self.certificate = certificate
            }
        }

        /// The bot's account on the network; prints as `***`.
        public struct SASL: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
            let account: String
            /// Nil where a certificate is enough.
            let password: String?
            /// What may be tried, the best first.
            let mechanisms: [SASLMechanism]
            /// Whether the bot stays away where the login fails, rather than go on as a stranger.
            let isRequired: Bool

            public init(
                account: String, password: String?, mechanisms: [SASLMechanism] = SASLMechanism.allCases,
                isRequired: Bool = true
            ) {
                self.account = account
                self.password = password
                self.mechanisms = mechanisms
                self.isRequired = isRequired
            }

            public var description: String { "***" }
            public var debugDescription: String { "***" }
        }
    }
}

extension SASLAccount {
    fileprivate init(_ sasl: IRCClient.Configuration.SASL, hasCertificate: Bool) {
        self.init(
            name: sasl.account, password: sasl.password, hasCertificate: hasCertificate,
            mechanisms: sasl.mechanisms, isRequired: sasl.isRequired)
    }
}

extension ClientSettings {
    init(_ configuration: IRCClient.Configuration, processMark: String) {
        self.init(
            adapterName: configuration.name, nick: configuration.nick, user: configuration.user,
            realName: configuration.realName, password: configuration.password,
            sasl: configuration.sasl.map { SASLAccount($0, hasCertificate: configuration.tls.certificate != nil) },
            channels: configuration.channels, overloadedNotice: configuration.overloadedNotice,
            notUTF8Notice: configuration.notUTF8Notice,
            pace: .init(
                burst: configuration.burst, interval: configuration.interval, capacity: configuration.queueCapacity),
            reacts: configuration.reacts, absence: configuration.absence, processMark: processMark)
    }
}
