import DialogEngine
import Facilitation
import Foundation
import SQLiteStore

/// A folder of its own for one test, with a store in it, removed when the test is over.
struct Workplace: ~Copyable {
    let folder: String
    var store: String { folder + "/lotse.sqlite" }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "lotse-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The arguments of a Lotse that works with the store here.
    func arguments(port: Int = 0) -> [String] {
        ["--state", folder, "--port", "\(port)"]
    }

    /// The text of every contribution in the store by its id, for each session by its group.
    func contributions() async throws -> [String: [String: String]] {
        var result: [String: [String: String]] = [:]
        let reading = try SQLiteStore(readingFrom: store)
        for summary in try await reading.sessions() {
            let session = try await reading.load(summary.id)
            let pairs = (session?.contributions ?? []).map { ($0.id.description, $0.text) }
            result[summary.group] = Dictionary(uniqueKeysWithValues: pairs)
        }
        return result
    }

    /// The sequence numbers of the events of every session.
    func sequences() async throws -> [[Int]] {
        var result: [[Int]] = []
        let reading = try SQLiteStore(readingFrom: store)
        for summary in try await reading.sessions() {
            result.append(try await reading.events(of: summary.id).map(\.seq))
        }
        return result
    }
}
