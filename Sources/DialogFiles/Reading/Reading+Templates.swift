package import Wording

extension Reading {
    /// A line with slots in braces; every slot that is not known is a problem at its own place. Those that may stand
    /// `everywhere` are good, and are not named where one is looked for.
    package mutating func template<Slot: RawRepresentable<String> & Hashable & Sendable>(
        _ field: Field, slots: some Sequence<Slot>, everywhere: [Slot] = []
    ) -> Template<Slot>? {
        guard let text = line(field) else { return nil }
        let allowed = slots.map(\.rawValue).sorted()
        var isGood = true
        for name in text.namesInBraces {
            guard let name else {
                error("a brace { is not closed", at: field)
                return nil
            }
            guard !allowed.contains(name), !everywhere.contains(where: { $0.rawValue == name }) else { continue }
            isGood = false
            let choice =
                allowed.isEmpty ? "nothing is filled in here" : "this phrase has \(allowed.map { "{\($0)}" }.listed)"
            let nearest = name.nearest(in: allowed).map { "; did you mean {\($0)}?" } ?? ""
            report(
                .error, "unknown slot {\(name)}\(nearest) (\(choice))", path: field.path,
                at: place(of: "{\(name)}", in: field))
        }
        guard isGood else { return nil }
        do {
            return try Template(text)
        } catch {
            self.error("is no text with slots", at: field)
            return nil
        }
    }

    /// Where `part` of a value stands, if it can be seen in the value's first line.
    private func place(of part: String, in field: Field) -> Position {
        guard let line = source.excerpt(at: field.position) else { return field.position }
        let before = field.position.column - 1
        var rest = line.dropFirst(before)
        while !rest.isEmpty {
            if rest.hasPrefix(part) {
                return Position(line: field.position.line, column: line.count - rest.count + 1)
            }
            rest = rest.dropFirst()
        }
        return field.position
    }
}

extension String {
    /// What stands between braces, in sequence; nil for a brace that is never closed.
    fileprivate var namesInBraces: [String?] {
        var names: [String?] = []
        var rest = self[...]
        while let open = rest.firstIndex(of: "{") {
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: "}") else { return names + [nil] }
            names.append(String(rest[..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return names
    }
}
