import FoundationEssentials
import IRCProtocol

/// A line from a network, as far as the bot acts on it.
enum ServerLine: Hashable, Sendable {
    /// Brings the bot onto the network.
    case registration(Registration)
    /// Tells who is where.
    case presence(Presence)
    /// Answers what the bot did or asked for.
    case reply(Reply)
    case speech(Spoken)
    /// Somebody writes a line in a channel at this moment (IRCv3 `typing`).
    case typing(IRCMessage.Source, channel: String)
    case ping(String)
    /// The server has read our PING with this text, and all that was sent before it.
    case pong(String)
    /// The server is about to end the connection.
    case error(String)
    /// All else: NOTICE above all, which is never answered.
    case other

    enum Registration: Hashable, Sendable {
        /// Names with their values, empty where there is none.
        case capLS([String: String], isLast: Bool)
        case capACK([String])
        case capNAK
        case capNEW([String: String])
        case capDEL([String])
        case authenticate(String)
        case saslSucceeded
        case saslFailed
        case saslMechanisms([String])
        case welcome(nick: String)
        case iSupport([String])
        case nickRefused
        case passwordRefused
        case banned
    }

    enum Presence: Hashable, Sendable {
        case join(IRCMessage.Source, channel: String, account: String?)
        case part(IRCMessage.Source, channel: String)
        case kick(nick: String, channel: String)
        case quit(IRCMessage.Source, reason: String)
        case nick(IRCMessage.Source, to: String)
        case account(IRCMessage.Source, String?)
        case chghost(IRCMessage.Source, user: String, host: String)
        /// Others see this as our host from now on.
        case hostHidden(String)
        case names(channel: String, [String])
        case endOfNames(channel: String)
        /// `knowsAccount`: the reply would name the account if there were one.
        case who(channel: String, IRCMessage.Source, account: String?, knowsAccount: Bool)
        case endOfWho(mask: String)
        case invite(nick: String, channel: String)
        case channelMode(channel: String)
    }

    enum Reply: Hashable, Sendable {
        case joinRefused(channel: String, numeric: String)
        case speechRefused(target: String, numeric: String)
        /// Those of whom we asked by ISON who are there.
        case isOn([String])
        /// Nobody has these nicks any more (MONITOR).
        case offline([String])
        /// We are too fast for the server.
        case tryAgain
        case standard(StandardReply)
    }

    /// `FAIL`, `WARN` or `NOTE` (IRCv3 `standard-replies`), without its text.
    struct StandardReply: Hashable, Sendable {
        let kind: String
        let command: String
        let code: String
    }

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
        case "AUTHENTICATE": self = .registration(.authenticate(parameter(0)))
        case "PING": self = .ping(message.parameters.last ?? "")
        case "PONG": self = .pong(message.parameters.last ?? "")
        case "ERROR": self = .error(parameter(0))
        case "FAIL", "WARN", "NOTE":
            self = .reply(
                .standard(StandardReply(kind: message.verb, command: parameter(0), code: parameter(1))))
        case "JOIN":
            self = .presence(
                .join(source, channel: parameter(0), account: Self.account(message.parameter(1))))
        case "PART": self = .presence(.part(source, channel: parameter(0)))
        case "KICK": self = .presence(.kick(nick: parameter(1), channel: parameter(0)))
        case "QUIT": self = .presence(.quit(source, reason: parameter(0)))
        case "NICK": self = .presence(.nick(source, to: parameter(0)))
        case "ACCOUNT": self = .presence(.account(source, Self.account(message.parameter(0))))
        case "CHGHOST": self = .presence(.chghost(source, user: parameter(0), host: parameter(1)))
        case "INVITE": self = .presence(.invite(nick: parameter(0), channel: parameter(1)))
        case "MODE": self = .presence(.channelMode(channel: parameter(0)))
        case "PRIVMSG":
            self = .speech(
                Spoken(
                    source: source, target: parameter(0), speech: Speech(parsing: parameter(1)),
                    account: message.tags["account"], id: message.tags["msgid"].flatMap(Self.id),
                    at: message.tags["time"].flatMap(ServerTime.parse)))
        case "TAGMSG" where message.tags["+typing"] == "active":
            self = .typing(source, channel: parameter(0))
        default: self = Self.numeric(message)
        }
    }

    /// `CAP nick LS [*] :name=value …`; the star says that more follows.
    private static func cap(_ message: IRCMessage) -> ServerLine {
        let tokens = message.parameters.count < 3 ? [] : (message.parameters.last ?? "").parts(at: " ")
        let names = tokens.map { String($0.prefix { $0 != "=" }) }
        var values: [String: String] {
            let values = tokens.map { String($0.drop { $0 != "=" }.dropFirst()) }
            return Dictionary(zip(names, values)) { $1 }
        }
        switch message.parameter(1)?.asciiUppercased {
        case "LS":
            let isLast = message.parameter(2) != "*" || message.parameters.count < 4
            return .registration(.capLS(values, isLast: isLast))
        case "ACK": return .registration(.capACK(names))
        case "NAK": return .registration(.capNAK)
        case "NEW": return .registration(.capNEW(values))
        case "DEL": return .registration(.capDEL(names))
        default: return .other
        }
    }

    /// No network needs as much for an id as a tag may have; the last few thousand of them are kept.
    private static func id(_ text: String) -> String? {
        text.utf8.count <= 255 ? text : nil
    }

    /// `*` stands for nobody in `extended-join`, `*` or `0` elsewhere.
    static func account(_ name: String?) -> String? {
        name == "*" || name == "0" || name == "" ? nil : name
    }
}

extension ServerLine.Presence {
    /// Who says this of herself.
    var source: IRCMessage.Source? {
        switch self {
        case .part(let source, _), .quit(let source, _), .nick(let source, _), .account(let source, _),
            .chghost(let source, _, _):
            source
        case .join, .kick, .hostHidden, .names, .endOfNames, .who, .endOfWho, .invite, .channelMode: nil
        }
    }
}
