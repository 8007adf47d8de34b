import FoundationEssentials

/// The SASL mechanism PLAIN (RFC 4616): name and password in clear, for encrypted links only.
package struct SASLPlain: Hashable, Sendable {
    /// Longest payload of one AUTHENTICATE line (IRCv3 `sasl`).
    static let chunk = 400

    private let account: String
    private let password: String

    package init(account: String, password: String) {
        self.account = account
        self.password = password
    }

    /// The parameters of the AUTHENTICATE lines: base64 cut at 400 bytes, and `+` after a full last one.
    package var payload: [String] {
        let encoded = Array(Data("\0\(account)\0\(password)".utf8).base64EncodedString().utf8)
        var chunks = stride(from: 0, to: encoded.count, by: Self.chunk).map {
            String(decoding: encoded[$0..<min($0 + Self.chunk, encoded.count)], as: UTF8.self)
        }
        if encoded.count.isMultiple(of: Self.chunk) { chunks.append("+") }
        return chunks
    }
}

extension SASLPlain: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "***" }
    package var debugDescription: String { "***" }
}
