import Facilitation
import IRCProtocol

/// From the first line to RPL_ENDOFMOTD: CAP, PASS, NICK, USER.
extension ServerStateMachine {
    // MARK: - CAP

    /// `CAP LS [302]`, `LIST`, `REQ :a -b`, `END` (IRCv3 capability negotiation).
    mutating func cap(_ message: IRCMessage, from client: ServerClient) {
        guard let subcommand = message.parameter(0)?.uppercased() else {
            return reply(.needMoreParams, ["CAP", "Not enough parameters"], to: client)
        }
        let name = client.displayName
        switch subcommand {
        case "LS":
            if !client.isRegistered { clients[client.id]?.isNegotiating = true }
            // `cap-notify` comes with 302, asked for or not.
            if message.parameter(1).flatMap({ Int($0) }) ?? 301 >= 302 {
                clients[client.id]?.capabilities.insert(.capNotify)
            }
            let all = ServerCapability.allCases.map(\.rawValue).joined(separator: " ")
            send("CAP", [name, "LS", all], to: client)
        case "LIST":
            let enabled = client.capabilities.map(\.rawValue).sorted().joined(separator: " ")
            send("CAP", [name, "LIST", enabled], to: client)
        case "REQ":
            if !client.isRegistered { clients[client.id]?.isNegotiating = true }
            request(message.parameter(1) ?? "", from: client)
        case "END":
            clients[client.id]?.isNegotiating = false
            completeRegistration(client.id)
        default:
            reply(.invalidCapCmd, [subcommand, "Invalid CAP command"], to: client)
        }
    }

    /// All of the wishes are granted or none.
    private mutating func request(_ wishes: String, from client: ServerClient) {
        var capabilities = client.capabilities
        for wish in wishes.split(separator: " ") {
            let isRemoval = wish.hasPrefix("-")
            guard let capability = ServerCapability(rawValue: String(isRemoval ? wish.dropFirst() : wish)) else {
                return send("CAP", [client.displayName, "NAK", wishes], to: client)
            }
            if isRemoval { capabilities.remove(capability) } else { capabilities.insert(capability) }
        }
        clients[client.id]?.capabilities = capabilities
        send("CAP", [client.displayName, "ACK", wishes], to: client)
    }

    // MARK: - PASS, NICK, USER

    mutating func pass(_ message: IRCMessage, from client: ServerClient) {
        if client.isRegistered { return reply(.alreadyRegistered, ["You may not reregister"], to: client) }
        guard let password = message.parameter(0) else {
            return reply(.needMoreParams, ["PASS", "Not enough parameters"], to: client)
        }
        clients[client.id]?.password = password
    }

    mutating func user(_ message: IRCMessage, from client: ServerClient) {
        if client.isRegistered { return reply(.alreadyRegistered, ["You may not reregister"], to: client) }
        guard message.parameters.count >= 4, !message.parameters[0].isEmpty else {
            return reply(.needMoreParams, ["USER", "Not enough parameters"], to: client)
        }
        let allowed = message.parameters[0].filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
        clients[client.id]?.user = "~" + (allowed.isEmpty ? "user" : allowed.prefix(ServerLimits.userLength - 1))
        clients[client.id]?.realName = String(message.parameters[3].prefix(ServerLimits.realNameLength))
        completeRegistration(client.id)
    }

    mutating func nick(_ message: IRCMessage, from client: ServerClient) {
        guard let nick = message.parameter(0), !nick.isEmpty else {
            return reply(.noNicknameGiven, ["No nickname given"], to: client)
        }
        guard Self.isValidNick(nick) else {
            return reply(.erroneousNickname, [nick, "Erroneous nickname"], to: client)
        }
        guard isFree(nick, for: client.id) else {
            return reply(.nicknameInUse, [nick, "Nickname is already in use"], to: client)
        }
        if client.isRegistered {
            rename(client, to: nick)
        } else {
            clients[client.id]?.nick = nick
            completeRegistration(client.id)
        }
    }

