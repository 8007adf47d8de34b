/// A value on its way from a file to a type: what stands there, where, and what it is called.
package struct Field: Sendable {
    /// Nil where nothing stands.
    package let value: YAMLValue?
    package let path: String
    /// Where the value stands; for a missing one, where its map begins.
    package let position: Position

    package init(value: YAMLValue?, path: String, position: Position) {
        self.value = value
        self.path = path
        self.position = position
    }

    package var isMissing: Bool { value == nil }

    /// Whether nothing is said here: the key is missing, or there is a `null`.
    package var isAbsent: Bool { value?.content.isNull ?? true }

    package var isMapping: Bool {
        if case .mapping = value?.content { true } else { false }
    }
}

/// The values of a map under their keys.
package struct Fields: Sendable {
    package let field: Field
    private(set) var fields: [String: Field]
    /// The keys in the order of the file, each with its own place.
    package let keys: [(name: String, position: Position)]

    init(field: Field, fields: [String: Field], keys: [(name: String, position: Position)]) {
        self.field = field
        self.fields = fields
        self.keys = keys
    }

    /// The value under `key`; a missing one is a field without a value.
    package subscript(_ key: String) -> Field {
        if let field = fields[key] { return field }
        // Of a map that is itself unusable nothing is known, so nothing of it is missing.
        let value: YAMLValue? = field.isMapping ? nil : YAMLValue(content: .unusable, position: field.position)
        return Field(value: value, path: field.path.isEmpty ? key : "\(field.path).\(key)", position: field.position)
    }

    /// Reads what stands under a misspelt key as what was meant, so that it is not also missing.
    mutating func take(_ name: String, for meant: String) {
        if fields[meant] == nil { fields[meant] = fields[name] }
    }

    /// A field of the same name as `key` that stands where the key itself stands.
    package func key(_ key: String) -> Field {
        let position = keys.first { $0.name == key }?.position ?? field.position
        return Field(value: nil, path: self[key].path, position: position)
    }
}
