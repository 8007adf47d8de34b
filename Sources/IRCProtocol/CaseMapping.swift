/// How a network compares nicks and channel names; announced as `CASEMAPPING` in RPL_ISUPPORT.
package enum CaseMapping: String, Sendable {
    case ascii
    /// Also `{|}~` are the small forms of `[\]^` (RFC 1459 section 2.2).
    case rfc1459
    /// As `rfc1459`, but `~` and `^` differ.
    case strictRFC1459 = "rfc1459-strict"

    /// The form by which two names are the same if and only if the network takes them for the same.
    package func fold(_ name: String) -> String {
        String(decoding: name.utf8.map(fold), as: UTF8.self)
    }

    private func fold(_ byte: UInt8) -> UInt8 {
        let last =
            switch self {
            case .ascii: UInt8(ascii: "Z")
            case .rfc1459: UInt8(ascii: "^")
            case .strictRFC1459: UInt8(ascii: "]")
            }
        return (UInt8(ascii: "A")...last).contains(byte) ? byte + 32 : byte
    }
}
