import Foundation
import Yams

/// The public vectors of `ircdocs/parser-tests`, where their folder lies beside the clone.
enum SharedVectors {
    /// `../shared/vectors` as seen from the package root, which is three levels above this file.
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "shared/vectors")

    static var arePresent: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "msg-split.yaml").path)
    }

    /// The list under `tests:` of one file.
    static func tests<Vector: Decodable>(_ name: String, as type: Vector.Type) throws -> [Vector] {
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        return try YAMLDecoder().decode(File<Vector>.self, from: text).tests
    }

    private struct File<Vector: Decodable>: Decodable { let tests: [Vector] }
}
