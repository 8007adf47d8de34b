import DialogEngine

/// Cuts long output into pages of five lines and remembers, for each person, what comes next.
struct Pager: Sendable {
    private static let length = 5

    /// What somebody has not seen yet, and to whom it is shown.
    private struct Rest {
        var lines: [Line]
        let audience: Output.Audience
    }

    private var rest: [Identity?: Rest] = [:]

    /// The first page; what does not fit waits for ``nextPage(for:)``.
    mutating func firstPage(of lines: [Line], for reader: Identity?, to audience: Output.Audience) -> [Line] {
        rest[reader] = Rest(lines: lines, audience: audience)
        return nextPage(for: reader)
    }

    /// Keeps all of `lines` for ``nextPage(for:)``.
    mutating func keep(_ lines: [Line], for reader: Identity?, to audience: Output.Audience) {
        rest[reader] = Rest(lines: lines, audience: audience)
    }

    /// To whom the next page is shown: what began privately goes on privately. Nil where there is none.
    func audience(for reader: Identity?) -> Output.Audience? {
        rest[key(for: reader)]?.audience
    }

    mutating func nextPage(for reader: Identity?) -> [Line] {
        let key = key(for: reader)
        guard let lines = rest[key]?.lines, !lines.isEmpty else { return [Line(.noMorePages)] }
        guard lines.count > Self.length else {
            rest[key] = nil
            return lines
        }
        let page = lines.prefix(Self.length - 1)
        rest[key]?.lines.removeFirst(page.count)
        return page + [Line(.morePages, [.count: .count(lines.count - page.count)])]
    }

    private func key(for reader: Identity?) -> Identity? {
        rest[reader] == nil ? nil : reader
    }

    mutating func forget(_ reader: Identity) {
        rest[reader] = nil
    }
}
