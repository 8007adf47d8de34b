/// A value of a YAML file with its place: the part of YAML that Lotse's files use, without tags, anchors and aliases.
package struct YAMLValue: Sendable {
    package indirect enum Content: Sendable {
        /// A text; plain, it may also be a number, `true`, `false` or `null`.
        case scalar(String, isPlain: Bool)
        case list([YAMLValue])
        case mapping([Pair])
        /// What has been reported already; whoever reads it stays silent.
        case unusable
    }

    package struct Pair: Sendable {
        package let key: String
        package let keyPosition: Position
        package let value: YAMLValue
    }

    package let content: Content
    package let position: Position
}

extension YAMLValue.Content {
    /// What it is, as a message calls it.
    var kind: String {
        switch self {
        case .scalar(let text, isPlain: true) where ["true", "false"].contains(text): text
        case .scalar(let text, isPlain: true) where text.isNull: "nothing"
        case .scalar(let text, isPlain: true) where text.isNumber: "the number \(text)"
        case .scalar: "text"
        case .list: "a list"
        case .mapping: "a map"
        case .unusable: "something unusable"
        }
    }

    /// Whether it is left out on purpose: `null`, `~`, or nothing behind the colon.
    package var isNull: Bool {
        if case .scalar(let text, isPlain: true) = self { text.isNull } else { false }
    }
}

extension String {
    var isNull: Bool { ["", "~", "null"].contains(self) }

    /// Whether another YAML reader takes it for a number.
    var isNumber: Bool {
        guard let first, first.isASCII, first.isNumber || "+-.".contains(first) else { return false }
        return Double(self.filter { $0 != "_" }) != nil
    }
}
