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
        try makeItsFolder()
        close(try openFile(path, O_RDWR | O_CREAT))
    }

    func makeItsFolder() throws(StoreError) {
        try makeFolder(String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)))
    }

    /// The folder that a file lies in.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes sure that the content of the file is on the disk.
    func sync() throws(StoreError) {
        try Self.sync(path, O_RDONLY)
    }

    private static func sync(_ path: String, _ flags: CInt) throws(StoreError) {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreFile(path: path).failure(errno, at: path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .failed(reason: "\(path): \(String(cString: strerror(errno)))") }
    }

    /// Gives the file its name at once and for good; without `replacing` only where there is none of that name.
    func move(to target: String, replacing: Bool) throws {
        if replacing {
            guard rename(path, target) == 0 else { throw failure(errno, at: target) }
        } else if link(path, target) == 0 {
            unlink(path)
        } else {
            throw errno == EEXIST ? BackupError.exists(path: target) : failure(errno, at: target)
        }
        try Self.sync(Self.folder(of: target), O_RDONLY | O_DIRECTORY)
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
        case EACCES, EPERM, EROFS: .noPermission(path: path)
        case ENOSPC, EDQUOT: .diskFull
        case ENOENT: .missing(path: path)
        case ENOTDIR, EISDIR, ELOOP, ENAMETOOLONG: .cannotMake(path: path, reason: String(cString: strerror(code)))
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

    /// Which file is at a path, whatever its name.
    struct Identity: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
    }

    /// Nil where there is no file.
    static func identity(of path: String) -> Identity? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }
}

/// The files of a store as they were when it was opened. SQLite writes to them wherever they are moved, and after they are
/// removed.
struct StorePlace: Sendable {
    let file: StoreFile
    private let database: StoreFile.Identity?
    private let log: StoreFile.Identity?

    init(_ file: StoreFile) {
        self.file = file
        database = StoreFile.identity(of: file.path)
        log = StoreFile.identity(of: file.logPath)
    }

    /// Throws ``StoreError/gone(path:)`` where a later start would find another file, or none.
    func check() throws(StoreError) {
        for (path, identity) in [(file.path, database), (file.logPath, log)] {
            guard let identity else { continue }
            if StoreFile.identity(of: path) != identity { throw .gone(path: path) }
        }
    }
}
