import Facilitation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The right to write to a store: an advisory lock on a file beside the database.
///
/// SQLite's own locks last for a transaction only, and would let two bots speak for the same groups. The system drops the
/// lock with the process, however it ends; the file itself stays, since removing it would let two others lock two files.
struct WriterLock: ~Copyable, Sendable {
    private let descriptor: CInt

    init(_ file: StoreFile) throws(StoreError) {
        let opened = try file.openFile(file.lockPath, O_RDWR | O_CREAT)
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            close(opened)
            throw .inUse(path: file.path)
        }
        descriptor = opened
    }

    deinit {
        // A child that is just being started has the descriptor, too, until it is another program; that does not hold the lock.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
