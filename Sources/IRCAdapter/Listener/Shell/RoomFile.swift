import Foundation

/// The file with what was set in the rooms; readable by its owner alone, since keys stand in it.
struct RoomFile: Sendable {
    let path: String

    /// Nothing where there is no file yet. A file that cannot be read is no reason to open the rooms.
    func read() throws(IRCListenerError) -> [KeptRoom] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        do {
            return try JSONDecoder().decode([KeptRoom].self, from: Data(contentsOf: URL(filePath: path)))
        } catch {
            throw .unusableRooms(path: path, reason: (error as NSError).localizedDescription)
        }
    }

    /// Puts the new file in the place of the old one at once.
    func write(_ rooms: [KeptRoom]) throws {
        let url = URL(filePath: path)
        let new = url.deletingLastPathComponent().appending(path: ".\(url.lastPathComponent).new")
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let data = try encoder.encode(rooms)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? FileManager.default.removeItem(at: new)
        guard
            FileManager.default.createFile(atPath: new.path, contents: data, attributes: [.posixPermissions: 0o600]),
            rename(new.path, path) == 0
        else { throw CocoaError(.fileWriteUnknown) }
    }
}
