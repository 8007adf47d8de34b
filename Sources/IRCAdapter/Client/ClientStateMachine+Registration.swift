import IRCProtocol

/// From CAP LS to RPL_WELCOME and RPL_ISUPPORT.
extension ClientStateMachine {
    /// The capabilities that the bot makes use of: who speaks and when, which account, all signs before a nick.
    private static let wanted = [
        "account-notify", "account-tag", "chghost", "extended-join", "message-tags", "multi-prefix", "server-time",
    ]

    mutating func register(_ line: ServerLine) {
        switch (phase, line) {
        // Capabilities.
        case (.listing(let offered), .capLS(let names, let isLast)):
            let all = offered.union(names)
            if isLast { request(from: all) } else { phase = .listing(offered: all) }
        case (.requesting(let names), .capACK):
            capabilities.formUnion(names)
            authenticate()
        case (.requesting(let names), .capNAK):
            // One that was refused takes all others with it; SASL is the one that matters.
            if names.contains("sasl"), names.count > 1 { request(["sasl"]) } else { authenticate() }

        // SASL.
        case (.authenticating, .authenticate("+")):
            for part in settings.sasl?.payload ?? ["+"] { write("AUTHENTICATE", part) }
        case (.authenticating, .saslSucceeded): endNegotiation()
        case (.authenticating, .saslFailed): close(.saslFailed)

        // Nick and welcome.
        case (.listing, .welcome(let nick)), (.requesting, .welcome(let nick)), (.authenticating, .welcome(let nick)),
            (.registering, .welcome(let nick)):
            welcome(nick)
        case (.listing, .nickRefused), (.requesting, .nickRefused), (.authenticating, .nickRefused),
            (.registering, .nickRefused):
            tryNextNick()
        case (.listing, .passwordRefused), (.requesting, .passwordRefused), (.authenticating, .passwordRefused),
            (.registering, .passwordRefused):
            close(.wrongPassword)
        case (.online, .iSupport(let tokens)):
            support.apply(tokens)
            people.mapping = support.caseMapping
            channels = Dictionary(channels.values.map { (fold($0.name), $0) }) { first, _ in first }

        // What comes late, twice or unasked says nothing new.
        case (.listing, .capACK), (.listing, .capNAK), (.listing, .authenticate), (.listing, .saslSucceeded),
            (.listing, .saslFailed), (.listing, .iSupport):
            break
        case (.requesting, .capLS), (.requesting, .authenticate), (.requesting, .saslSucceeded),
            (.requesting, .saslFailed), (.requesting, .iSupport):
            break
        case (.authenticating, .capLS), (.authenticating, .capACK), (.authenticating, .capNAK),
            (.authenticating, .authenticate), (.authenticating, .iSupport):
            break
        case (.registering, .capLS), (.registering, .capACK), (.registering, .capNAK), (.registering, .authenticate),
            (.registering, .saslSucceeded), (.registering, .saslFailed), (.registering, .iSupport):
            break
        case (.online, .capLS), (.online, .capACK), (.online, .capNAK), (.online, .authenticate),
            (.online, .saslSucceeded), (.online, .saslFailed), (.online, .welcome), (.online, .nickRefused),
            (.online, .passwordRefused):
            break
        case (.offline, _), (.closing, _), (.stopped, _): break

        // Not about registration: see `handle(_:)`.
        case (_, .ping), (_, .error), (_, .banned), (_, .join), (_, .part), (_, .kick), (_, .quit), (_, .nick),
            (_, .account), (_, .chghost), (_, .names), (_, .endOfNames), (_, .joinRefused), (_, .speech), (_, .other):
            break
        }
    }

    // MARK: - Capabilities and SASL

    private mutating func request(from offered: Set<String>) {
        var names = Self.wanted.filter(offered.contains)
        if settings.sasl != nil {
            if offered.contains("sasl") { names.append("sasl") } else { report(.saslNotOffered) }
        }
        if names.isEmpty { endNegotiation() } else { request(names) }
    }

    private mutating func request(_ names: [String]) {
        phase = .requesting(names)
        write("CAP", "REQ", names.joined(separator: " "))
    }

    private mutating func authenticate() {
        guard settings.sasl != nil, capabilities.contains("sasl") else { return endNegotiation() }
        phase = .authenticating
        write("AUTHENTICATE", "PLAIN")
    }

    private mutating func endNegotiation() {
        phase = .registering
        write("CAP", "END")
    }

    // MARK: - Nick and welcome

    /// `lotse`, `lotse_`, `lotse__`, `lotse1`, `lotse2` …
    private mutating func tryNextNick() {
        nickRefusals += 1
        nick =
            switch nickRefusals {
            case 1, 2: settings.nick + String(repeating: "_", count: nickRefusals)
            // Some networks cut at nine characters.
            default: settings.nick.prefix(6) + String(nickRefusals - 2)
            }
        write("NICK", nick)
    }

    private mutating func welcome(_ name: String) {
        nick = name
        phase = .online(since: now.uptime)
        report(.online(nick: name))
        join(channels.values.map(\.name).sorted())
    }

    /// Several channels to a line, as many as surely fit.
    private mutating func join(_ names: [String]) {
        var line = ""
        for name in names {
            if !line.isEmpty, line.utf8.count + 1 + name.utf8.count > 400 {
                write("JOIN", line)
                line = ""
            }
            line += line.isEmpty ? name : "," + name
        }
        if !line.isEmpty { write("JOIN", line) }
    }
}
