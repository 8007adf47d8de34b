/// The server's side of one SCRAM-SHA-256 exchange (RFC 5802 section 5); see ``SCRAMClient`` for the messages.
struct SCRAMServer: Hashable, Sendable {
    /// The name that the client gave.
    let account: String
    private let gs2Header: String
    private let bareFirst: String
    /// The client's nonce, then what this side adds to it.
    private var nonce: String

    init(answering clientFirst: String) throws(SCRAMError) {
        // `n,,` or `y,,`, possibly with `a=` between the commas; the rest is signed.
        let parts = clientFirst.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "n" || parts[0] == "y" else { throw .malformed }
        var attributes = SCRAMAttributes(parsing: parts[2])
        guard let name = attributes.next("n").flatMap(SCRAMAttributes.unescaped), !name.isEmpty,
            let clientNonce = attributes.next("r"), !clientNonce.isEmpty
        else { throw .malformed }
        guard let account = SASLprep.prepare(name) else { throw .unusableCharacters }
        guard parts[1].isEmpty || parts[1] == "a=\(SCRAMAttributes.escaped(name))" else { throw .malformed }
        self.account = account
        gs2Header = "\(parts[0]),\(parts[1]),"
        bareFirst = String(parts[2])
        nonce = clientNonce
    }

    /// - Parameter nonce: this side's part of it: at random, printable ASCII without a comma.
    mutating func firstMessage(_ credentials: SCRAMCredentials, nonce: String) -> String {
        self.nonce += nonce
        return firstMessage(credentials)
    }

    private func firstMessage(_ credentials: SCRAMCredentials) -> String {
        "r=\(nonce),s=\(SCRAM.base64(credentials.salt)),i=\(credentials.iterations)"
    }

    /// The server's signature, where the client's proof is right.
    func finalMessage(answering clientFinal: String, _ credentials: SCRAMCredentials) throws(SCRAMError) -> String {
        guard let comma = clientFinal.lastIndex(of: ",") else { throw .malformed }
        let withoutProof = clientFinal[..<comma]
        var attributes = SCRAMAttributes(parsing: withoutProof)
        guard attributes.next("c") == SCRAM.base64(Array(gs2Header.utf8)), let nonce = attributes.next("r"),
            clientFinal[comma...].hasPrefix(",p="),
            let proof = SCRAM.bytes(base64: String(clientFinal[comma...].dropFirst(3)))
        else { throw .malformed }
        guard nonce == self.nonce else { throw .wrongNonce }
        let authMessage = "\(bareFirst),\(firstMessage(credentials)),\(withoutProof)"
        let clientKey = SCRAM.xor(proof, SCRAM.signature(credentials.storedKey, of: authMessage))
        guard proof.count == credentials.storedKey.count,
            SCRAM.areEqual(SCRAM.storedKey(clientKey), credentials.storedKey)
        else { throw .wrongProof }
        return "v=\(SCRAM.base64(SCRAM.signature(credentials.serverKey, of: authMessage)))"
    }
}
