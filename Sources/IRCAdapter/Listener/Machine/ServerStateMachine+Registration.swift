import Facilitation
import IRCProtocol

/// From the first line to RPL_WELCOME: PASS, NICK, USER; and SETNAME.
extension ServerStateMachine {
    mutating func pass(_ message: IRCMessage, from client: ServerClient) {
        if client.isRegistered { return reply(.alreadyRegistered, ["You may not reregister"], to: client) }
        guard let password = message.parameter(0), !password.isEmpty else {
            return reply(.needMoreParams, ["PASS", "Not enough parameters"], to: client)
        }
        clients[client.id]?.password = password
    }

    mutating func user(_ message: IRCMessage, from client: ServerClient) {
        if client.isRegistered { return reply(.alreadyRegistered, ["You may not reregister"], to: client) }
        guard message.parameters.count >= 4, !message.parameters[0].isEmpty, !message.parameters[3].isEmpty else {
            return reply(.needMoreParams, ["USER", "Not enough parameters"], to: client)
        }
        let allowed = message.parameters[0].filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
        clients[client.id]?.user = "~" + (allowed.isEmpty ? "user" : allowed.prefix(ServerLimits.userLength - 1))
        let realName = cut(message.parameters[3], to: ServerLimits.realNameLength)
        clients[client.id]?.realName = realName
        completeRegistration(client.id)
    }

    mutating func nick(_ message: IRCMessage, from client: ServerClient) {
        guard let nick = message.parameter(0), !nick.isEmpty else {
            return reply(.noNicknameGiven, ["No nickname given"], to: client)
        }
        guard Self.isValidNick(nick) else {
            return reply(.erroneousNickname, [nick, "Erroneous nickname"], to: client)
        }
        guard !Self.isReserved(nick) else {
            return reply(.erroneousNickname, [nick, "Nickname is reserved for services"], to: client)
        }
        guard isFree(nick, for: client) || mayBecomeFree(nick, for: client) else {
            return reply(.nicknameInUse, [nick, "Nickname is already in use"], to: client)
        }
        if client.isRegistered {
            makeFree(nick, for: client)
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

    /// Names by which people elsewhere trust programs with their passwords: NickServ, ChanServ and their like.
    static func isReserved(_ nick: String) -> Bool {
        let folded = ServerLimits.caseMapping.fold(nick)
        return folded.hasSuffix("serv") || ["global", "server", "services"].contains(folded)
    }

    /// A client that is not registered yet holds no nick, and an account's nick is free for another connection of the
    /// same account: the first one may be dead.
    private func isFree(_ nick: String, for client: ServerClient) -> Bool {
        guard let holder = self.client(named: nick), holder.id != client.id else { return true }
        return holder.account != nil && holder.account == client.account
    }

    /// Whether it will be as soon as she has signed in, which clients do after they have said their nick.
    private func mayBecomeFree(_ nick: String, for client: ServerClient) -> Bool {
        !client.isRegistered && client.isNegotiating && client.account == nil
            && client.capabilities.contains(.sasl) && self.client(named: nick)?.account != nil
    }

    /// Takes the nick from the account's other connection, which goes on under another one if it is alive, and soon
    /// ends if it is not. The person is still called as before.
    private mutating func makeFree(_ nick: String, for client: ServerClient) {
        guard let holder = self.client(named: nick), holder.id != client.id else { return }
        let stem = nick.prefix(ServerLimits.nickLength - 4)
        guard let other = (1...9999).lazy.map({ "\(stem)\($0)" }).first(where: { self.client(named: $0) == nil })
        else { return drop(holder.id, reason: "Another connection of the account took its nick") }
        rename(holder, to: other, isReported: false)
        clients[holder.id]?.doubtedAt = now.uptime
        clients[holder.id]?.pingedAt = now.uptime
        actions.append(.send(IRCMessage("PING", [settings.serverName]), to: [holder.id]))
    }

    private mutating func rename(_ client: ServerClient, to nick: String, isReported: Bool = true) {
        guard nick != client.nick else { return }
        let isOtherName = mapping.fold(nick) != client.foldedNick
        if isOtherName { tellWatchers(of: client, isOnline: false) }
        remember(client)
        nicks[client.foldedNick] = nil
        nicks[mapping.fold(nick)] = client.id
        clients[client.id]?.nick = nick
        broadcast(IRCMessage("NICK", [nick]), from: client, to: neighbours(of: client).union([client.id]))
        guard let renamed = clients[client.id] else { return }
        if isOtherName { tellWatchers(of: renamed, isOnline: true) }
        if isReported { deliver(.renamed(client.identity, to: nick, at: now.date)) }
    }

    mutating func setname(_ message: IRCMessage, from client: ServerClient) {
        let name = message.parameters[0]
        guard name.utf8.count <= ServerLimits.realNameLength else {
            return fail("SETNAME", "INVALID_REALNAME", "The name is too long", to: client)
        }
        clients[client.id]?.realName = name
        let others = having(.setname, among: neighbours(of: client).union(extendedWatchers(of: client)))
        broadcast(IRCMessage("SETNAME", [name]), from: client, to: others + [client.id])
    }

    // MARK: - Registered

    mutating func completeRegistration(_ id: ConnectionID) {
        guard var client = clients[id], !client.isRegistered, !client.isNegotiating else { return }
        guard let nick = client.nick, client.user != nil else { return }
        guard settings.password == nil || client.hasPassed else { return ask(.entry, by: client) }
        // Somebody else may have registered under the wanted nick meanwhile.
        guard isFree(nick, for: client) else {
            clients[id]?.nick = nil
            client.nick = nil
            return reply(.nicknameInUse, [nick, "Nickname is already in use"], to: client)
        }
        makeFree(nick, for: client)
        client.isRegistered = true
        client.password = nil
        client.authentication = nil
        clients[id] = client
        nicks[client.foldedNick] = id
        mostClients = max(mostClients, nicks.count - 1)
        welcome(client)
        tellWatchers(of: client, isOnline: true)
    }

    /// The beginning of `text`, at most `length` bytes.
    func cut(_ text: String, to length: Int) -> String {
        Splitting.pieces(of: text, limit: length)[0]
    }
}
