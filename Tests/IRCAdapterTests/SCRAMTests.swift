@testable import IRCAdapter
import Testing

@Suite("SASL")
struct SCRAMTests {
    /// The example of RFC 7677 section 3.
    private static let serverFirst =
        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
    private static let clientFinal =
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
    private static let serverFinal = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
    private static let salt = SCRAM.bytes(base64: "W22ZaJ0SNY7soEsUEjb6gQ==") ?? []

    private func client(_ password: String = "pencil") throws -> SCRAMClient {
        try SCRAMClient(account: "user", password: password, nonce: "rOprNGfwEbeRWgbNEkqO")
    }

    private func server(_ first: String = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO") throws -> SCRAMServer {
        try SCRAMServer(answering: first)
    }

    @Test("a client says what RFC 7677 says it should, and believes only the right server")
    func clientExchange() throws {
        var client = try client()
        #expect(client.firstMessage == "n,,n=user,r=rOprNGfwEbeRWgbNEkqO")
        #expect(throws: SCRAMError.wrongServerSignature) { try client.verify(Self.serverFinal) }
        #expect(try client.finalMessage(answering: Self.serverFirst) == Self.clientFinal)
        try client.verify(Self.serverFinal)
        #expect(throws: SCRAMError.wrongServerSignature) { try client.verify("v=AAAA") }
        #expect(throws: SCRAMError.refused) { try client.verify("e=invalid-proof") }
        #expect(throws: SCRAMError.malformed) { try client.verify("x") }
    }

    @Test("a server says what RFC 7677 says it should, and lets nobody else in")
    func serverExchange() throws {
        let credentials = try SCRAMCredentials(password: "pencil", salt: Self.salt, iterations: 4096)
        var server = try server()
        #expect(server.account == "user")
        #expect(
            server.firstMessage(credentials, nonce: "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0") == Self.serverFirst)
        #expect(try server.finalMessage(answering: Self.clientFinal, credentials) == Self.serverFinal)
        var wrong = try client("Pencil")
        let final = try wrong.finalMessage(answering: Self.serverFirst)
        #expect(throws: SCRAMError.wrongProof) { try server.finalMessage(answering: final, credentials) }
    }

    @Test(
        "a server's first message that a client must not go along with",
        arguments: [
            ("r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", SCRAMError.wrongNonce),
            ("r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", .wrongNonce),
            ("r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1", .iterationsOutOfRange),
            ("r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=2000000000", .iterationsOutOfRange),
            ("r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096", .malformed), ("r=rOprNGfwEbeRWgbNEkqOx,i=4096", .malformed),
            ("m=x,r=rOprNGfwEbeRWgbNEkqOx,s=AAAA,i=4096", .malformed), ("", .malformed),
        ])
    func badServer(first: String, error: SCRAMError) throws {
        var client = try client()
        #expect(throws: error) { try client.finalMessage(answering: first) }
    }

    @Test(
        "a client's first message that is not answered",
        arguments: [
            "", "n,,", "n=user,r=x", "p=tls-unique,,n=user,r=x", "n,a=other,n=user,r=x", "n,,n=us=er,r=x", "n,,n=,r=x",
            "n,,n=user,r=", "n,,m=x,n=user,r=x",
        ])
    func badClient(first: String) {
        #expect(throws: SCRAMError.malformed) { try server(first) }
    }

    @Test("commas and equals signs in a name survive")
    func escaping() throws {
        let client = try SCRAMClient(account: "a=b,c", password: "x", nonce: "n")
        #expect(client.firstMessage == "n,,n=a=3Db=2Cc,r=n")
        #expect(try server(client.firstMessage).account == "a=b,c")
        #expect(try server("n,a=a=3Db,n=a=3Db,r=n").account == "a=b")
    }

    @Test("a password is checked against what is kept of it")
    func credentials() throws {
        let kept = try SCRAMCredentials(password: "Grün\u{AD}", salt: [1, 2, 3], iterations: 5)
        #expect(kept.accepts("Gru\u{308}n"))
        #expect(!kept.accepts("grün"))
        #expect(!kept.accepts("Grün\u{7}"))
        #expect(throws: SCRAMError.unusableCharacters) {
            try SCRAMCredentials(password: "", salt: [1], iterations: 5)
        }
    }

    @Test(
        "names and passwords are prepared as the examples of RFC 4013 are",
        arguments: [
            ("I\u{AD}X", "IX"), ("user", "user"), ("USER", "USER"), ("\u{AA}", "a"), ("\u{2168}", "IX"),
            ("a\u{A0}b", "a b"), ("\u{7}", nil), ("\u{E000}", nil), ("a\u{202E}b", nil),
        ] as [(String, String?)])
    func preparing(text: String, prepared: String?) {
        #expect(SASLprep.prepare(text) == prepared)
    }

    @Test("a payload is cut at 400 bytes and put together again", arguments: [0, 1, 299, 300, 301, 600, 1000])
    func payload(length: Int) {
        let message = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
        let parameters = SASLPayload.parameters(of: message)
        #expect(parameters.allSatisfy { $0.utf8.count <= 400 })
        var payload = SASLPayload()
        #expect(parameters.dropLast().allSatisfy { payload.take($0) == .incomplete })
        #expect(payload.take(parameters.last ?? "") == .complete(message))
    }

    @Test("a payload that is too long, or none, is refused, and the next one is not")
    func badPayload() {
        var payload = SASLPayload()
        #expect(payload.take(String(repeating: "A", count: 401)) == .tooLong)
        let progress = (0..<9).map { _ in payload.take(String(repeating: "A", count: 400)) }
        #expect(progress.last == .tooLong)
        #expect(payload.take("&&") == .notBase64)
        #expect(payload.take("AAAA") == .complete([0, 0, 0]))
    }

    @Test("name and password of PLAIN, or nothing")
    func plain() {
        func read(_ text: String) -> SASLPlain? { SASLPlain(parsing: Array(text.utf8)) }
        #expect(read("\0anna\0geheim") == SASLPlain(account: "anna", password: "geheim"))
        #expect(read("anna\0anna\0geheim") == SASLPlain(account: "anna", password: "geheim"))
        for text in ["", "anna", "\0anna\0", "\0\0x", "bernd\0anna\0geheim", "\0a\0b\0c"] { #expect(read(text) == nil) }
        #expect("\(SASLPlain(account: "a", password: "geheim"))" == "***")
    }
}
