import DialogEngine
import Facilitation
import IRCProtocol

/// AUTHENTICATE (IRCv3 `sasl`): PLAIN and SCRAM-SHA-256 against the accounts of this server; see
/// ``ServerAuthentication`` for the states.
extension ServerStateMachine {
    /// PLAIN only where nobody on the way can read it.
    func mechanisms(for client: ServerClient) -> [String] {
        client.peer.isConfidential ? ["PLAIN", "SCRAM-SHA-256"] : ["SCRAM-SHA-256"]
    }

    mutating func authenticate(_ message: IRCMessage, from client: ServerClient) {
        guard let parameter = message.parameter(0), !parameter.isEmpty else {
            return reply(.needMoreParams, ["AUTHENTICATE", "Not enough parameters"], to: client)
        }
        guard client.capabilities.contains(.sasl) else {
            return reply(.saslFail, ["Ask for it first: CAP REQ sasl"], to: client)
        }
        guard client.account == nil else {
            return reply(.saslAlready, ["You have already signed in"], to: client)
        }
        if parameter == "*" {
            clients[client.id]?.authentication = nil
            return reply(.saslAborted, ["Signing in was broken off"], to: client)
        }
        if client.authentication == nil {
            begin(parameter.uppercased(), by: client)
        } else {
            take(parameter, from: client)
        }
    }

    private mutating func begin(_ mechanism: String, by client: ServerClient) {
        guard mechanisms(for: client).contains(mechanism) else {
            reply(
                .saslMechs, [mechanisms(for: client).joined(separator: ","), "are available SASL mechanisms"],
                to: client)
            return reply(.saslFail, ["There is no such mechanism here"], to: client)
        }
        clients[client.id]?.authentication = .init(state: mechanism == "PLAIN" ? .plain : .scramFirst)
        actions.append(.send(IRCMessage("AUTHENTICATE", ["+"]), to: [client.id]))
    }

    private mutating func take(_ parameter: String, from client: ServerClient) {
        switch clients[client.id]?.authentication?.payload.take(parameter) {
        case .incomplete, nil: break
        case .complete(let bytes): proceed(with: bytes, from: client)
        case .tooLong where parameter.utf8.count > SASLPayload.chunk:
            clients[client.id]?.authentication = nil
            reply(.saslTooLong, ["The message is too long"], to: client)
        // No mechanism here needs so much, in however many lines.
        case .tooLong, .notBase64: refuseLogin(client)
        }
    }

    private mutating func proceed(with bytes: [UInt8], from client: ServerClient) {
        guard let authentication = client.authentication, let text = String(validating: bytes, as: UTF8.self) else {
            return refuseLogin(client)
        }
        switch authentication.state {
        case .plain:
            guard let plain = SASLPlain(parsing: bytes) else { return refuseLogin(client) }
            check(plain, for: .login, by: client)
        case .scramFirst:
            guard let server = try? SCRAMServer(answering: text) else { return refuseLogin(client) }
            clients[client.id]?.authentication = .init(state: .lookingUp(server))
            actions.append(.lookUp(account: server.account, for: client.id))
        case .scramFinal(let server, let account, let credentials):
            guard let final = try? server.finalMessage(answering: text, credentials) else { return refuseLogin(client) }
            challenge(client, final, then: .scramConfirmed(account: account))
        case .scramConfirmed(let account):
            bytes.isEmpty ? logIn(client, account) : refuseLogin(client)
        // Commands wait while something is looked up.
        case .lookingUp, .checking: break
        }
    }

    private mutating func challenge(
        _ client: ServerClient, _ message: String, then state: ServerAuthentication.State
    ) {
        clients[client.id]?.authentication = .init(state: state)
        for part in SASLPayload.parameters(of: Array(message.utf8)) {
            actions.append(.send(IRCMessage("AUTHENTICATE", [part]), to: [client.id]))
        }
    }

    // MARK: - What the shell found out

