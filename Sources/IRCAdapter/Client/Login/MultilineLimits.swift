/// How long a text in one batch may be: the value of the capability `draft/multiline`, `max-bytes=4096,max-lines=24`.
struct MultilineLimits: Hashable, Sendable {
    private var bytes = 0
    /// Nil where only the bytes count.
    private var lines: Int?

    init(parsing value: String) {
        for token in value.split(separator: ",") {
            let parts = token.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let number = Int(parts[1]) else { continue }
            if parts[0] == "max-bytes" { bytes = number }
            if parts[0] == "max-lines" { lines = number }
        }
    }

    func allow(_ pieces: [String]) -> Bool {
        // Each line counts with the line break behind it.
        pieces.reduce(0) { $0 + $1.utf8.count + 1 } <= bytes && pieces.count <= lines ?? .max
    }
}
