import Foundation

/// Until when Lotse ran the last time: the time of an empty file that is touched once a second, so that it is right after a
/// power cut, too.
struct LastRun: Sendable {
    let path: String

    /// Nil where Lotse never ran here.
    var end: Date? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes?[.modificationDate] as? Date
    }

    /// Lotse runs at `moment`. Where that cannot be written down, less is caught up on later.
    func note(_ moment: Date) {
        do {
            try FileManager.default.setAttributes([.modificationDate: moment], ofItemAtPath: path)
        } catch {
            FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
    }
}
