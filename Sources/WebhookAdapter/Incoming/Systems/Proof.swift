import Crypto
import FoundationEssentials

/// How chat systems prove themselves.
enum Proof {
    /// HMAC-SHA256 in hexadecimal digits.
    static func hexadecimal(_ parts: [UInt8]..., secret: String) -> String {
        hexadecimal(parts.flatMap { $0 }, secret: secret)
    }

    private static func hexadecimal(_ content: [UInt8], secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: content, using: SymmetricKey(data: Data(secret.utf8)))
        return code.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// Compares in the same time wherever the first difference is.
    static func isEqual(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
