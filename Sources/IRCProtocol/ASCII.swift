/// The words of the protocol are ASCII: whatever else a peer sends is never taken for one of them, and what separates
/// them separates whatever stands behind it.
extension StringProtocol {
    /// `a` to `z` in upper case, all else as it is: `ı` is no `I`.
    package var asciiUppercased: String {
        let small = UInt8(ascii: "a")...UInt8(ascii: "z")
        guard utf8.contains(where: small.contains) else { return String(self) }
        return String(decoding: utf8.map { small.contains($0) ? $0 - 32 : $0 }, as: UTF8.self)
    }

    /// What stands between these bytes; nothing empty, unless that is wanted. A comma with a combining mark behind it is
    /// a comma.
    package func parts(at separator: Unicode.Scalar, omittingEmpty: Bool = true) -> [String] {
        utf8.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: omittingEmpty).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// Whether this byte comes first, whatever combines with it.
    package func begins(with byte: Unicode.Scalar) -> Bool {
        utf8.first == UInt8(ascii: byte)
    }
}
