/// What a server keeps of a password: enough to check it, not enough to sign in with it (RFC 5802 section 3).
package struct SCRAMCredentials: Hashable, Sendable {
    package let salt: [UInt8]
    package let iterations: Int
    package let storedKey: [UInt8]
    package let serverKey: [UInt8]

    /// As they were kept.
    package init(salt: [UInt8], iterations: Int, storedKey: [UInt8], serverKey: [UInt8]) {
        self.salt = salt
        self.iterations = iterations
        self.storedKey = storedKey
        self.serverKey = serverKey
    }

    /// Those of a new password: takes as long as `iterations` say.
    package init(password: String, salt: [UInt8], iterations: Int) throws(SCRAMError) {
        guard let password = SASLprep.prepare(password), !password.isEmpty else { throw .unusableCharacters }
        let salted = SCRAM.saltedPassword(password, salt: salt, iterations: iterations)
        self.init(
            salt: salt, iterations: iterations, storedKey: SCRAM.storedKey(SCRAM.clientKey(salted)),
            serverKey: SCRAM.serverKey(salted))
    }

    /// Whether `password` is the one: takes as long as `iterations` say.
    package func accepts(_ password: String) -> Bool {
        guard let other = try? SCRAMCredentials(password: password, salt: salt, iterations: iterations) else {
            return false
        }
        return SCRAM.areEqual(other.storedKey, storedKey)
    }
}
