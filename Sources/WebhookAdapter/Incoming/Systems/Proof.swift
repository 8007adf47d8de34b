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

    private struct Token: Decodable {
        var token: String
    }

    /// What a JSON body says whose field `token` is one of `tokens`. Whoever has none of them is told the same whatever is
    /// in the body.
    static func json<Content: Decodable>(
        of request: WebhookRequest, provedBy tokens: [String]
    ) throws(WebhookRefusal) -> Content {
        let body = Data(request.body)
        guard let token = try? JSONDecoder().decode(Token.self, from: body).token, isOne(of: tokens, token) else {
            throw .forbidden
        }
        guard request.contentType == "application/json" else { throw .wrongContentType }
        guard let content = try? JSONDecoder().decode(Content.self, from: body) else { throw .malformed }
        return content
    }

    static func isOne(of tokens: [String], _ token: String) -> Bool {
        tokens.contains { isEqual($0, token) }
    }

    /// Compares in the same time wherever the first difference is.
    static func isEqual(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
