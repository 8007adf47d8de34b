import IRCProtocol

extension ServerLine {
    /// What we ask WHO for where the network has WHOX: the token of our question, channel, user, host, nick, account.
    static let whoFields = "%tcuhna,314"
    private static let whoToken = "314"

    static func numeric(_ message: IRCMessage) -> ServerLine {
        guard let numeric = Numeric(rawValue: message.verb) else { return unknownError(message) }
        func parameter(_ index: Int) -> String { message.parameter(index) ?? "" }
        func words(_ index: Int) -> [String] { parameter(index).parts(at: " ") }
        switch numeric {
        case .welcome: return .registration(.welcome(nick: parameter(0)))
        case .iSupport: return .registration(.iSupport(Array(message.parameters.dropFirst().dropLast())))
        case .nicknameInUse, .nickCollision, .erroneousNickname: return .registration(.nickRefused)
        case .unavailableResource:
            // Of a nick or of a channel.
            return isChannel(parameter(1))
                ? .reply(.joinRefused(channel: parameter(1), numeric: numeric.rawValue)) : .registration(.nickRefused)
        case .passwdMismatch: return .registration(.passwordRefused)
        case .youreBannedCreep: return .registration(.banned)
        case .saslSuccess, .saslAlready: return .registration(.saslSucceeded)
        case .nickLocked, .saslFail, .saslTooLong, .saslAborted: return .registration(.saslFailed)
        case .saslMechs: return .registration(.saslMechanisms(parameter(1).parts(at: ",")))
        case .hostHidden: return .presence(.hostHidden(String(parameter(1).split(separator: "@").last ?? "")))
        case .namReply: return .presence(.names(channel: parameter(2), words(3)))
        case .endOfNames: return .presence(.endOfNames(channel: parameter(1)))
        case .whoReply:
            let source = IRCMessage.Source(nick: parameter(5), user: parameter(2), host: parameter(3))
            return .presence(.who(channel: parameter(1), source, account: nil, knowsAccount: false))
        case .whoSpcRpl: return whox(message)
        case .endOfWho: return .presence(.endOfWho(mask: parameter(1)))
        case .noSuchChannel, .tooManyChannels, .channelIsFull, .inviteOnlyChan, .bannedFromChan, .badChannelKey,
            .badChanMask, .needReggedNick, .linkChannel, .secureOnlyChan, .throttle:
            return .reply(.joinRefused(channel: parameter(1), numeric: numeric.rawValue))
        case .cannotSendToChan: return .reply(.speechRefused(target: parameter(1), numeric: numeric.rawValue))
        case .isOn: return .reply(.isOn(words(1)))
        case .monOffline:
            return .reply(.offline(parameter(1).parts(at: ",").map { String($0.prefix { $0 != "!" }) }))
        case .tryAgain, .targetTooFast: return .reply(.tryAgain)
        default: return .other
        }
    }

    private static func whox(_ message: IRCMessage) -> ServerLine {
        guard message.parameter(1) == whoToken, message.parameters.count == 7 else { return .other }
        let source = IRCMessage.Source(
            nick: message.parameters[5], user: message.parameters[3], host: message.parameters[4])
        return .presence(
            .who(
                channel: message.parameters[2], source, account: account(message.parameters[6]), knowsAccount: true))
    }

    /// Networks have many more reasons not to let anybody into a channel than anyone could list.
    private static func unknownError(_ message: IRCMessage) -> ServerLine {
        let isError = message.verb.count == 3 && "459".contains(message.verb.prefix(1)) && Int(message.verb) != nil
        guard isError, let name = message.parameter(1), isChannel(name) else { return .other }
        return .reply(.joinRefused(channel: name, numeric: message.verb))
    }

    private static func isChannel(_ name: String) -> Bool {
        name.utf8.first.map { "#&+!".utf8.contains($0) } ?? false
    }
}
