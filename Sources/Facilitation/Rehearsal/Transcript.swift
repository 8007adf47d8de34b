/// One line of a chat as a file: what was said, by whom and to whom, and what happened.
///
/// ```
/// <anna> + Junge Bäume vertrocknen.     said in the room
/// <lotse> Es geht weiter.               said by the bot
/// -lotse- B1 notiert.                   a notice of the bot
/// [anna -> lotse] + still für mich      privately to the bot
/// [lotse -> anna] B2 notiert.           privately by the bot
/// * ceyda joins                         also: leaves
/// * clock 2026-12-01 09:00              the time it is from here on
/// # a remark
/// ```
package enum TranscriptLine: Hashable, Sendable {
    case said(by: String, String)
    case noticed(by: String, String)
    case whispered(from: String, to: String, String)
    case joined(String)
    case left(String)
    case clock(String)
    case remark(String)

    /// Reads a line of a file; nil for one of another form.
    package init?(_ line: String) {
        switch line.first {
        case "<":
            guard let (name, text) = Self.split(line, at: ">") else { return nil }
            self = .said(by: name, text)
        case "-":
            guard let (name, text) = Self.split(line, at: "-") else { return nil }
            self = .noticed(by: name, text)
        case "[":
            guard let (names, text) = Self.split(line, at: "]"), let arrow = names.firstRange(of: " -> ") else {
                return nil
            }
            self = .whispered(from: String(names[..<arrow.lowerBound]), to: String(names[arrow.upperBound...]), text)
        case "*":
            guard let happening = Self.happening(line.dropFirst().drop { $0 == " " }) else { return nil }
            self = happening
        case "#": self = .remark(String(line.dropFirst().drop { $0 == " " }))
        default: return nil
        }
    }

    private static func split(_ line: String, at mark: Character) -> (String, String)? {
        let rest = line.dropFirst()
        guard let end = rest.firstIndex(of: mark), end > rest.startIndex else { return nil }
        return (String(rest[..<end]), String(rest[rest.index(after: end)...].drop { $0 == " " }))
    }

    private static func happening(_ words: Substring) -> TranscriptLine? {
        let parts = words.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        if parts[0] == "clock" { return .clock(parts[1]) }
        switch parts[1] {
        case "joins": return .joined(parts[0])
        case "leaves": return .left(parts[0])
        default: return nil
        }
    }

    /// The line as it stands in a file.
    package var text: String {
        switch self {
        case .said(let name, let text): "<\(name)> \(text)"
        case .noticed(let name, let text): "-\(name)- \(text)"
        case .whispered(let from, let to, let text): "[\(from) -> \(to)] \(text)"
        case .joined(let name): "* \(name) joins"
        case .left(let name): "* \(name) leaves"
        case .clock(let time): "* clock \(time)"
        case .remark(let text): "# \(text)"
        }
    }
}