    /// Goes on with a command that had to wait.
    mutating func resume(_ id: ConnectionID, _ body: (inout Self, ServerClient) -> Void) {
        guard let client = clients[id] else { return }
        clients[id]?.pendingLabel = nil
        label(client.pendingLabel, for: id) { body(&$0, client) }
    }

    mutating func lookedUp(
        _ account: String, _ credentials: SCRAMCredentials, nonce: String, by client: ServerClient
    ) {
        guard case .lookingUp(var server) = client.authentication?.state else { return }
        let first = server.firstMessage(credentials, nonce: nonce)
        challenge(client, first, then: .scramFinal(server, account: account, credentials))
    }

    mutating func check(_ plain: SASLPlain, for purpose: ServerAuthentication.Purpose, by client: ServerClient) {
        guard passwordChecks < ServerLimits.passwordChecks else { return refuseLogin(client) }
        passwordChecks += 1
        clients[client.id]?.authentication = .init(state: .checking(purpose))
        actions.append(.checkPassword(plain, for: client.id))
    }

    mutating func passwordChecked(_ account: String?, by client: ServerClient) {
        guard case .checking(let purpose) = client.authentication?.state else { return }
        clients[client.id]?.authentication = nil
        switch (purpose, account) {
        case (.login, let account?): logIn(client, account)
        case (.login, nil): refuseLogin(client)
        case (.operatorship, let account): decideOperatorship(client, account: account)
        }
    }

    private mutating func refuseLogin(_ client: ServerClient) {
        clients[client.id]?.authentication = nil
        reply(.saslFail, ["Signing in failed"], to: client)
        countFailedLogin(client)
    }

    mutating func countFailedLogin(_ client: ServerClient) {
        clients[client.id]?.failedLogins += 1
        guard client.failedLogins + 1 >= ServerLimits.failedLogins else { return }
        drop(client.id, reason: "Too many wrong passwords")
    }

    // MARK: - Signed in

    /// From now on the person is her account: what was hers as a connection goes over to it.
    private mutating func logIn(_ client: ServerClient, _ account: String) {
        let old = client
        var client = client
        client.authentication = nil
        client.account = account
        client.host = "\(account).account.\(settings.serverName)"
        client.identity = Identity(rawValue: "\(settings.adapterName)/account/\(mapping.fold(account))")
        clients[client.id] = client
        forget(old.identity, of: client.id)
        connectionsByIdentity[client.identity, default: []].insert(client.id)
        reply(.loggedIn, [client.source.rawValue, account, "You are now logged in as \(account)"], to: client)
        reply(.saslSuccess, ["SASL authentication successful"], to: client)
        if client.isRegistered { announceLogin(of: client, before: old) }
    }

    private mutating func announceLogin(of client: ServerClient, before old: ServerClient) {
        let account = having(.accountNotify, among: neighbours(of: client).union(extendedWatchers(of: client)))
        broadcast(IRCMessage("ACCOUNT", [client.account ?? "*"], source: old.source), from: client, to: account)
        let everyone = neighbours(of: client).union(extendedWatchers(of: client)).union([client.id])
        broadcast(
            IRCMessage("CHGHOST", [client.user ?? "~", client.host], source: old.source), from: client,
            to: having(.chghost, among: everyone))
        deliver(.identified(old.identity, as: sender(client), at: now.date))
    }

    /// Whose account was removed has to leave.
    mutating func dropRemovedAccounts(remaining: Set<String>) {
        let gone = clients.values.filter { $0.account.map { !remaining.contains($0) } ?? false }
        for id in gone.map(\.id).sorted() { drop(id, reason: "Your account was removed") }
    }
}

extension ServerClient {
    /// Whether the shell is looking something up for it, so that its further lines wait.
    var isWaiting: Bool {
        switch authentication?.state {
        case .lookingUp, .checking: true
        case .plain, .scramFirst, .scramFinal, .scramConfirmed, nil: historyQuery != nil
        }
    }
}
