import Crypto
import FoundationEssentials

/// What both sides of SCRAM-SHA-256 compute (RFC 5802 section 3, RFC 7677); names as there.
enum SCRAM {
    /// Fewer are too weak (RFC 7677 section 4); more would let a peer keep this side busy.
    static let iterations = 4096...1_000_000
    /// The beginning of a client's first message: no channel binding, no other authorization identity.
    static let gs2Header = "n,,"

    /// `Hi(password, salt, i)`: PBKDF2 with HMAC-SHA-256 and one block.
    static func saltedPassword(_ password: String, salt: [UInt8], iterations: Int) -> [UInt8] {
        let keyed = HMAC<SHA256>(key: SymmetricKey(data: Array(password.utf8)))
        var hash = mac(keyed, salt + [0, 0, 0, 1])
        var result = hash
        for _ in 1..<iterations {
            hash = mac(keyed, hash)
            for index in result.indices { result[index] ^= hash[index] }
        }
        return result
    }

    private static func mac(_ keyed: HMAC<SHA256>, _ data: [UInt8]) -> [UInt8] {
        var keyed = keyed
        keyed.update(data: data)
        return Array(keyed.finalize())
    }

    static func clientKey(_ saltedPassword: [UInt8]) -> [UInt8] { mac("Client Key", key: saltedPassword) }

    static func serverKey(_ saltedPassword: [UInt8]) -> [UInt8] { mac("Server Key", key: saltedPassword) }

    static func storedKey(_ clientKey: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: clientKey)) }

    /// The signature of either side, by its key.
    static func signature(_ key: [UInt8], of authMessage: String) -> [UInt8] { mac(authMessage, key: key) }

    private static func mac(_ text: String, key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
    }

    static func xor(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] { zip(left, right).map { $0 ^ $1 } }

    /// In a time that tells nothing about where they differ.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    static func bytes(base64: String) -> [UInt8]? { Data(base64Encoded: base64).map { Array($0) } }
}
