import Foundation
import Testing

/// The rows of the first table in a source file's comments.
enum MarkdownTable {
    /// The cells of every row behind the head, trimmed.
    static func rows(of file: String) -> [[String]] {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../Sources/DialogEngine")
        // Each file lies in the folder of its concern.
        let paths = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
        guard let path = paths.first(where: { $0.hasSuffix("/\(file)") }),
            let text = try? String(contentsOf: sources.appending(path: path), encoding: .utf8)
        else { return [] }
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("/// |") }
        return lines.dropFirst(2).map { line in
            line.dropFirst(5).split(separator: "|", omittingEmptySubsequences: false).dropLast().map {
                $0.trimmingCharacters(in: .whitespaces)
            }
        }
    }
}
