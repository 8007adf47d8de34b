/// The parts of a SCRAM message, `r=…,s=…,i=4096`: they have to come in this sequence (RFC 5802 section 7).
struct SCRAMAttributes {
    private var rest: ArraySlice<Substring>

    init(parsing text: some StringProtocol) {
        rest = ArraySlice(String(text).split(separator: ",", omittingEmptySubsequences: false))
    }

    /// The value of the next attribute, which has to be `name`. An extension that must be understood (`m=`) is none.
    mutating func next(_ name: Character) -> String? {
        guard let attribute = rest.first, attribute.hasPrefix("\(name)=") else { return nil }
        rest.removeFirst()
        return String(attribute.dropFirst(2))
    }

    /// `=` and `,` in a name are written as `=3D` and `=2C`.
    static func escaped(_ name: String) -> String {
        name.split(separator: "=", omittingEmptySubsequences: false).joined(separator: "=3D")
            .split(separator: ",", omittingEmptySubsequences: false).joined(separator: "=2C")
    }

    /// The name as it was before ``escaped(_:)``; nil where a `=` stands for neither.
    static func unescaped(_ name: String) -> String? {
        let parts = name.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.dropFirst().allSatisfy({ $0.hasPrefix("2C") || $0.hasPrefix("3D") }) else { return nil }
        return parts.dropFirst().reduce(String(parts[0])) { $0 + ($1.hasPrefix("2C") ? "," : "=") + $1.dropFirst(2) }
    }
}
