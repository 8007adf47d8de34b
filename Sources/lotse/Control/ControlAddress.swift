import Foundation

/// Where the running Lotse of a state folder listens to commands: a Unix domain socket in it.
enum ControlAddress {
    /// The socket's name in the state folder.
    static let name = "control.sock"
    /// The most bytes of a path that an address has room for (`sun_path` of `unix(7)`, with the NUL behind it).
    private static let limit = 107

    /// Calls `body` with a path of the folder by which sockets in it are reached. Where the folder's own path is too long, it
    /// leads through a descriptor of the folder, which is open meanwhile.
    static func reach<Result>(
        _ folder: String, isolation: isolated (any Actor)? = #isolation, _ body: (String) async throws -> Result
    ) async throws -> Result {
        // The socket has another name while it is made.
        guard "\(folder)/\(name).new".utf8.count > limit else { return try await body(folder) }
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ControlError(errno, at: folder) }
        defer { close(descriptor) }
        return try await body("/proc/self/fd/\(descriptor)")
    }
}

/// Why a control socket cannot be used.
enum ControlError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nobody listens there.
    case nobody
    case notPermitted(path: String)
    case system(path: String, reason: String)
    /// The Lotse at the other end went away before it had answered, or says what is no answer.
    case noAnswer

    init(_ code: CInt, at path: String) {
        self =
            switch code {
            case ENOENT, ENOTDIR, ECONNREFUSED: .nobody
            case EACCES, EPERM: .notPermitted(path: path)
            default: .system(path: path, reason: String(cString: strerror(code)))
            }
    }

    var description: String {
        switch self {
        case .nobody: "no Lotse listens there"
        case .notPermitted(let path):
            "a Lotse of another user has \(path); run this command as that user or as root"
        case .system(let path, let reason): "cannot speak through a socket in \(path): \(reason)"
        case .noAnswer: "the running Lotse did not answer to the end; look into its log, then ask again"
        }
    }
}
