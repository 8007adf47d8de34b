/// The client's side of one SCRAM-SHA-256 exchange (RFC 5802 section 5).
///
///     client  n,,n=user,r=nonce            ``firstMessage``
///     server  r=nonce+more,s=salt,i=4096
///     client  c=biws,r=nonce+more,p=proof  ``finalMessage(answering:)``
///     server  v=signature                  ``verify(_:)``
package struct SCRAMClient: Hashable, Sendable {
    private let bareFirst: String
    private let nonce: String
    private let password: String
    private var serverSignature: [UInt8]?

    /// - Parameter nonce: at random, printable ASCII without a comma.
    package init(account: String, password: String, nonce: String) throws(SCRAMError) {
        guard let account = SASLprep.prepare(account), let password = SASLprep.prepare(password) else {
            throw .unusableCharacters
        }
        self.nonce = nonce
        self.password = password
        bareFirst = "n=\(SCRAMAttributes.escaped(account)),r=\(nonce)"
    }

    package var firstMessage: String { SCRAM.gs2Header + bareFirst }

    /// The proof that the password is known; computing it takes as long as the server's iterations say.
    package mutating func finalMessage(answering serverFirst: String) throws(SCRAMError) -> String {
        var attributes = SCRAMAttributes(parsing: serverFirst)
        guard let nonce = attributes.next("r"), let salt = attributes.next("s").flatMap(SCRAM.bytes(base64:)),
            let iterations = attributes.next("i").flatMap({ Int($0) }), !salt.isEmpty
        else { throw .malformed }
        guard nonce.hasPrefix(self.nonce), nonce != self.nonce else { throw .wrongNonce }
        guard SCRAM.iterations.contains(iterations) else { throw .iterationsOutOfRange }
        let salted = SCRAM.saltedPassword(password, salt: salt, iterations: iterations)
        let withoutProof = "c=\(SCRAM.base64(Array(SCRAM.gs2Header.utf8))),r=\(nonce)"
        let authMessage = "\(bareFirst),\(serverFirst),\(withoutProof)"
        serverSignature = SCRAM.signature(SCRAM.serverKey(salted), of: authMessage)
        let clientKey = SCRAM.clientKey(salted)
        let proof = SCRAM.xor(clientKey, SCRAM.signature(SCRAM.storedKey(clientKey), of: authMessage))
        return "\(withoutProof),p=\(SCRAM.base64(proof))"
    }

    /// Returns only where the server has shown that it knows the account, too.
    package func verify(_ serverFinal: String) throws(SCRAMError) {
        var attributes = SCRAMAttributes(parsing: serverFinal)
        if attributes.next("e") != nil { throw .refused }
        guard let signature = attributes.next("v").flatMap(SCRAM.bytes(base64:)) else { throw .malformed }
        guard let serverSignature, SCRAM.areEqual(signature, serverSignature) else { throw .wrongServerSignature }
    }
}

extension SCRAMClient: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "***" }
    package var debugDescription: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
