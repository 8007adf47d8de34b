import IRCProtocol

/// From CAP LS to RPL_WELCOME and RPL_ISUPPORT, and what changes of that later.
extension ClientStateMachine {
    mutating func register(_ line: ServerLine.Registration) {
        switch phase {
        case .negotiating, .registering, .online: break
        case .offline, .closing, .stopped: return
        }
        switch line {
        case .capLS(let offered, let isLast): if phase == .negotiating { offer(offered, isLast: isLast) }
        case .capNEW(let offered): offer(offered, isLast: true)
        case .capDEL(let names): withdraw(names)
        case .capACK(let names):
            capabilities.acknowledge(names)
            if names.contains(ClientCapability.sasl.rawValue), login == nil { beginLogin() }
            endNegotiation()
        case .capNAK:
            for capability in capabilities.refuse() { write("CAP", "REQ", capability.rawValue) }
            endNegotiation()
        case .authenticate, .saslSucceeded, .saslFailed, .saslMechanisms: logIn(line)
        case .welcome(let nick): if !isOnline { welcome(nick) }
        case .iSupport(let tokens): if isOnline { learn(tokens) }
        case .nickRefused: if isOnline { lookForNickLater() } else { tryNextNick() }
        case .passwordRefused: if !isOnline { close(.wrongPassword) }
        case .banned: banned()
        }
    }

    // MARK: - Capabilities

    private mutating func offer(_ offered: [String: String], isLast: Bool) {
        guard capabilities.offer(offered, isLast: isLast) else { return close(.nonsense, quitting: true) }
        if let value = offered["sts"], follow(STSOffer(parsing: value)) { return }
        guard isLast else { return }
        let names = capabilities.request { $0 != .sasl || settings.sasl != nil }
        if !names.isEmpty { write("CAP", "REQ", names.map(\.rawValue).joined(separator: " ")) }
        endNegotiation()
    }

    /// A login that is under way ends with its capability.
    private mutating func withdraw(_ names: [String]) {
        capabilities.withdraw(names)
        guard names.contains(ClientCapability.sasl.rawValue) else { return }
        login = nil
        endNegotiation()
    }

    /// Strict Transport Security. Returns true where the link is given up for a secure one.
    private mutating func follow(_ offer: STSOffer) -> Bool {
        if link.isSecure {
            if let duration = offer.duration { actions.append(.keepSTS(for: duration)) }
            return false
        }
        guard let port = offer.port else { return false }
        actions.append(.upgrade(port: port))
        outlook = .redirected
        close(.upgrading(port: port))
        return true
    }

    /// As soon as nothing is open any more. Whoever has to have an account does not go on without.
    mutating func endNegotiation() {
        guard phase == .negotiating, capabilities.isSettled, login == nil else { return }
        if let account = settings.sasl, !capabilities.contains(.sasl) {
            guard !account.isRequired else { return close(.saslNotOffered, quitting: true) }
            report(.saslNotOffered)
        }
        phase = .registering
        write("CAP", "END")
    }

    // MARK: - Welcome

    private mutating func welcome(_ name: String) {
        // A server without capabilities has no SASL either.
        if phase == .negotiating, settings.sasl?.isRequired == true {
            return close(.saslNotOffered, quitting: true)
        }
        nick = name
        login = nil
        phase = .online(since: now.uptime)
        welcomedOn = now.date
        if let end = people.endOfWait { schedule(.lost, after: max(end - now.uptime, .zero)) }
        report(.online(nick: name))
        join()
        expectLetters()
        watchNick()
    }

    /// RPL_ISUPPORT.
    private mutating func learn(_ tokens: [String]) {
        let hadBotMode = support.botMode != nil
        let mapping = support.caseMapping
        support.apply(tokens)
        // Whoever and whatever is known already is known by the names that it has.
        if channels.values.contains(where: \.isJoined) { support.caseMapping = mapping }
        people.mapping = support.caseMapping
        channels = Dictionary(channels.values.map { (fold($0.name), $0) }) { first, _ in first }
        if !hadBotMode, let mode = support.botMode { write("MODE", nick, "+\(mode)") }
    }
}
