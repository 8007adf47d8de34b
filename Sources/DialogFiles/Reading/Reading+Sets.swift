extension Reading {
    /// A map that has every case of a closed set as its keys, and no others.
    package mutating func complete<Key: RawRepresentable<String> & CaseIterable & Hashable>(
        _ field: Field, _ keys: Key.Type = Key.self
    ) -> [(key: Key, field: Field)] {
        let fields = fields(of: field, Key.allCases.map(\.rawValue))
        return Key.allCases.compactMap { key in
            let value = fields[key.rawValue]
            guard value.isMissing else { return (key, value) }
            error("is missing", at: value)
            return nil
        }
    }

    /// A list of texts.
    package mutating func texts(_ field: Field) -> [String] {
        let items = items(of: field)
        return items.compactMap { text($0) }
    }
}