    /// Letters, digits and `[]\^_`{|}-`, not beginning with a digit or `-` (RFC 2812 section 2.3.1).
    static func isValidNick(_ nick: String) -> Bool {
        guard let first = nick.utf8.first, nick.utf8.count <= ServerLimits.nickLength else { return false }
        guard first != UInt8(ascii: "-"), !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
        return nick.utf8.allSatisfy {
            switch $0 {
            // `A` to `}` includes `[\]^_`` and `{|}`.
            case UInt8(ascii: "A")...UInt8(ascii: "}"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }

    /// The bot's nick belongs to the bot. A client that is not registered yet holds no nick.
    private func isFree(_ nick: String, for id: ConnectionID) -> Bool {
        let holder = nicks[mapping.fold(nick)]
        return !isBot(nick) && (holder == nil || holder == id)
    }

    private mutating func rename(_ client: ServerClient, to nick: String) {
        guard nick != client.nick else { return }
        nicks[mapping.fold(client.displayName)] = nil
        nicks[mapping.fold(nick)] = client.id
        clients[client.id]?.nick = nick
        let message = IRCMessage("NICK", [nick], source: client.source)
        broadcast(message, to: neighbours(of: client).union([client.id]))
        deliver(.renamed(client.identity, to: nick, at: now.date))
    }

    // MARK: - Welcome

    private mutating func completeRegistration(_ id: ConnectionID) {
        guard var client = clients[id], !client.isRegistered, !client.isNegotiating else { return }
        guard let nick = client.nick, client.user != nil else { return }
        guard settings.password == nil || client.password == settings.password else {
            reply(.passwdMismatch, ["Password incorrect"], to: client)
            return drop(id, reason: "Password incorrect")
        }
        // Somebody else may have registered under the wanted nick meanwhile.
        guard isFree(nick, for: id) else {
            clients[id]?.nick = nil
            client.nick = nil
            return reply(.nicknameInUse, [nick, "Nickname is already in use"], to: client)
        }
        client.isRegistered = true
        client.password = nil
        clients[id] = client
        nicks[mapping.fold(nick)] = id
        welcome(client)
    }

    private mutating func welcome(_ client: ServerClient) {
        let server = settings.serverName
        let source = client.source.rawValue
        reply(.welcome, ["Welcome to the \(settings.networkName) IRC network, \(source)"], to: client)
        reply(.yourHost, ["Your host is \(server), running Lotse"], to: client)
        reply(.created, ["This server was started \(ServerTime.render(startedAt))"], to: client)
        reply(.myInfo, [server, "Lotse", "i", "nt", "ov"], to: client)
        sendISupport(to: client)
        lusers(to: client)
        motd(to: client)
    }

    /// What a client may rely on; every token is true.
    mutating func sendISupport(to client: ServerClient) {
        let tokens = [
            "AWAYLEN=\(ServerLimits.awayLength)", "CASEMAPPING=\(mapping.rawValue)",
            "CHANLIMIT=#:\(ServerLimits.channelsPerClient)", "CHANMODES=,,,nt",
            "CHANNELLEN=\(ServerLimits.channelLength)", "CHANTYPES=#", "KICKLEN=\(ServerLimits.kickLength)",
            "MODES=\(ServerLimits.modesPerCommand)", "NETWORK=\(settings.networkName)",
            "NICKLEN=\(ServerLimits.nickLength)", "PREFIX=(ov)@+",
            "TARGMAX=JOIN:,KICK:1,NAMES:1,NOTICE:\(ServerLimits.targets),PART:,PRIVMSG:\(ServerLimits.targets),WHOIS:1",
            "TOPICLEN=\(ServerLimits.topicLength)", "USERLEN=\(ServerLimits.userLength)", "UTF8ONLY",
        ]
        for start in stride(from: 0, to: tokens.count, by: 13) {
            let some = Array(tokens[start..<min(start + 13, tokens.count)])
            reply(.iSupport, some + ["are supported by this server"], to: client)
        }
    }
}
