/// A place in a file: line and column count from 1, the column in characters.
public struct Position: Hashable, Sendable, Comparable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (lhs: Position, rhs: Position) -> Bool {
        (lhs.line, lhs.column) < (rhs.line, rhs.column)
    }
}

/// Something wrong with a file, and where.
///
/// Printed as `file:line:column: error: path: what`, then the line of the file and a caret under the column.
public struct Problem: Hashable, Sendable {
    public enum Severity: String, Hashable, Sendable {
        /// Nothing is made of the file.
        case error
        /// The file can be used as it is.
        case warning
    }

    public let severity: Severity
    public let file: String
    /// Nil where the problem is the file itself: missing, a folder, too large.
    public let position: Position?
    /// The way to the value, such as `steps[1].questions[0].prompt.en`; empty for the whole file.
    public let path: String
    public let what: String
    /// The line of the file at the position.
    public let excerpt: String?
    /// Whether the file could not be read at all.
    public let isUnreadable: Bool

    public init(
        _ severity: Severity, file: String, at position: Position? = nil, path: String = "", what: String,
        excerpt: String? = nil, isUnreadable: Bool = false
    ) {
        self.severity = severity
        self.file = file
        self.position = position
        self.path = path
        self.what = what
        self.excerpt = excerpt
        self.isUnreadable = isUnreadable
    }
}

extension Problem: CustomStringConvertible {
    /// The problem and its place, without the line of the file.
    public var heading: String {
        let place = position.map { "\(file):\($0.line):\($0.column)" } ?? file
        let subject = path.isEmpty ? what : "\(path): \(what)"
        return "\(place): \(severity.rawValue): \(subject)"
    }

    public var description: String {
        guard let position, let excerpt else { return heading }
        let (line, column) = excerpt.window(around: position.column)
        return "\(heading)\n\(line.printable)\n\(line.caret(under: column))"
    }
}

extension String {
    /// The part of a long line around `column`, with the column's place in it: a wrapped line would lose its caret.
    fileprivate func window(around column: Int) -> (line: String, column: Int) {
        guard count > 120 else { return (self, column) }
        let start = column > 90 ? column - 60 : 0
        let end = start + 118 < count ? "…" : ""
        let part = String(dropFirst(start).prefix(118))
        return start == 0 ? (part + end, column) : ("…" + part + end, column - start + 1)
    }

    /// The line without anything that would steer a terminal.
    fileprivate var printable: String {
        String(map { $0 == "\t" || !$0.isControl ? $0 : "\u{FFFD}" })
    }

    /// A caret under `column`: tabs stay tabs, and a wide character takes two spaces.
    fileprivate func caret(under column: Int) -> String {
        prefix(column - 1).map { $0 == "\t" ? "\t" : String(repeating: " ", count: $0.terminalWidth) }.joined() + "^"
    }
}
