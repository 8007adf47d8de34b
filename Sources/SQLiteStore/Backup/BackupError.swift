package import Facilitation

/// Why a backup was not made or not restored. Nothing that was there before has changed then.
package enum BackupError: Error, Hashable, Sendable, CustomStringConvertible {
    case store(StoreError)
    /// There is a file already, and nobody asked to replace it.
    case exists(path: String)
    case unusable(path: String, reason: String)
    /// The folder has sessions already, or a store that cannot be read, and nobody asked to replace it.
    case occupied(path: String, what: String)

    package var description: String {
        switch self {
        case .store(let error): "\(error)"
        case .exists(let path): "\(path) is there already; name another file, or add --replace"
        case .unusable(let path, let reason): "\(path) cannot be restored: \(reason)"
        case .occupied(let path, let what):
            "\(path) \(what); to have the backup in its place, run: lotse backup FILE, and then restore with --replace"
        }
    }
}
