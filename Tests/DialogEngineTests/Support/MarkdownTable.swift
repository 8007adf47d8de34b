import Foundation
import Testing

/// The rows of the first table in a source file's comments.
enum MarkdownTable {
    /// The cells of every row behind the head, trimmed.
    static func rows(of file: String) -> [[String]] {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../Sources/DialogEngine")
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
        guard let found = files?.lazy.compactMap({ $0 as? URL }).first(where: { $0.lastPathComponent == file }),
            let text = try? String(contentsOf: found, encoding: .utf8)
        else { return [] }
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("/// |") }
        return lines.dropFirst(2).map { line in
            line.dropFirst(5).split(separator: "|", omittingEmptySubsequences: false).dropLast().map {
                $0.trimmingCharacters(in: .whitespaces)
            }
        }
    }
}
