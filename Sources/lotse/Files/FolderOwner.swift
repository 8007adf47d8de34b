import Foundation

/// Whom a state folder belongs to. What root makes in it is given to her, so that the service can always go on.
struct FolderOwner {
    private let folder: String
    private let user: UInt32
    private let group: UInt32

    /// Nil where nothing needs to be given: one is not root, or the folder is root's own or not there.
    init?(of folder: String) {
        var status = stat()
        guard geteuid() == 0, stat(folder, &status) == 0, status.st_uid != 0 else { return nil }
        self.folder = folder
        user = status.st_uid
        group = status.st_gid
    }

    /// Gives the owner what is root's in the folder, down to the fourth level.
    func giveAll() {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor >= 0 { give(contentsOf: descriptor, depth: 4) }
    }

    /// Closes `folder`.
    ///
    /// Follows no link and touches no file that has two names: its owner may have made them to get at a file of root's.
    private func give(contentsOf folder: CInt, depth: Int) {
        guard let stream = fdopendir(folder) else {
            close(folder)
            return
        }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            let opened = openat(dirfd(stream), name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard opened >= 0 else { continue }
            var status = stat()
            let isKnown = fstat(opened, &status) == 0
            let type = status.st_mode & S_IFMT
            let isSingle = type == S_IFDIR || type == S_IFREG && status.st_nlink == 1
            if isKnown, isSingle, status.st_uid == 0 { fchown(opened, user, group) }
            if isKnown, type == S_IFDIR, depth > 1 { give(contentsOf: opened, depth: depth - 1) } else { close(opened) }
        }
    }
}
