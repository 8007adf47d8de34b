import Foundation
import GRDB
import Logging
import SQLiteStore

/// A folder of its own for a test, removed with it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "lotse-store-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var storePath: String { path + "/lotse.sqlite" }

    func store(logger: Logger = .silent) throws -> SQLiteStore {
        try SQLiteStore(at: storePath, logger: logger)
    }

    /// The bytes of the database and of its write-ahead log, whichever of them exist.
    func bytes() -> Data {
        ["", "-wal", "-shm", "-journal"].reduce(into: Data()) { bytes, suffix in
            bytes += FileManager.default.contents(atPath: storePath + suffix) ?? Data()
        }
    }

    func contains(_ text: String) -> Bool {
        bytes().range(of: Data(text.utf8)) != nil
    }

    /// Changes the file behind the store's back.
    func edit(_ body: (Database) throws -> Void) throws {
        let queue = try DatabaseQueue(path: storePath)
        try queue.writeWithoutTransaction(body)
        try queue.close()
    }

    func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
