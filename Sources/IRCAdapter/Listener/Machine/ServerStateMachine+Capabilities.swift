import IRCProtocol

/// CAP: `LS [302]`, `LIST`, `REQ :a -b`, `END` (IRCv3 capability negotiation).
extension ServerStateMachine {
    mutating func cap(_ message: IRCMessage, from client: ServerClient) {
        guard let subcommand = message.parameter(0)?.asciiUppercased, !subcommand.isEmpty else {
            return reply(.needMoreParams, ["CAP", "Not enough parameters"], to: client)
        }
        switch subcommand {
        case "LS": listCapabilities(version: message.parameter(1).flatMap { Int($0) } ?? 301, to: client)
        case "LIST":
            let enabled = ServerCapabilities.names.filter { client.capabilities.contains($0.capability) }
            sendCapabilities("LIST", enabled.map(\.name), to: client)
        case "REQ": request(message.parameter(1) ?? "", from: client)
        case "END":
            clients[client.id]?.isNegotiating = false
            completeRegistration(client.id)
        default: reply(.invalidCapCmd, [subcommand, "Invalid CAP command"], to: client)
        }
    }

    private mutating func listCapabilities(version: Int, to client: ServerClient) {
        if !client.isRegistered { clients[client.id]?.isNegotiating = true }
        if version >= 302 {
            clients[client.id]?.knowsCapabilityValues = true
            // Whoever speaks 302 is told of changes, asked for or not.
            clients[client.id]?.capabilities.insert(.capNotify)
        }
        guard let client = clients[client.id] else { return }
        sendCapabilities("LS", offered(to: client), to: client)
    }

    /// With values for those who know version 302.
    private func offered(to client: ServerClient) -> [String] {
        let names = ServerCapabilities.names.filter { isOffered($0.capability) }.map { name, capability in
            guard client.knowsCapabilityValues, let value = value(of: capability, for: client) else { return name }
            return "\(name)=\(value)"
        }
        guard client.knowsCapabilityValues, let policy = transportPolicy(for: client) else { return names }
        return names + ["sts=\(policy)"]
    }

    private func isOffered(_ capability: ServerCapabilities) -> Bool {
        switch capability {
        case .sasl: settings.hasAccounts
        case .chathistory: settings.hasHistory
        default: true
        }
    }

    private func value(of capability: ServerCapabilities, for client: ServerClient) -> String? {
        switch capability {
        case .sasl: mechanisms(for: client).joined(separator: ",")
        case .multiline:
            "max-bytes=\(ServerLimits.multilineBytes),max-lines=\(ServerLimits.multilineLines)"
        default: nil
        }
    }

    /// Strict transport security (IRCv3 `sts`): where TLS is, said in plain text; how long it holds, said over TLS.
    private func transportPolicy(for client: ServerClient) -> String? {
        guard let duration = settings.stsDuration else { return nil }
        return client.peer.isSecure ? "duration=\(duration)" : settings.tlsPort.map { "port=\($0)" }
    }

    /// Several lines where one is too short; only version 302 knows how to go on (`*`).
    private mutating func sendCapabilities(_ subcommand: String, _ names: [String], to client: ServerClient) {
        let head = "\(client.displayName) \(subcommand) *"
        let limit = Splitting.room(source: serverSource, command: "CAP", target: head)
        let lines = Splitting.lines(of: names, limit: limit)
        for (index, line) in lines.enumerated() {
            let mark = client.knowsCapabilityValues && index < lines.count - 1 ? ["*"] : []
            send("CAP", [client.displayName, subcommand] + mark + [line], to: client)
        }
        if lines.isEmpty { send("CAP", [client.displayName, subcommand, ""], to: client) }
    }

    /// All of the wishes are granted or none.
    private mutating func request(_ wishes: String, from client: ServerClient) {
        if !client.isRegistered { clients[client.id]?.isNegotiating = true }
        var capabilities = client.capabilities
        for wish in wishes.parts(at: " ") {
            let isRemoval = wish.begins(with: "-")
            let name = isRemoval ? String(wish.dropFirst()) : wish
            guard let known = ServerCapabilities.names.first(where: { $0.name == name })?.capability,
                isOffered(known), !(isRemoval && known == .capNotify && client.knowsCapabilityValues)
            else {
                return send("CAP", [client.displayName, "NAK", wishes], to: client)
            }
            if isRemoval { capabilities.remove(known) } else { capabilities.insert(known) }
        }
        clients[client.id]?.capabilities = capabilities
        send("CAP", [client.displayName, "ACK", wishes], to: client)
    }
}
