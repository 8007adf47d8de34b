import DialogEngine

/// Cuts long output into pages of five lines and remembers, for each person, what comes next.
struct Pager: Sendable {
    private static let length = 5

    private var rest: [Identity?: [Line]] = [:]

    /// The first page; what does not fit waits for ``nextPage(for:)``.
    mutating func firstPage(of lines: [Line], for reader: Identity?) -> [Line] {
        rest[reader] = lines
        return nextPage(for: reader)
    }

    mutating func nextPage(for reader: Identity?) -> [Line] {
        let key = rest[reader] == nil ? nil : reader
        guard let lines = rest[key], !lines.isEmpty else { return [Line(.noMorePages)] }
        guard lines.count > Self.length else {
            rest[key] = nil
            return lines
        }
        let page = lines.prefix(Self.length - 1)
        rest[key] = Array(lines.dropFirst(page.count))
        let left = lines.count - page.count
        return page + [Line(.morePages, [.count: .count(left)])]
    }

    mutating func forget(_ reader: Identity) {
        rest[reader] = nil
    }
}
