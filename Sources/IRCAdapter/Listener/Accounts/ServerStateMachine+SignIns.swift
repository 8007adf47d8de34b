import Crypto
import IRCProtocol

/// Passwords and proofs are looked at in turn, and wrong ones are answered slowly; see ``SignInDesk``.
extension ServerStateMachine {
    /// Puts a question into its lane, and looks at it at once where it is its turn.
    mutating func ask(_ question: ServerAuthentication.Question, by client: ServerClient) {
        guard signIns.enter(ticket(for: question, by: client)) else {
            actions.append(.putOff)
            return putOff(question.purpose, client)
        }
        clients[client.id]?.authentication = .init(state: .checking(question))
        lookAtNext()
        if clients[client.id]?.isWaiting == true { actions.append(.hold(client.id)) }
    }

    private func ticket(for question: ServerAuthentication.Question, by client: ServerClient) -> SignInDesk.Ticket {
        SignInDesk.Ticket(
            id: client.id, network: client.peer.network, account: question.account.map(mapping.fold) ?? "")
    }

    private mutating func lookAtNext() {
        while let ticket = signIns.next(at: now.uptime) {
            guard let client = clients[ticket.id], case .checking(let question) = client.authentication?.state else {
                continue
            }
            switch question {
            case .password(let plain, _):
                signIns.began()
                actions.append(.checkPassword(plain, for: client.id))
            case .proof(let proof, let server, let account, let credentials):
                let final = try? server.finalMessage(answering: proof, credentials)
                decide(client.id) { machine, client in
                    guard let final else { return machine.refuse(question, client, .wrongPassword) }
                    machine.challenge(client, final, then: .scramConfirmed(account: account))
                }
            case .entry:
                let isRight = hasPassed(client)
                decide(client.id) { machine, client in
                    guard isRight else { return machine.refuse(question, client, .wrongServerPassword) }
                    machine.clients[client.id]?.hasPassed = true
                    machine.completeRegistration(client.id)
                }
            }
        }
    }

    /// In the same time whatever was typed.
    private func hasPassed(_ client: ServerClient) -> Bool {
        guard let wanted = settings.password, let given = client.password else { return settings.password == nil }
        return SHA256.hash(data: Array(given.utf8)) == SHA256.hash(data: Array(wanted.utf8))
    }

    /// Answers what was asked, and lets the connection's further lines come.
    private mutating func decide(_ id: ConnectionID, _ body: (inout Self, ServerClient) -> Void) {
        resume(id) { machine, client in
            machine.clients[id]?.authentication = nil
            body(&machine, client)
        }
        if clients[id]?.isWaiting == false { actions.append(.release(id)) }
    }

    mutating func passwordChecked(_ account: String?, for id: ConnectionID) {
        signIns.finished()
        if case .checking(let question) = clients[id]?.authentication?.state {
            decide(id) { machine, client in
                guard let account else { return machine.refuse(question, client, .wrongPassword) }
                guard question.purpose == .operatorship else { return machine.logIn(client, account) }
                guard machine.settings.operators.contains(machine.mapping.fold(account)) else {
                    return machine.refuse(question, client, .notAnOperator)
                }
                machine.becomeOperator(client)
            }
        }
        lookAtNext()
    }

    /// Looks at those whose time has come, and answers those who have waited long enough.
    mutating func goOnWithSignIns() {
        for id in signIns.takeDue(at: now.uptime) {
            guard case .refusing(let purpose) = clients[id]?.authentication?.state else { continue }
            decide(id) { $0.fail(purpose, $1) }
        }
        lookAtNext()
    }

    // MARK: - Wrong ones

    private mutating func refuse(
        _ question: ServerAuthentication.Question, _ client: ServerClient, _ reason: SignInRefusal.Reason
    ) {
        actions.append(
            .refused(SignInRefusal(address: client.peer.address, account: question.account, reason: reason)))
        let delay = signIns.failed(ticket(for: question, by: client), at: now.uptime)
        guard delay > .zero else { return fail(question.purpose, client) }
        clients[client.id]?.authentication = .init(state: .refusing(question.purpose))
        signIns.answerLater(client.id, at: now.uptime + delay)
    }

    private mutating func fail(_ purpose: ServerAuthentication.Purpose, _ client: ServerClient) {
        switch purpose {
        case .login: failLogin(client)
        case .operatorship:
            reply(.passwdMismatch, ["Password incorrect"], to: client)
            countFailedLogin(client)
        case .entry:
            reply(.passwdMismatch, ["Password incorrect"], to: client)
            drop(client.id, reason: "Password incorrect")
        }
    }

    /// What cannot be right, or was wrong.
    mutating func failLogin(_ client: ServerClient) {
        clients[client.id]?.authentication = nil
        reply(.saslFail, ["Signing in failed"], to: client)
        countFailedLogin(client)
    }

    private mutating func countFailedLogin(_ client: ServerClient) {
        clients[client.id]?.failedLogins += 1
        guard client.failedLogins + 1 >= ServerLimits.failedLogins else { return }
        drop(client.id, reason: "Too many wrong passwords")
    }

    /// Nothing was looked at, and nothing counts.
    private mutating func putOff(_ purpose: ServerAuthentication.Purpose, _ client: ServerClient) {
        let text = "Too many are signing in just now; try again in a moment"
        clients[client.id]?.authentication = nil
        switch purpose {
        case .login: reply(.saslFail, [text], to: client)
        case .operatorship: reply(.tryAgain, ["OPER", text], to: client)
        case .entry: drop(client.id, reason: text)
        }
    }
}
