/// What a YAML file of Lotse's is, told by the keys of its map.
package enum FileKind: Sendable {
    case dialog, wording
    /// Nothing that this module reads.
    case other

    package init(_ bytes: [UInt8], file: String) {
        let reading = Reading(SourceText(bytes, file: file))
        let keys = reading.names(of: reading.root)
        if keys.contains("dialog") || keys.contains("steps") {
            self = .dialog
        } else if keys.contains("phrases") || keys.contains("verbs") {
            self = .wording
        } else {
            self = .other
        }
    }
}
