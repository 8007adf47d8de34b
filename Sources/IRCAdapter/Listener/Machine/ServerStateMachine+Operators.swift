import IRCProtocol

/// OPER and KILL, for accounts that the operator of Lotse has named; OPER proves the account once more.
extension ServerStateMachine {
    mutating func oper(_ message: IRCMessage, from client: ServerClient) {
        let (name, password) = (message.parameters[0], message.parameters[1])
        guard !settings.operators.isEmpty, client.peer.isConfidential else {
            return reply(.noOperHost, ["No O-lines for your host"], to: client)
        }
        ask(.password(SASLPlain(account: name, password: password), for: .operatorship), by: client)
    }

    mutating func becomeOperator(_ client: ServerClient) {
        clients[client.id]?.isOperator = true
        reply(.youreOper, ["You are now an IRC operator"], to: client)
        guard !client.isOperator else { return }
        broadcast(IRCMessage("MODE", [client.displayName, "+o"]), from: client, to: [client.id])
    }

    mutating func kill(_ message: IRCMessage, from client: ServerClient) {
        let nick = message.parameters[0]
        guard client.isOperator else {
            return reply(.noPrivileges, ["Permission Denied- You're not an IRC operator"], to: client)
        }
        guard let victim = self.client(named: nick) else {
            return reply(.noSuchNick, [nick, "No such nick/channel"], to: client)
        }
        guard victim.id != .bot else { return reply(.cantKillServer, ["You can't kill a server!"], to: client) }
        let reason = message.parameter(1) ?? ""
        let text = "Killed (\(client.displayName) (\(reason)))"
        broadcast(IRCMessage("KILL", [victim.displayName, reason]), from: client, to: [victim.id])
        drop(victim.id, reason: text)
    }
}
