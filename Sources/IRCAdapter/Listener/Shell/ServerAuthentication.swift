/// Where a client is in signing in; commands that come meanwhile wait while the shell looks something up.
///
///     state           waits for                                    then
///     plain           account and password                        checking
///     scramFirst      the client's first message                   lookingUp
///     lookingUp       the shell, for what is kept of the password  scramFinal, after our first message
///     scramFinal      the client's proof                           checking
///     checking        its turn, then perhaps the shell             signed in, an operator, scramConfirmed, or refusing
///     scramConfirmed  the client's empty message                   signed in
///     refusing        some seconds                                 the answer that it was wrong
struct ServerAuthentication: Hashable, Sendable {
    enum State: Hashable, Sendable {
        case plain
        case scramFirst
        case lookingUp(SCRAMServer)
        case scramFinal(SCRAMServer, account: String, SCRAMCredentials)
        case scramConfirmed(account: String)
        case checking(Question)
        case refusing(Purpose)
    }

    /// What it is about.
    enum Purpose: Hashable, Sendable {
        case login, operatorship
        /// What PASS has to say.
        case entry
    }

    /// What is to be found right or wrong; see ``SignInDesk``.
    enum Question: Hashable, Sendable {
        case password(SASLPlain, for: Purpose)
        case proof(String, SCRAMServer, account: String, SCRAMCredentials)
        /// The password of PASS.
        case entry

        var purpose: Purpose {
            switch self {
            case .password(_, let purpose): purpose
            case .proof: .login
            case .entry: .entry
            }
        }

        /// As it was typed; nil where none was.
        var account: String? {
            switch self {
            case .password(let plain, _): plain.account
            case .proof(_, let server, _, _): server.account
            case .entry: nil
            }
        }
    }

    var state: State
    var payload = SASLPayload()
}
