/// The SASL mechanism PLAIN (RFC 4616): name and password in clear, for encrypted links and loopback only.
///
///     authorization identity, empty or the account  NUL  account  NUL  password
package struct SASLPlain: Hashable, Sendable {
    let account: String
    let password: String

    package init(account: String, password: String) {
        self.account = account
        self.password = password
    }

    /// What a client sent; nil where it does not have the form, or wants to act for somebody else.
    init?(parsing message: [UInt8]) {
        let parts = message.split(separator: 0, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[1].isEmpty, !parts[2].isEmpty, parts[0].isEmpty || parts[0] == parts[1],
            let account = String(validating: parts[1], as: UTF8.self),
            let password = String(validating: parts[2], as: UTF8.self)
        else { return nil }
        self.init(account: account, password: password)
    }

    /// The parameters of the AUTHENTICATE lines.
    package var payload: [String] { SASLPayload.parameters(of: Array("\(account)\0\(account)\0\(password)".utf8)) }
}

extension SASLPlain: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "***" }
    package var debugDescription: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
