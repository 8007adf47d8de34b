/// Names that may each be used once, with the line of the first use.
struct UniqueNames {
    private var lines: [String: Int] = [:]

    /// Takes `name`, compared as it stands; says what is wrong if it was taken before.
    mutating func take(_ name: String, at field: Field) -> String? {
        if let line = lines[name] { return "\"\(name)\" is used already in line \(line)" }
        lines[name] = field.position.line
        return nil
    }
}
