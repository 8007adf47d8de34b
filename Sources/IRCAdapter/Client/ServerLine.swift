import FoundationEssentials
import IRCProtocol

/// A line from a network, as far as the bot acts on it.
enum ServerLine: Hashable, Sendable {
    case capLS([String], isLast: Bool)
    case capACK
    case capNAK
    case authenticate(String)
    case saslSucceeded
    case saslFailed
    case welcome(nick: String)
    case iSupport([String])
    case nickRefused
    case passwordRefused
    case banned
    case ping(String)
    case error(String)
    case join(IRCMessage.Source, channel: String, account: String?)
    case part(IRCMessage.Source, channel: String)
    case kick(nick: String, channel: String)
    case quit(IRCMessage.Source, reason: String)
    case nick(IRCMessage.Source, to: String)
    case account(IRCMessage.Source, String?)
    case chghost(IRCMessage.Source, user: String, host: String)
    case names(channel: String, [String])
    case endOfNames(channel: String)
    case joinRefused(channel: String, numeric: String)
    case speech(Spoken)
    /// All else: NOTICE above all, which is never answered.
    case other

    /// A PRIVMSG.
    struct Spoken: Hashable, Sendable {
        let source: IRCMessage.Source
        let target: String
        let speech: Speech
        let account: String?
        let id: String?
        let at: Date?
    }

    init(_ message: IRCMessage) {
        let source = message.source ?? IRCMessage.Source(rawValue: "")
        func parameter(_ index: Int) -> String { message.parameter(index) ?? "" }
        switch message.verb {
        case "CAP": self = Self.cap(message)
        case "AUTHENTICATE": self = .authenticate(parameter(0))
        case "PING": self = .ping(message.parameters.last ?? "")
        case "ERROR": self = .error(parameter(0))
        case "JOIN": self = .join(source, channel: parameter(0), account: Self.account(message.parameter(1)))
        case "PART": self = .part(source, channel: parameter(0))
        case "KICK": self = .kick(nick: parameter(1), channel: parameter(0))
        case "QUIT": self = .quit(source, reason: parameter(0))
        case "NICK": self = .nick(source, to: parameter(0))
        case "ACCOUNT": self = .account(source, Self.account(message.parameter(0)))
        case "CHGHOST": self = .chghost(source, user: parameter(0), host: parameter(1))
        case "PRIVMSG":
            self = .speech(
                Spoken(
                    source: source, target: parameter(0), speech: Speech(parsing: parameter(1)),
                    account: message.tags["account"], id: message.tags["msgid"],
                    at: message.tags["time"].flatMap(ServerTime.parse)))
        default: self = Self.numeric(message)
        }
    }

    /// `CAP nick LS [*] :names`; the star says that more follows.
    private static func cap(_ message: IRCMessage) -> ServerLine {
        switch message.parameter(1)?.uppercased() {
        case "LS":
            let names = (message.parameters.last ?? "").split(separator: " ").map {
                String($0.prefix { $0 != "=" })
            }
            return .capLS(names, isLast: message.parameter(2) != "*" || message.parameters.count < 4)
        case "ACK": return .capACK
        case "NAK": return .capNAK
        default: return .other
        }
    }

    /// `*` stands for nobody in `extended-join`, `*` or `0` elsewhere.
    private static func account(_ name: String?) -> String? {
        name == "*" || name == "0" || name == "" ? nil : name
    }

    private static func numeric(_ message: IRCMessage) -> ServerLine {
        guard let numeric = Numeric(rawValue: message.verb) else { return .other }
        func parameter(_ index: Int) -> String { message.parameter(index) ?? "" }
        switch numeric {
        case .welcome: return .welcome(nick: parameter(0))
        case .iSupport: return .iSupport(Array(message.parameters.dropFirst().dropLast()))
        case .nicknameInUse, .nickCollision, .erroneousNickname: return .nickRefused
        case .unavailableResource:
            // Of a nick or of a channel; before registration it can only be the nick.
            return parameter(1).first.map { "#&+!".contains($0) } == true
                ? .joinRefused(channel: parameter(1), numeric: numeric.rawValue) : .nickRefused
        case .passwdMismatch: return .passwordRefused
        case .youreBannedCreep: return .banned
        case .saslSuccess, .saslAlready: return .saslSucceeded
        case .nickLocked, .saslFail, .saslTooLong, .saslAborted: return .saslFailed
        case .namReply:
            return .names(channel: parameter(2), parameter(3).split(separator: " ").map(String.init))
        case .endOfNames: return .endOfNames(channel: parameter(1))
        case .noSuchChannel, .tooManyChannels, .channelIsFull, .inviteOnlyChan, .bannedFromChan, .badChannelKey,
            .badChanMask, .needReggedNick:
            return .joinRefused(channel: parameter(1), numeric: numeric.rawValue)
        default: return .other
        }
    }
}
