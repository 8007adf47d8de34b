import FoundationEssentials
import IRCProtocol

/// What a CHATHISTORY asks for (IRCv3 `chathistory`).
///
///     LATEST target *|reference limit        BETWEEN target reference reference limit
///     BEFORE target reference limit          AFTER target reference limit
///     AROUND target reference limit          TARGETS timestamp timestamp limit
struct HistoryQuery: Hashable, Sendable {
    enum Subcommand: String {
        case latest = "LATEST"
        case before = "BEFORE"
        case after = "AFTER"
        case around = "AROUND"
        case between = "BETWEEN"
        case targets = "TARGETS"
    }

    enum Reference: Hashable, Sendable {
        /// As ``ServerTime`` renders it: such texts sort as their times do.
        case timestamp(String)
        case msgid(String)
        /// `*`, with LATEST only.
        case end
    }

    /// A standard reply with FAIL.
    struct Problem: Error, Hashable {
        let code: String
        let context: [String]
        let text: String
    }

    /// What a line can be found by.
    struct Mark: Hashable {
        let time: String
        let id: String
    }

    let subcommand: Subcommand
    /// A channel or a nick; empty with TARGETS.
    let target: String
    private let references: [Reference]
    private let limit: Int

    init(parsing parameters: [String]) throws(Problem) {
        let given = parameters.first ?? "*"
        func problem(_ text: String, _ context: String...) -> Problem {
            Problem(code: "INVALID_PARAMS", context: [given] + context, text: text)
        }
        guard let subcommand = Subcommand(rawValue: given.asciiUppercased) else { throw problem("Unknown command") }
        let hasTarget = subcommand != .targets
        let referenceCount = subcommand == .between || subcommand == .targets ? 2 : 1
        let count = 1 + (hasTarget ? 1 : 0) + referenceCount + 1
        guard parameters.count >= count else { throw problem("Insufficient parameters") }
        guard parameters.count == count else { throw problem("Too many parameters") }
        guard let limit = Int(parameters[count - 1]), limit > 0 else {
            throw problem("Invalid limit", parameters[count - 1])
        }
        target = hasTarget ? parameters[1] : ""
        var references: [Reference] = []
        for text in parameters[(count - 1 - referenceCount)..<(count - 1)] {
            references.append(try Self.reference(text, subcommand, given: given, target: target))
        }
        self.subcommand = subcommand
        self.references = references
        self.limit = min(limit, ServerLimits.history)
    }

    private static func reference(
        _ text: String, _ subcommand: Subcommand, given: String, target: String
    ) throws(Problem) -> Reference {
        if text == "*", subcommand == .latest { return .end }
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count > 1 ? parts[1] : nil) {
        case ("timestamp", let time?):
            guard let normal = normal(time) else {
                throw Problem(code: "INVALID_PARAMS", context: [given, text], text: "Invalid timestamp")
            }
            return .timestamp(normal)
        case ("msgid", let id?) where subcommand != .targets: return .msgid(id)
        case ("timestamp", nil), ("msgid", nil), (_, nil):
            throw Problem(code: "INVALID_PARAMS", context: [given, text], text: "Invalid reference")
        default:
            let context = target.isEmpty ? [given, text] : [given, target, text]
            throw Problem(
                code: "INVALID_MSGREFTYPE", context: context, text: "There is timestamp= and, but for TARGETS, msgid=")
        }
    }

    /// With three digits behind the seconds, as all times of lines have.
    private static func normal(_ time: String) -> String? {
        guard ServerTime.parse(time) != nil else { return nil }
        let parts = time.dropLast().split(separator: ".")
        let fraction = parts.count > 1 ? parts[1] : ""
        return "\(parts[0]).\(fraction.prefix(3))\(String(repeating: "0", count: max(0, 3 - fraction.count)))Z"
    }

    // MARK: - Selecting

    /// Which of the lines are asked for; nil where none of them has the id that is referred to.
    ///
    /// - Parameter marks: of all lines, in the sequence in which they are sent: the earliest first.
    func range(in marks: [Mark]) -> Range<Int>? {
        var spans: [Range<Int>] = []
        for reference in references {
            guard let span = Self.span(of: reference, in: marks) else { return nil }
            spans.append(span)
        }
        let (first, last) = (spans[0], spans[spans.count - 1])
        let all = marks.indices
        return switch subcommand {
        case .latest where references == [.end]: Self.last(limit, of: all)
        case .latest: Self.last(limit, of: first.upperBound..<all.upperBound)
        case .before: Self.last(limit, of: 0..<first.lowerBound)
        case .after: Self.first(limit, of: first.upperBound..<all.upperBound)
        case .around:
            Self.first(
                limit, of: Self.last(limit / 2, of: 0..<first.lowerBound).lowerBound..<all.upperBound)
        case .between, .targets:
            first.upperBound <= last.lowerBound
                ? Self.first(limit, of: first.upperBound..<last.lowerBound)
                : Self.last(limit, of: min(last.upperBound, first.lowerBound)..<first.lowerBound)
        }
    }

    /// The lines that the reference is, or the empty place where they would be.
    private static func span(of reference: Reference, in marks: [Mark]) -> Range<Int>? {
        switch reference {
        case .end: return marks.endIndex..<marks.endIndex
        case .msgid(let id): return marks.firstIndex { $0.id == id }.map { $0..<($0 + 1) }
        case .timestamp(let time):
            let start = marks.firstIndex { $0.time >= time } ?? marks.endIndex
            let end = marks[start...].firstIndex { $0.time > time } ?? marks.endIndex
            return start..<end
        }
    }

    private static func first(_ count: Int, of range: Range<Int>) -> Range<Int> {
        range.lowerBound..<min(range.upperBound, range.lowerBound + count)
    }

    private static func last(_ count: Int, of range: Range<Int>) -> Range<Int> {
        max(range.lowerBound, range.upperBound - count)..<range.upperBound
    }
}
