import Foundation
import Synchronization

/// The file with the accounts of the listener, one to a line; readable by its owner alone.
package struct AccountFile: Hashable, Sendable {
    let path: String

    package init(path: String) {
        self.path = path
    }

    /// Changes whenever the file does; nil where there is none.
    var version: Version? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
        return Version(
            inode: (attributes[.systemFileNumber] as? NSNumber)?.uint64Value,
            size: (attributes[.size] as? NSNumber)?.uint64Value, changed: attributes[.modificationDate] as? Date)
    }

    struct Version: Hashable, Sendable {
        let inode: UInt64?
        let size: UInt64?
        let changed: Date?
    }

    /// All accounts; none where there is no file yet.
    package func read() throws(AccountError) -> [Account] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let data: Data
        let permissions: Int
        do {
            data = try Data(contentsOf: URL(filePath: path))
            permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
        } catch {
            throw .unreadable(path: path, reason: Self.reason(error))
        }
        guard permissions & 0o077 == 0 else { throw .readableByOthers(path: path) }
        var accounts: [Account] = []
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.isEmpty {
            guard let account = Account(line: line) else { throw .malformed(path: path, line: index + 1) }
            accounts.append(account)
        }
        return accounts
    }

    private static let turn = Mutex(())

    /// Changes the accounts; nobody else of this program changes them meanwhile.
    package func change(_ body: (inout [Account]) -> Void) throws(AccountError) {
        try Self.turn.withLock { _ throws(AccountError) in
            var accounts = try read()
            body(&accounts)
            try write(accounts)
        }
    }

    /// Puts the new file in the place of the old one at once: whoever reads sees one of the two.
    package func write(_ accounts: [Account]) throws(AccountError) {
        let url = URL(filePath: path)
        let new = url.deletingLastPathComponent().appending(path: ".\(url.lastPathComponent).new")
        let text = accounts.sorted { $0.name < $1.name }.map { $0.line + "\n" }.joined()
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try? FileManager.default.removeItem(at: new)
            // Made with these rights: at no time can others read it.
            guard
                FileManager.default.createFile(
                    atPath: new.path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
            else { throw CocoaError(.fileWriteUnknown) }
            keepOwner(of: new.path)
            guard rename(new.path, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            throw .unwritable(path: path, reason: Self.reason(error))
        }
    }

    /// What root writes belongs to whom the old file belongs to, else to the owner of the folder: she has to read it.
    private func keepOwner(of new: String) {
        guard geteuid() == 0 else { return }
        var status = stat()
        let folder = URL(filePath: path).deletingLastPathComponent().path
        guard stat(path, &status) == 0 || stat(folder, &status) == 0 else { return }
        _ = chown(new, status.st_uid, status.st_gid)
    }

    private static func reason(_ error: any Error) -> String {
        (error as NSError).localizedDescription
    }
}
