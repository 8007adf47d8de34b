#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The bytes of a file, with what the file system says about it.
package struct SourceFile: Sendable {
    package let bytes: [UInt8]
    /// The permission bits, such as `0o600`.
    package let permissions: UInt32

    /// Why the bytes of a file could not be had.
    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case missing, notPermitted, folder, noFile
        case tooLarge(limit: Int)
        /// Any other answer of the operating system.
        case system(String)

        package var description: String {
            switch self {
            case .missing: "no such file"
            case .notPermitted: "may not be read; check its owner and permissions"
            case .folder: "is a folder, not a file"
            case .noFile: "is no regular file"
            case .tooLarge(let limit): "is larger than \(limit) bytes"
            case .system(let reason): "cannot be read: \(reason)"
            }
        }
    }

    /// Reads at most `limit` bytes; what is asked about the file is asked of the very file that is read.
    package init(path: String, limit: Int) throws(Failure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Failure(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure(errno) }
        let type = UInt32(status.st_mode) & UInt32(S_IFMT)
        if type == UInt32(S_IFDIR) { throw .folder }
        guard type == UInt32(S_IFREG) else { throw .noFile }
        guard Int(status.st_size) <= limit else { throw .tooLarge(limit: limit) }
        permissions = UInt32(status.st_mode) & 0o7777
        bytes = try Self.readToEnd(descriptor, limit: limit)
    }

    /// Reads on until the end: the size said beforehand may be outdated.
    private static func readToEnd(_ descriptor: CInt, limit: Int) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(errno) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
        }
    }
}

extension SourceFile.Failure {
    fileprivate init(_ code: CInt) {
        self =
            switch code {
            case ENOENT, ENOTDIR: .missing
            case EACCES, EPERM: .notPermitted
            default: .system(String(cString: strerror(code)))
            }
    }
}

extension SourceFile {
    /// The bytes of a YAML file; a file that cannot be read is a problem of its own kind.
    package static func yaml(at path: String) throws(FileProblems) -> [UInt8] {
        do {
            return try SourceFile(path: path, limit: SourceText.limit).bytes
        } catch {
            throw FileProblems([Problem(.error, file: path, what: error.description, isUnreadable: true)])
        }
    }
}
