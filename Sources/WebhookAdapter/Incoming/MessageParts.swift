/// What a message of several lines says: one thing, or several where a later line begins with a mark, as on IRC.
///
/// | written                          | read                                |
/// |----------------------------------|-------------------------------------|
/// | `+ a⏎+ b`                        | `+ a` and `+ b`                     |
/// | `Noch etwas:⏎+ a`                | `Noch etwas:` and `+ a`             |
/// | `+ a⏎goes on`                    | `+ a goes on`                       |
/// | `+ a⏎- b⏎+ c`                    | `+ a - b` and `+ c`                 |
enum MessageParts {
    /// More than this many would be a flood; what follows goes on in the last one.
    private static let limit = 32

    /// At least one, each a line without control characters; empty ones only where there is nothing else.
    static func parts(of text: String) -> [String] {
        var parts: [String] = []
        for line in text.split(whereSeparator: \.isNewline).map({ self.line(String($0)) }) where !line.isEmpty {
            if let last = parts.last, !beginsWithMark(line) || parts.count == limit {
                parts[parts.count - 1] = "\(last) \(line)"
            } else {
                parts.append(line)
            }
        }
        return parts.isEmpty ? [""] : parts
    }

    /// `+ a`, `+a`, `!stand`, `? Warum`; not `+1`, `!!`, `??`, `=)`.
    private static func beginsWithMark(_ line: String) -> Bool {
        guard let mark = line.first, "+=?!".contains(mark) else { return false }
        let next = line.dropFirst().first { $0 != " " }
        return next.map { $0.isLetter || "»„\"'(".contains($0) || (line.dropFirst().first == " " && $0.isNumber) }
            ?? false
    }

    /// One line without control characters.
    static func line(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            let isControl =
                scalar.properties.generalCategory == .control || "\u{2028}\u{2029}".unicodeScalars.contains(scalar)
            line.unicodeScalars.append(isControl ? " " : scalar)
        }
        return line.split(separator: " ").joined(separator: " ")
    }

    // MARK: Ids

    private static let separator = "#line"

    /// The id of a part; the first one has that of the message.
    static func id(of number: Int, in message: String) -> String {
        number == 0 ? message : "\(message)\(separator)\(number + 1)"
    }

    /// The id of the message that a part belongs to.
    static func message(of id: String) -> String {
        guard let end = id.ranges(of: separator).last, end.upperBound < id.endIndex,
            id[end.upperBound...].allSatisfy({ $0.isASCII && $0.isNumber })
        else { return id }
        return String(id[..<end.lowerBound])
    }
}
