/// The fields of a form, `application/x-www-form-urlencoded` as the URL standard reads it.
struct Form: Hashable, Sendable {
    /// The first value of each name.
    let fields: [String: String]

    /// Nil for what is not UTF-8.
    init?(_ body: [UInt8]) {
        var fields: [String: String] = [:]
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Form.text(parts[0]), let value = Form.text(parts.count > 1 ? parts[1] : []) else {
                return nil
            }
            fields[name] = fields[name] ?? value
        }
        self.fields = fields
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        var decoded: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                guard digits.count == 2, let value = UInt8(digits, radix: 16) else {
                    decoded.append(byte)
                    continue
                }
                decoded.append(value)
                rest = rest.dropFirst(2)
            default: decoded.append(byte)
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }
}
