/// What a YAML file of Lotse's is, told by the keys of its map.
package enum FileKind: Sendable {
    case dialog, wording, configuration

    /// A file that could be anything is taken for a configuration.
    package init(_ root: Field) {
        guard case .mapping(let pairs) = root.value?.content else {
            self = .configuration
            return
        }
        let keys = Set(pairs.map(\.key))
        if keys.contains("dialog") || keys.contains("steps") {
            self = .dialog
        } else if keys.contains("phrases") || keys.contains("verbs") {
            self = .wording
        } else {
            self = .configuration
        }
    }
}
