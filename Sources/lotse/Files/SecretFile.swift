import DialogFiles

/// A file with a secret in it.
struct SecretFile: Hashable, Sendable {
    let path: String

    /// Why a secret cannot be used.
    enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case unreadable(path: String, SourceFile.Failure)
        case readableByOthers(path: String)
        case empty(path: String)
        case notText(path: String)

        var description: String {
            switch self {
            case .unreadable(let path, let failure): "\(path) \(failure)"
            case .readableByOthers(let path): "\(path) can be read by others; run: chmod 600 \(path)"
            case .empty(let path): "\(path) is empty"
            case .notText(let path): "\(path) is not UTF-8"
            }
        }
    }

    private static let limit = 65_536

    /// The secret without the line end behind it; refuses a file that others than its owner and group can read.
    ///
    /// The group is let through: systemd hands over credentials with an access list, which shows as its rights.
    func read() throws(Failure) -> Secret {
        let file: SourceFile
        do {
            file = try SourceFile(path: path, limit: Self.limit)
        } catch {
            throw .unreadable(path: path, error)
        }
        guard file.permissions & 0o007 == 0 else { throw .readableByOthers(path: path) }
        guard let text = String(validating: file.bytes, as: UTF8.self) else { throw .notText(path: path) }
        let secret = text.last?.isNewline == true ? String(text.dropLast()) : text
        guard secret.contains(where: { !$0.isWhitespace }) else { throw .empty(path: path) }
        return Secret(secret)
    }
}
