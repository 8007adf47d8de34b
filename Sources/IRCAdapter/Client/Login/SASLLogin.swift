import IRCProtocol

/// How the bot proves on one connection which account is its own (IRCv3 `sasl`): mechanisms from the best to the least.
///
/// The next one is tried only where the server did not take the last one; who refuses a password has refused it.
struct SASLLogin: Hashable, Sendable {
    private enum Stage: Hashable, Sendable {
        case asked(SASLMechanism)
        /// Our nonce is out, the server's challenge is due.
        case nonceSent(SCRAMClient)
        /// Our proof is out, the server's is due.
        case proofSent(SCRAMClient)
        case answered
    }

    enum Answer: Hashable, Sendable {
        case wait
        /// The parameters of as many AUTHENTICATE lines.
        case send([String])
        /// The server is not the one it claims to be, or makes no sense: `AUTHENTICATE *`.
        case abort
    }

    private let account: SASLAccount
    private let nonce: String
    private var untried: [SASLMechanism]
    private var stage = Stage.answered
    private var payload = SASLPayload()

    /// - Parameters:
    ///   - offered: the value of the capability: `PLAIN,EXTERNAL`; empty where the server does not say.
    ///   - nonce: at random, for SCRAM.
    init(_ account: SASLAccount, offered: String, on link: ClientLink) {
        self.account = account
        nonce = link.nonce
        untried = account.mechanisms.filter { mechanism in
            switch mechanism {
            case .external: account.hasCertificate && link.isSecure
            case .scramSHA256: account.password != nil
            case .plain: account.password != nil && link.keepsSecrets
            }
        }
        if !offered.isEmpty { restrict(to: offered.split(separator: ",").map(String.init)) }
    }

    /// The server says which mechanisms it has (RPL_SASLMECHS).
    mutating func restrict(to names: [String]) {
        untried.removeAll { !names.contains($0.rawValue) }
    }

    /// The mechanism to ask for next; nil where none is left.
    mutating func next() -> SASLMechanism? {
        guard !untried.isEmpty else { return nil }
        let mechanism = untried.removeFirst()
        stage = .asked(mechanism)
        payload = SASLPayload()
        return mechanism
    }

    /// Whether another mechanism may be tried after a refusal: nothing was proved or disproved yet.
    var mayTryAnother: Bool {
        switch stage {
        case .asked, .nonceSent: true
        case .proofSent, .answered: false
        }
    }

    /// Whether a success can be believed: with SCRAM the server has to prove that it knows the account, too.
    var isConvincing: Bool {
        switch stage {
        case .answered: true
        case .asked, .nonceSent, .proofSent: false
        }
    }

    mutating func answer(_ parameter: String) -> Answer {
        switch payload.take(parameter) {
        case .incomplete: .wait
        case .complete(let message): answer(message)
        case .tooLong, .notBase64: .abort
        }
    }

    private mutating func answer(_ message: [UInt8]) -> Answer {
        let text = String(decoding: message, as: UTF8.self)
        do {
            switch stage {
            case .asked(let mechanism): return try begin(mechanism)
            case .nonceSent(var scram):
                let proof = try scram.finalMessage(answering: text)
                stage = .proofSent(scram)
                return .send(SASLPayload.parameters(of: Array(proof.utf8)))
            case .proofSent(let scram):
                try scram.verify(text)
                stage = .answered
                return .send(["+"])
            case .answered: return .wait
            }
        } catch {
            return .abort
        }
    }

    private mutating func begin(_ mechanism: SASLMechanism) throws(SCRAMError) -> Answer {
        stage = .answered
        switch mechanism {
        case .external: return .send(["+"])
        case .plain:
            return .send(SASLPlain(account: account.name, password: account.password ?? "").payload)
        case .scramSHA256:
            let scram = try SCRAMClient(account: account.name, password: account.password ?? "", nonce: nonce)
            stage = .nonceSent(scram)
            return .send(SASLPayload.parameters(of: Array(scram.firstMessage.utf8)))
        }
    }
}
