/// The strict reading of one file: goes on to its end and collects every problem on the way.
///
/// Each method makes a Swift value of a ``Field``, or records why that cannot be done and returns nil.
package struct Reading: Sendable {
    package let source: SourceText
    package private(set) var problems: [Problem]
    /// The whole file as a value.
    package let root: Field

    package init(_ source: SourceText) {
        self.source = source
        var composer = YAMLComposer(source)
        let root = composer.compose()
        // A tab or a control character also breaks the syntax around it: the cause is enough.
        problems = source.problems + (root == nil && !source.problems.isEmpty ? [] : composer.problems)
        let start = Position(line: 1, column: 1)
        let isEmpty = root.map { $0.content.isNull } ?? problems.isEmpty
        if isEmpty { problems.append(Problem(.error, file: source.file, at: start, what: "is empty")) }
        let nothing = YAMLValue(content: .unusable, position: start)
        self.root = Field(value: isEmpty ? nothing : root ?? nothing, path: "", position: root?.position ?? start)
    }

    /// Every problem in the order of the lines.
    package var sortedProblems: [Problem] {
        let start = Position(line: 0, column: 0)
        return problems.enumerated()
            .sorted { ($0.element.position ?? start, $0.offset) < ($1.element.position ?? start, $1.offset) }
            .map(\.element)
    }

    // MARK: Problems

    package mutating func error(_ what: String, at field: Field) {
        report(.error, what, path: field.path, at: field.position)
    }

    package mutating func warn(_ what: String, at field: Field) {
        report(.warning, what, path: field.path, at: field.position)
    }

    package mutating func report(_ severity: Problem.Severity, _ what: String, path: String, at position: Position) {
        problems.append(
            Problem(
                severity, file: source.file, at: position, path: path, what: what,
                excerpt: source.excerpt(at: position)))
    }

    /// An error of the whole file.
    package mutating func reportWithoutLine(_ what: String) {
        problems.append(Problem(.error, file: source.file, at: root.position, what: what))
    }

    // MARK: Maps and lists

    /// The keys of a map; of anything else none.
    package func names(of field: Field) -> [String] {
        guard case .mapping(let pairs) = field.value?.content else { return [] }
        return pairs.map(\.key)
    }

    /// The values of a map that may have no other keys than `allowed`.
    package mutating func fields(of field: Field, _ allowed: [String]) -> Fields {
        var fields = fields(of: field)
        let known = Set(allowed)
        for (name, position) in fields.keys where !known.contains(name) {
            let what = "unknown key\(suggestion(for: name, in: allowed))"
            report(.error, what, path: fields[name].path, at: position)
            if let meant = name.nearest(in: allowed) { fields.take(name, for: meant) }
        }
        return fields
    }

    /// The values of a map with whatever keys it has.
    package mutating func fields(of field: Field) -> Fields {
        guard let value = required(field) else { return Fields(field: field, fields: [:], keys: []) }
        guard case .mapping(let pairs) = value.content else {
            expected("a map", at: field, found: value.content)
            let unusable = YAMLValue(content: .unusable, position: field.position)
            let broken = Field(value: unusable, path: field.path, position: field.position)
            return Fields(field: broken, fields: [:], keys: [])
        }
        var fields: [String: Field] = [:]
        for pair in pairs {
            let path = field.path.isEmpty ? pair.key : "\(field.path).\(pair.key)"
            fields[pair.key] = Field(value: pair.value, path: path, position: pair.value.position)
        }
        return Fields(field: field, fields: fields, keys: pairs.map { ($0.key, $0.keyPosition) })
    }

    /// The values of a list; an empty list is a problem.
    package mutating func items(of field: Field) -> [Field] {
        guard let value = required(field) else { return [] }
        guard case .list(let values) = value.content else {
            expected("a list", at: field, found: value.content)
            return []
        }
        if values.isEmpty { error("is empty", at: field) }
        return values.enumerated().map { index, value in
            Field(value: value, path: "\(field.path)[\(index)]", position: value.position)
        }
    }

    // MARK: Scalars

    /// A text that says something; numbers and truth values need quotes to be one.
    package mutating func text(_ field: Field) -> String? {
        guard let value = required(field) else { return nil }
        guard case .scalar(let text, let isPlain) = value.content else {
            expected("text", at: field, found: value.content)
            return nil
        }
        guard text.contains(where: { !$0.isWhitespace }), !(isPlain && text.isNull) else {
            error("is empty", at: field)
            return nil
        }
        guard !isPlain || !(text.isNumber || text == "true" || text == "false") else {
            error("expected text, found \(value.content.kind); put it in quotes", at: field)
            return nil
        }
        return text
    }

    /// A whole number within `range`.
    package mutating func number(_ field: Field, in range: ClosedRange<Int>) -> Int? {
        guard let value = required(field) else { return nil }
        guard case .scalar(let text, isPlain: true) = value.content, let number = Int(text) else {
            expected("a whole number", at: field, found: value.content)
            return nil
        }
        guard range.contains(number) else {
            error("\(number) is not between \(range.lowerBound) and \(range.upperBound)", at: field)
            return nil
        }
        return number
    }

    package mutating func flag(_ field: Field) -> Bool? {
        guard let value = required(field) else { return nil }
        switch value.content {
        case .scalar("true", isPlain: true): return true
        case .scalar("false", isPlain: true): return false
        default:
            expected("true or false", at: field, found: value.content)
            return nil
        }
    }

    /// One of the cases of a closed set.
    package mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ field: Field, of type: Choice.Type = Choice.self
    ) -> Choice? {
        guard let text = text(field) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        error("unknown value \"\(text)\"\(suggestion(for: text, in: Choice.allCases.map(\.rawValue)))", at: field)
        return nil
    }

    /// The value, if there is one that can be used; a missing one is a problem.
    private mutating func required(_ field: Field) -> YAMLValue? {
        guard let value = field.value else {
            error("is missing", at: field)
            return nil
        }
        if case .unusable = value.content { return nil }
        return value
    }

    private mutating func expected(_ expectation: String, at field: Field, found content: YAMLValue.Content) {
        error("expected \(expectation), found \(content.kind)", at: field)
    }
}
