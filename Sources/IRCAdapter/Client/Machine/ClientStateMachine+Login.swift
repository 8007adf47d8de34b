import IRCProtocol

/// SASL: before the registration, and again when the network offers it later.
extension ClientStateMachine {
    /// The capability is in use: begin with the best mechanism.
    mutating func beginLogin() {
        guard let account = settings.sasl else { return }
        login = SASLLogin(account, offered: capabilities.value(of: ClientCapability.sasl.rawValue) ?? "", on: link)
        askForNextMechanism(orReport: .saslNotOffered)
    }

    mutating func logIn(_ line: ServerLine.Registration) {
        guard var login else { return }
        switch line {
        case .authenticate(let parameter):
            let answer = login.answer(parameter)
            self.login = login
            follow(answer)
        case .saslMechanisms(let names): self.login?.restrict(to: names)
        case .saslSucceeded: if login.isConvincing || isOnline { endLogin() } else { exposeImpostor() }
        case .saslFailed:
            if login.mayTryAnother { askForNextMechanism(orReport: .saslFailed) } else { failLogin(.saslFailed) }
        case .capLS, .capACK, .capNAK, .capNEW, .capDEL, .welcome, .iSupport, .nickRefused, .passwordRefused, .banned:
            break
        }
    }

    private mutating func follow(_ answer: SASLLogin.Answer) {
        switch answer {
        case .wait: break
        case .send(let parameters): for parameter in parameters { write("AUTHENTICATE", parameter) }
        case .abort: exposeImpostor()
        }
    }

    private mutating func askForNextMechanism(orReport failure: ClientReport) {
        if let mechanism = login?.next() {
            write("AUTHENTICATE", mechanism.rawValue)
        } else {
            failLogin(failure)
        }
    }

    private mutating func endLogin() {
        login = nil
        endNegotiation()
    }

    private mutating func failLogin(_ reason: ClientReport) {
        login = nil
        guard settings.sasl?.isRequired == false else { return close(reason, quitting: true) }
        report(reason)
        endNegotiation()
    }

    /// A server that does not know the account is not the network that it claims to be: nothing more is said to it.
    private mutating func exposeImpostor() {
        write("AUTHENTICATE", "*")
        login = nil
        close(.saslImpostor)
    }
}
