import IRCProtocol

/// Somebody who can sign in to the listener.
package struct Account: Hashable, Sendable {
    package let name: String
    let credentials: SCRAMCredentials

    /// Iterations for new passwords: some tens of milliseconds for us and for a client.
    static let iterations = 60_000
    static let saltLength = 16

    init(name: String, credentials: SCRAMCredentials) {
        self.name = name
        self.credentials = credentials
    }

    /// - Parameter salt: ``saltLength`` bytes at random.
    package init(name: String, password: String, salt: [UInt8]) throws(AccountError) {
        guard Self.isValid(name) else { throw .invalidName(name) }
        guard let credentials = try? SCRAMCredentials(password: password, salt: salt, iterations: Self.iterations)
        else { throw .unusablePassword }
        self.init(name: name, credentials: credentials)
    }

    /// Whether this is its name, in upper or lower case.
    package func isNamed(_ name: String) -> Bool {
        ServerLimits.caseMapping.fold(name) == ServerLimits.caseMapping.fold(self.name)
    }

    /// Letters, digits and `-_.`, a letter or digit first, at most 32: it becomes part of a host name.
    static func isValid(_ name: String) -> Bool {
        guard let first = name.first, (1...32).contains(name.utf8.count) else { return false }
        func isWord(_ character: Character) -> Bool {
            character.isASCII && (character.isLetter || character.isNumber)
        }
        return isWord(first) && name.allSatisfy { isWord($0) || "-_.".contains($0) }
    }

    // MARK: - As a line of the accounts file

    /// `anna:SCRAM-SHA-256$60000:salt$stored key:server key`, the bytes in base64 (RFC 5803 section 3).
    package var line: String {
        let keys = [credentials.salt, credentials.storedKey, credentials.serverKey].map(SCRAM.base64)
        return "\(name):SCRAM-SHA-256$\(credentials.iterations):\(keys[0])$\(keys[1]):\(keys[2])"
    }

    /// Nil where the line has another form.
    package init?(line: some StringProtocol) {
        let parts = String(line).split(separator: "$", omittingEmptySubsequences: false).map {
            $0.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        }
        guard parts.map(\.count) == [2, 2, 2], Self.isValid(parts[0][0]), parts[0][1] == "SCRAM-SHA-256",
            let iterations = Int(parts[1][0]), SCRAM.iterations.contains(iterations),
            let salt = SCRAM.bytes(base64: parts[1][1]), let storedKey = SCRAM.bytes(base64: parts[2][0]),
            let serverKey = SCRAM.bytes(base64: parts[2][1])
        else { return nil }
        self.init(
            name: parts[0][0],
            credentials: SCRAMCredentials(
                salt: salt, iterations: iterations, storedKey: storedKey, serverKey: serverKey))
    }
}
