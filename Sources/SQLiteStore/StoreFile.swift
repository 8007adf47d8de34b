import Facilitation
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The path of a store, and what is done with it before SQLite sees it.
struct StoreFile: Sendable {
    let path: String

    var lockPath: String { path + "-lock" }
    var logPath: String { path + "-wal" }

    /// Makes the file, readable for its owner alone, in a folder that only she may enter; both stay as they are where
    /// they exist. SQLite gives the write-ahead log the same mode.
    func make() throws(StoreError) {
        try makeFolder(String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)))
        close(try openFile(path, O_RDWR | O_CREAT))
    }

    private func makeFolder(_ folder: String) throws(StoreError) {
        guard !folder.isEmpty, mkdir(folder, 0o700) != 0 else { return }
        switch errno {
        case EEXIST: return
        case ENOENT:
            try makeFolder(String(folder.prefix(upTo: folder.lastIndex(of: "/") ?? folder.startIndex)))
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw failure(errno, at: folder) }
        default: throw failure(errno, at: folder)
        }
    }

    /// The descriptor of the file at `path`, which a started program does not inherit.
    func openFile(_ path: String, _ flags: CInt) throws(StoreError) -> CInt {
        let descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(errno, at: path) }
        return descriptor
    }

    private func failure(_ code: CInt, at path: String) -> StoreError {
        switch code {
        case EACCES, EPERM, EROFS: .readOnly
        case ENOSPC, EDQUOT: .diskFull
        case ENOENT: .missing(path: path)
        default: .failed(reason: "\(path): \(String(cString: strerror(code)))")
        }
    }

    /// What changes whenever somebody writes to the file.
    struct Stamp: Hashable {
        /// Whether there is a write-ahead log, as there is while a writer runs and after it was killed.
        let hasLog: Bool
        let size: Int
        let modifiedSeconds: Int
        let modifiedNanoseconds: Int
    }

    func stamp() throws(StoreError) -> Stamp {
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure(errno, at: path) }
        return Stamp(
            hasLog: access(logPath, F_OK) == 0, size: Int(status.st_size), modifiedSeconds: status.st_mtim.tv_sec,
            modifiedNanoseconds: status.st_mtim.tv_nsec)
    }
}
