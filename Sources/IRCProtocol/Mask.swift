/// A pattern such as `*!*@*.example.org`: `*` stands for any text, `?` for one character, all else for itself.
package struct Mask: Hashable, Sendable {
    private let pattern: [Unicode.Scalar]
    private let mapping: CaseMapping

    package init(_ pattern: String, mapping: CaseMapping = .ascii) {
        self.pattern = Array(mapping.fold(pattern).unicodeScalars)
        self.mapping = mapping
    }

    /// Whether `text` as a whole has the form of the pattern.
    ///
    /// Goes back to the last `*` only, so that the work is bounded by pattern times text whatever a peer asks for.
    package func matches(_ text: String) -> Bool {
        let text = Array(mapping.fold(text).unicodeScalars)
        var (inPattern, inText) = (0, 0)
        var lastStar: (pattern: Int, text: Int)?
        while inText < text.count {
            if inPattern < pattern.count, pattern[inPattern] == "*" {
                lastStar = (inPattern, inText)
                inPattern += 1
            } else if inPattern < pattern.count, pattern[inPattern] == "?" || pattern[inPattern] == text[inText] {
                inPattern += 1
                inText += 1
            } else if let star = lastStar {
                lastStar = (star.pattern, star.text + 1)
                (inPattern, inText) = (star.pattern + 1, star.text + 1)
            } else {
                return false
            }
        }
        return pattern[inPattern...].allSatisfy { $0 == "*" }
    }
}
