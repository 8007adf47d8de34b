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
            begin(parameter.asciiUppercased, by: client)
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
        case .tooLong, .notBase64: failLogin(client)
        }
    }

    private mutating func proceed(with bytes: [UInt8], from client: ServerClient) {
        guard let authentication = client.authentication, let text = String(validating: bytes, as: UTF8.self) else {
            return failLogin(client)
        }
        switch authentication.state {
        case .plain:
            guard let plain = SASLPlain(parsing: bytes) else { return failLogin(client) }
            ask(.password(plain, for: .login), by: client)
        case .scramFirst:
            guard let server = try? SCRAMServer(answering: text) else { return failLogin(client) }
            clients[client.id]?.authentication = .init(state: .lookingUp(server))
            actions.append(.lookUp(account: server.account, for: client.id))
        case .scramFinal(let server, let account, let credentials):
            ask(.proof(text, server, account: account, credentials), by: client)
        case .scramConfirmed(let account):
            bytes.isEmpty ? logIn(client, account) : failLogin(client)
        // Commands wait while something is looked up.
        case .lookingUp, .checking, .refusing: break
        }
    }

    mutating func challenge(
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
        guard var client = clients[id] else { return }
        let pending = client.pendingLabel
        client.pendingLabel = nil
        clients[id] = client
        label(pending, for: id) { body(&$0, client) }
    }

    mutating func lookedUp(
        _ account: String, _ credentials: SCRAMCredentials, nonce: String, by client: ServerClient
    ) {
        guard case .lookingUp(var server) = client.authentication?.state else { return }
        let first = server.firstMessage(credentials, nonce: nonce)
        challenge(client, first, then: .scramFinal(server, account: account, credentials))
    }

    // MARK: - Signed in

    /// From now on the person is her account: what was hers as a connection goes over to it.
    mutating func logIn(_ client: ServerClient, _ account: String) {
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
        for channel in client.channels.sorted() { greetFacilitator(client.id, in: channel) }
    }

    /// Whose account was removed has to leave.
    mutating func dropRemovedAccounts(remaining: Set<String>) {
        let gone = clients.values.filter { $0.account.map { !remaining.contains($0) } ?? false }
        for id in gone.map(\.id).sorted() { drop(id, reason: "Your account was removed") }
    }
}

extension ServerClient {
    /// Whether something is being found out for it, so that its further lines wait.
    var isWaiting: Bool {
        switch authentication?.state {
        case .lookingUp, .checking, .refusing: true
        case .plain, .scramFirst, .scramFinal, .scramConfirmed, nil: historyQuery != nil
        }
    }
}
