/// A JSON text in the making; members keep the sequence in which they are given.
///
/// `JSONEncoder` can only sort the names, which tears records apart, and it can throw; writing these few values cannot.
enum JSONValue {
    case string(String)
    case integer(Int)
    case boolean(Bool)
    case array([JSONValue])
    /// Members without a value are left out.
    case object([(name: String, value: JSONValue?)])

    /// The value as RFC 8259 wants it, two spaces for each level.
    func text(indent: String = "") -> String {
        let inner = indent + "  "
        switch self {
        case .string(let text): return JSONValue.quoted(text)
        case .integer(let number): return String(number)
        case .boolean(let value): return value ? "true" : "false"
        case .array(let values):
            if values.isEmpty { return "[]" }
            let lines = values.map { inner + $0.text(indent: inner) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
        case .object(let members):
            let lines = members.compactMap { member in
                member.value.map { "\(inner)\(JSONValue.quoted(member.name)): \($0.text(indent: inner))" }
            }
            return lines.isEmpty ? "{}" : "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
        }
    }

    /// RFC 8259 section 7; the line separators of Unicode too, which break JavaScript where JSON is pasted into it.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _
            where scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0x2028 || scalar.value == 0x2029:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension JSONValue {
    /// A string, or nothing.
    static func text(_ text: String?) -> JSONValue? {
        text.map(JSONValue.string)
    }
}
