import Facilitation
import Foundation

/// A folder that Lotse keeps something in, looked at without making anything.
struct KeptFolder {
    let path: String

    /// Refuses a folder that cannot be made, or in which whoever asks cannot make and change files.
    func check() throws(StoreError) {
        var folder = path
        var status = stat()
        while stat(folder, &status) != 0 {
            guard errno == ENOENT || errno == ENOTDIR else { throw .noPermission(path: folder) }
            let parent = URL(filePath: folder).deletingLastPathComponent().path
            guard parent != folder else { throw .missing(path: path) }
            folder = parent
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw .cannotMake(path: path, reason: "\(folder) is a file, not a folder")
        }
        guard access(folder, R_OK | W_OK | X_OK) == 0 else { throw .noPermission(path: folder) }
        for file in ["lotse.sqlite", "lotse.sqlite-lock", "lotse.sqlite-wal", "accounts"] where folder == path {
            let file = "\(folder)/\(file)"
            guard access(file, F_OK) != 0 || access(file, R_OK | W_OK) == 0 else { throw .noPermission(path: file) }
        }
    }
}
