import FoundationEssentials

/// A SASL message on its way through AUTHENTICATE lines (IRCv3 `sasl`): base64, cut at 400 bytes.
///
///     400 bytes · 400 bytes · 1 to 399 bytes        the last line is shorter,
///     400 bytes · 400 bytes · +                     or is a + where nothing is left; so is an empty message
package struct SASLPayload: Hashable, Sendable {
    /// Longest parameter of one AUTHENTICATE line.
    static let chunk = 400
    /// Longest base64 that is put together: no mechanism here needs more.
    static let limit = 8 * chunk

    private var base64 = ""

    package init() {}

    /// The parameters of the AUTHENTICATE lines that carry `message`.
    package static func parameters(of message: [UInt8]) -> [String] {
        let encoded = Array(Data(message).base64EncodedString().utf8)
        var chunks = stride(from: 0, to: encoded.count, by: chunk).map {
            String(decoding: encoded[$0..<min($0 + chunk, encoded.count)], as: UTF8.self)
        }
        if encoded.count.isMultiple(of: chunk) { chunks.append("+") }
        return chunks
    }

    package enum Progress: Hashable, Sendable {
        case incomplete
        case complete([UInt8])
        /// A line, or all of them together, are longer than they may be.
        case tooLong
        case notBase64
    }

    /// Takes in the parameter of one line. After anything but ``Progress/incomplete`` the next message begins.
    package mutating func take(_ parameter: String) -> Progress {
        guard parameter.utf8.count <= Self.chunk, base64.utf8.count + parameter.utf8.count <= Self.limit else {
            base64 = ""
            return .tooLong
        }
        if parameter != "+" { base64 += parameter }
        if parameter.utf8.count == Self.chunk { return .incomplete }
        defer { base64 = "" }
        return Data(base64Encoded: base64).map { .complete(Array($0)) } ?? .notBase64
    }
}
