import ArgumentParser
import DialogFiles
import Foundation
import SQLiteStore

/// `lotse backup`: copies everything that cannot be made again into one file, while Lotse goes on.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy all sessions, accounts and what belongs to them into one file; also while Lotse is running.",
        discussion: """
            The file has the store as it is at one moment, the accounts of the listener and what IRC networks want about \
            TLS (sts.json). It is readable for you alone. Exported files are not in it, as they can be written anew; nor \
            are keys and passwords, unless you add --with-keys. Keep it as safe as the sessions themselves: a backup \
            holds what is erased afterwards, so delete it when your retention period says so.

            `lotse restore FILE` puts it back. It is a database of SQLite's: sqlite3 FILE 'SELECT name FROM backup_files'
            """)

    @Argument(help: "The file to write.")
    var file: String

    @OptionGroup var place: PlaceOptions

    @Flag(
        name: .long, help: "Also copy the files with keys and passwords that the configuration names; needs --config.")
    var withKeys = false

    @Flag(name: .long, help: "Write over the file if it is there.")
    var replace = false

    func validate() throws {
        if withKeys, place.config == nil {
            throw ValidationError("--with-keys needs --config FILE, which names the keys.")
        }
    }

    func run() async throws {
        let (settings, folder) = try place.settingsAndState()
        var attachments: [StoreBackup.Attachment] = []
        for (name, path) in BackupFiles.beside(settings, in: folder) {
            if let content = try Self.content(of: path) {
                attachments.append(.init(name: name, origin: path, content: content))
            }
        }
        if withKeys, let settings {
            // The keys that `lotse partners rotate` makes lie in the state.
            let made = try PartnerKeys.files(in: folder)
            for (index, path) in (settings.keyFiles + made).enumerated() {
                guard let content = try Self.content(of: path) else { continue }
                let base = path.split(separator: "/").last.map(String.init) ?? "key"
                let isTaken = attachments.contains { $0.name == "keys/\(base)" }
                attachments.append(
                    .init(name: isTaken ? "keys/\(index)-\(base)" : "keys/\(base)", origin: path, content: content))
            }
        }
        let backup = try StoreBackup.make(
            of: Place.store(in: folder), with: attachments, at: Date(), to: file, replacing: replace)
        print("Backed up \(backup.summary) to \(file).")
    }

    /// Nil where there is no such file.
    private static func content(of path: String) throws -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let content = FileManager.default.contents(atPath: path) else {
            throw CommandError(
                "\(path) cannot be read; run this as root or as the user that Lotse runs as", .noPermission)
        }
        return [UInt8](content)
    }
}

/// `lotse restore`: puts a backup into a state folder.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup into the state folder; Lotse must not be running there.",
        discussion: """
            The whole file is checked before anything changes. Where there are sessions in the folder already, they stay \
            unless you add --replace. Files that root restores get the owner of the folder. Who was erased after the \
            backup was made is in it again: erase her once more (`lotse erase`).
            """)

    @Argument(help: "The file that `lotse backup` wrote.")
    var file: String

    @OptionGroup var place: PlaceOptions

    @Flag(name: .long, help: "Put the backup in the place of the sessions and accounts that are there.")
    var replace = false

    @Flag(name: .long, help: "Only check the file and say what is in it.")
    var dryRun = false

    func run() async throws {
        let backup = try StoreBackup(checking: file)
        guard !dryRun else { return print("\(file) is good: \(backup.summary).") }
        let (settings, folder) = try place.settingsAndState()
        let places = Dictionary(BackupFiles.beside(settings, in: folder), uniquingKeysWith: { $1 })
        try StoreBackup.restore(file, to: Place.store(in: folder), replacing: replace) {
            for attachment in backup.attachments {
                try put(attachment, at: places[attachment.name] ?? "\(folder)/\(attachment.name)")
            }
            // What networks can tell again begins where the backup ends.
            let lastRun = LastRun(path: "\(folder)/lotse.sqlite.lastrun")
            if let madeAt = backup.madeAt {
                lastRun.note(madeAt)
                try StoreBackup.giveToOwnerOfFolder(lastRun.path)
            }
        }
        print("Restored \(backup.summary) to \(folder).")
        for key in backup.attachments where key.name.hasPrefix("keys/") {
            print("\(folder)/\(key.name) was \(key.origin); put it where your configuration names it.")
        }
    }

    /// An account file that is there stays unless it is to be replaced.
    private func put(_ attachment: StoreBackup.Attachment, at path: String) throws {
        let files = FileManager.default
        guard replace || !files.fileExists(atPath: path) else {
            return print("\(path) is there already and stays; with --replace the backup's takes its place.")
        }
        let folder = URL(filePath: path).deletingLastPathComponent().path
        if !files.fileExists(atPath: folder) {
            try files.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try StoreBackup.giveToOwnerOfFolder(folder)
        }
        let part = path + ".part"
        try? files.removeItem(atPath: part)
        guard
            files.createFile(
                atPath: part, contents: Data(attachment.content), attributes: [.posixPermissions: 0o600])
        else {
            throw CommandError("cannot write \(part); check the owner and permissions of its folder", .noPermission)
        }
        try StoreBackup.giveToOwnerOfFolder(part)
        guard rename(part, path) == 0 else {
            throw CommandError("cannot write \(path); check the owner and permissions of its folder", .noPermission)
        }
    }
}

extension PlaceOptions {
    /// What is configured, where a configuration is named, and the folder of the state.
    fileprivate func settingsAndState() throws -> (Configuration?, String) {
        let place = try place()
        return (try place.settings(), place.state)
    }
}

/// The files that belong to a store and lie beside it.
private enum BackupFiles {
    /// By the names that they have in a backup.
    static func beside(_ settings: Configuration?, in folder: String) -> [(String, String)] {
        [
            ("accounts", settings?.accountsPath ?? Place.accounts(in: folder)), ("sts.json", folder + "/sts.json"),
            ("rooms.json", folder + "/rooms.json"),
        ]
    }
}

extension Configuration {
    /// Every file with a secret in it that the configuration names, each once.
    fileprivate var keyFiles: [String] {
        var files: [String?] = [listener?.passwordFile?.path, listener?.tls?.key.path, listener?.tls?.certificate]
        for network in networks {
            files += [
                network.passwordFile?.path, network.sasl?.passwordFile?.path, network.tls.key?.path,
                network.tls.certificate,
            ]
        }
        for chat in chats { files += [chat.secretFile.path, chat.replyFile?.path] }
        files += partners.map(\.keyFile.path)
        var seen: Set<String> = []
        return files.compactMap(\.self).filter { seen.insert($0).inserted }
    }
}

extension StoreBackup {
    /// `12 sessions, accounts, sts.json`.
    var summary: String {
        let sessions = "\(sessionCount) session\(sessionCount == 1 ? "" : "s")"
        return ([sessions] + attachments.map(\.name)).joined(separator: ", ")
    }
}
