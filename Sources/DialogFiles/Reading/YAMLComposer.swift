import Yams

/// Makes a tree of values of a YAML text, with every problem of its syntax.
///
/// Bad syntax ends the reading. A duplicate key does not, though Yams stops at it: its first occurrence gets a mark in
/// place of its first character, and the text is parsed again.
struct YAMLComposer {
    private let source: SourceText
    private(set) var problems: [Problem] = []
    /// By the line and scalar column of a marked key, the key's true beginning.
    private var marked: [Position: Unicode.Scalar] = [:]
    /// The text to parse, cut into lines once a key has to be marked in it.
    private lazy var lines = source.parsable.unicodeScalars
        .split(separator: "\n", omittingEmptySubsequences: false).map { String.UnicodeScalarView($0) }

    /// Stands at the place of a duplicate key's first character; from the private use area, like those behind it.
    private static let marks: ClosedRange<UInt32> = 0xE000...0xF8FF

    init(_ source: SourceText) {
        self.source = source
    }

    /// The root value; nil if the file is empty or no YAML.
    mutating func compose() -> YAMLValue? {
        while true {
            do {
                let text = marked.isEmpty ? source.parsable : lines.map { String($0) }.joined(separator: "\n")
                // The parser holds the anchors, so it has to live as long as the nodes are read.
                let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
                let root = try parser.singleRoot()
                return withExtendedLifetime(parser) { root.map { value($0) } }
            } catch let error as YamlError {
                if case .duplicatedKeysInMapping(_, let context) = error, mark(context.mark) { continue }
                report(error)
            } catch {
                problems.append(Problem(.error, file: source.file, what: "is no YAML"))
            }
            return nil
        }
    }

    // MARK: Duplicate keys

    /// Makes the key at `mark` unlike its duplicates; false where that cannot be done.
    private mutating func mark(_ mark: Mark) -> Bool {
        guard let sign = Unicode.Scalar(Self.marks.lowerBound + UInt32(marked.count)),
            Self.marks.contains(sign.value), lines.indices.contains(mark.line - 1)
        else { return false }
        var line = lines[mark.line - 1]
        let start = line.index(line.startIndex, offsetBy: mark.column - 1, limitedBy: line.endIndex) ?? line.endIndex
        guard start < line.endIndex else { return false }
        let isQuoted = line[start] == "\"" || line[start] == "'"
        let first = isQuoted ? line.index(after: start) : start
        guard first < line.endIndex, line[first].properties.isAlphabetic || line[first].properties.numericType != nil
        else { return false }
        marked[Position(line: mark.line, column: mark.column)] = line[first]
        line.replaceSubrange(first...first, with: CollectionOfOne(sign))
        lines[mark.line - 1] = line
        return true
    }

    // MARK: Nodes

    private static let plainTags: Set = [
        "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map", "!",
    ]

    private func position(_ mark: Mark?) -> Position {
        source.position(line: mark?.line ?? 1, scalarColumn: mark?.column ?? 1)
    }

    private mutating func value(_ node: Node) -> YAMLValue {
        let position = position(node.mark)
        guard isPlainYAML(node, at: position) else { return YAMLValue(content: .unusable, position: position) }
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            return YAMLValue(content: .scalar(scalar.string, isPlain: isPlain), position: position)
        case .sequence(let sequence):
            return YAMLValue(content: .list(sequence.map { value($0) }), position: position)
        case .mapping(let mapping):
            return YAMLValue(content: .mapping(pairs(mapping)), position: position)
        case .alias:
            return YAMLValue(content: .unusable, position: position)
        }
    }

    /// Anchors and aliases let a small file become a huge one, and tags ask for types that no file here has.
    private mutating func isPlainYAML(_ node: Node, at position: Position) -> Bool {
        let what =
            if node.anchor != nil {
                "anchors (&) and aliases (*) are not used here; write the value out"
            } else if !Self.plainTags.contains(node.tag.description) {
                "tags (!) are not used here"
            } else { "" }
        if what.isEmpty { return true }
        report(what, at: position)
        return false
    }

    private mutating func pairs(_ mapping: Node.Mapping) -> [YAMLValue.Pair] {
        var seen: [String: Int] = [:]
        var pairs: [YAMLValue.Pair] = []
        for (key, node) in mapping {
            let position = position(key.mark)
            guard case .scalar(let scalar) = key, isPlainYAML(key, at: position) else {
                if case .scalar = key { continue }
                report("a key must be a text", at: position)
                continue
            }
            let text = trueKey(scalar)
            if let line = seen[text] {
                report("duplicate key \"\(text)\"; the first is in line \(line)", at: position)
            } else {
                seen[text] = position.line
                pairs.append(YAMLValue.Pair(key: text, keyPosition: position, value: value(node)))
            }
        }
        return pairs
    }

    private func trueKey(_ scalar: Node.Scalar) -> String {
        guard let mark = scalar.mark, let first = marked[Position(line: mark.line, column: mark.column)] else {
            return scalar.string
        }
        return String(first) + String(scalar.string.unicodeScalars.dropFirst())
    }

    // MARK: Problems

    private mutating func report(_ what: String, at position: Position) {
        let problem = Problem(
            .error, file: source.file, at: position, what: what, excerpt: source.excerpt(at: position))
        if !problems.contains(problem) { problems.append(problem) }
    }

    private mutating func report(_ error: YamlError) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            report(problem, at: mark, within: context)
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { "\"\($0)\"" }.joined(separator: ", ")
            report("duplicate key \(names)", at: position(context.mark))
        case .reader(let problem, _, _, _), .writer(let problem), .emitter(let problem), .representer(let problem):
            problems.append(Problem(.error, file: source.file, what: "is no YAML: \(problem)"))
        case .no, .memory, .dataCouldNotBeDecoded:
            problems.append(Problem(.error, file: source.file, what: "is no YAML"))
        }
    }

    /// At the end of the file the place that matters is where the open part began.
    private mutating func report(_ problem: String, at mark: Mark, within context: YamlError.Context?) {
        let here = position(mark)
        guard let context, context.mark.line > 0 else { return report("no YAML: \(problem)", at: here) }
        let start = position(context.mark)
        if problem.contains("unexpected end of stream") {
            return report("no YAML: it never ends (\(context.text))", at: start)
        }
        let origin = start == here ? "" : " that began at \(start.line):\(start.column)"
        report("no YAML: \(problem) (\(context.text)\(origin))", at: here)
    }
}
