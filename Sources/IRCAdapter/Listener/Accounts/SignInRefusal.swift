/// That somebody was not let in, for the log: in a form that does not change, so that other programs can read it
/// (`Config/fail2ban/filter.d/lotse.conf`).
///
///     sign-in refused: address=192.0.2.7 account=anna reason=wrong-password
package struct SignInRefusal: Hashable, Sendable, CustomStringConvertible {
    package enum Reason: String, Hashable, Sendable {
        /// Or there is no such account.
        case wrongPassword = "wrong-password"
        case notAnOperator = "not-an-operator"
        /// What PASS has to say.
        case wrongServerPassword = "wrong-server-password"
    }

    let address: String
    /// As it was typed; nil where none was.
    let account: String?
    let reason: Reason

    package var description: String {
        "sign-in refused: address=\(address) account=\(account.map(Self.quoted) ?? "-") reason=\(reason.rawValue)"
    }

    /// Whatever was typed, one word that cannot be taken for anything else: letters, digits and `_.-`, all else as
    /// `%XX`; the beginning of it.
    private static func quoted(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.prefix(64).reduce(into: "") { result, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
                result.append(Character(Unicode.Scalar(byte)))
            default: result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}
