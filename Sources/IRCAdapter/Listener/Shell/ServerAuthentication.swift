/// Where a client is in signing in; commands that come meanwhile wait while the shell looks something up.
///
///     state           waits for                                    then
///     plain           account and password                        checkingPassword
///     scramFirst      the client's first message                   lookingUp
///     lookingUp       the shell, for what is kept of the password  scramFinal, after our first message
///     scramFinal      the client's proof                           scramConfirmed, after our signature
///     scramConfirmed  the client's empty message                   signed in
///     checking        the shell, for the password                  signed in, or an operator
struct ServerAuthentication: Hashable, Sendable {
    enum State: Hashable, Sendable {
        case plain
        case scramFirst
        case lookingUp(SCRAMServer)
        case scramFinal(SCRAMServer, account: String, SCRAMCredentials)
        case scramConfirmed(account: String)
        case checking(Purpose)
    }

    /// What a password is checked for.
    enum Purpose: Hashable, Sendable {
        case login, operatorship
    }

    var state: State
    var payload = SASLPayload()
}
