/// Why one or several files could not be made into values: every problem found in them.
public struct FileProblems: Error, Hashable, Sendable, CustomStringConvertible {
    /// In the order of the files, then of the lines.
    public let problems: [Problem]

    public init(_ problems: [Problem]) {
        self.problems = problems
    }

    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}

/// What became of a file: the value, unless there are errors, and every problem, warnings included.
public struct Checked<Value: Sendable>: Sendable {
    public let value: Value?
    public let problems: [Problem]

    /// Keeps `value` only where no problem is an error.
    package init(_ value: Value?, problems: [Problem]) {
        self.value = problems.contains { $0.severity == .error } ? nil : value
        self.problems = problems
    }

    public func get() throws(FileProblems) -> Value {
        guard let value else { throw FileProblems(problems) }
        return value
    }
}

extension Checked: Equatable where Value: Equatable {}
