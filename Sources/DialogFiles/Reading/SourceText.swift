/// The text of a YAML file, cut into lines as they are counted in messages.
package struct SourceText: Sendable {
    /// The path as the person named it.
    package let file: String
    /// The file as it is, one string per line, without line ends.
    package let lines: [String]
    /// The text to parse: a character that YAML or a chat line cannot carry is a space here, so that all places stay.
    let parsable: String
    /// What is wrong with the characters.
    package let problems: [Problem]

    /// The most bytes a file may have.
    package static let limit = 1 << 20

    package init(_ bytes: [UInt8], file: String) {
        var decoding = Decoding(file: file)
        decoding.decode(bytes)
        self.file = file
        lines = decoding.lines
        parsable = decoding.parsable
        problems = decoding.problems
    }

    /// The place that libYAML means: its columns count Unicode scalars, and its end lies behind the last line.
    func position(line: Int, scalarColumn: Int) -> Position {
        guard lines.indices.contains(line - 1) else {
            return Position(line: max(lines.count, 1), column: (lines.last?.count ?? 0) + 1)
        }
        let before = max(scalarColumn - 1, 0)
        // In front of most places stands ASCII alone, where a character is a byte.
        let bytes = lines[line - 1].utf8.prefix(before)
        if bytes.allSatisfy({ $0 < 0x80 }) { return Position(line: line, column: bytes.count + 1) }
        let scalars = lines[line - 1].unicodeScalars.prefix(before)
        return Position(line: line, column: String(String.UnicodeScalarView(scalars)).count + 1)
    }

    /// The line at `position`, without a password that somebody wrote into it.
    package func excerpt(at position: Position) -> String? {
        guard lines.indices.contains(position.line - 1) else { return nil }
        let line = lines[position.line - 1]
        let secret = ["password:", "passwort:", "secret:", "passphrase:", "token:"].compactMap {
            line.lowercased().firstRange(of: $0).map { line.lowercased().distance(to: $0.upperBound) }
        }
        return secret.min().map { line.prefix($0) + " …" } ?? line
    }
}

extension String {
    fileprivate func distance(to index: Index) -> Int { distance(from: startIndex, to: index) }
}

/// Bytes on their way to lines of text.
private struct Decoding {
    let file: String
    var lines: [String] = []
    var parsable = ""
    var problems: [Problem] = []
    private var line = String.UnicodeScalarView()
    /// The first place of each kind of bad character in the line at hand.
    private var found: [(column: Int, what: String)] = []

    init(file: String) {
        self.file = file
    }

    mutating func decode(_ bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            problems.append(Problem(.error, file: file, what: "is UTF-16; save it as UTF-8"))
            return
        }
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            decodeLine(rest[..<end])
            rest = rest[(end + 1)...]
        }
        if !rest.isEmpty { decodeLine(rest, isLast: true) }
    }

    /// A line is as it is, unless there is something wrong with it: then it is read character by character.
    private mutating func decodeLine(_ bytes: ArraySlice<UInt8>, isLast: Bool = false) {
        let text = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
        if let line = String(validating: text, as: UTF8.self), line.unicodeScalars.allSatisfy(\.isParsable) {
            lines.append(line)
            parsable += line
            parsable += "\n"
            return
        }
        var decoder = UTF8()
        var input = bytes.makeIterator()
        reading: while true {
            switch decoder.decode(&input) {
            case .scalarValue(let scalar): take(scalar)
            case .error: take("\u{FFFD}", "is not UTF-8; save the file as UTF-8")
            case .emptyInput: break reading
            }
        }
        if !line.isEmpty || !isLast { endLine() }
    }

    private mutating func take(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\u{FEFF}" where lines.isEmpty && line.isEmpty: break
        case "\r": take(scalar, nil)
        case "\t": take(scalar, "contains a tab; use spaces")
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}":
            let code = String(scalar.value, radix: 16, uppercase: true)
            take(
                scalar,
                "contains the control character U+\(String(repeating: "0", count: max(4 - code.count, 0)))\(code)")
        default: line.append(scalar)
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar, _ what: String?) {
        line.append(scalar)
        if let what, !found.contains(where: { $0.what == what }) { found.append((String(line).count, what)) }
    }

    private mutating func endLine() {
        // CR LF ends a line; a CR elsewhere is a control character.
        if line.last == "\r" { line.removeLast() }
        if let lone = line.firstIndex(of: "\r") {
            found.append(
                (String(String.UnicodeScalarView(line[...lone])).count, "contains the control character U+000D"))
        }
        lines.append(String(line))
        let number = lines.count
        for (column, what) in found {
            let position = Position(line: number, column: column)
            problems.append(Problem(.error, file: file, at: position, what: what, excerpt: lines[number - 1]))
        }
        parsable.unicodeScalars.append(contentsOf: line.lazy.map { $0.isParsable ? $0 : " " })
        parsable.append("\n")
        line = String.UnicodeScalarView()
        found = []
    }
}

extension Unicode.Scalar {
    fileprivate var isParsable: Bool {
        switch self {
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}": false
        default: true
        }
    }
}
