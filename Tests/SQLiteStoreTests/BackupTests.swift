import DialogEngine
import Facilitation
import FacilitationTesting
import Foundation
import GRDB
import Testing

@testable import SQLiteStore

/// A store in one file and back.
@Suite struct BackupTests {
    private let folder: TemporaryFolder
    private var backup: String { folder.path + "/backup" }
    private var elsewhere: String { folder.path + "/new/lotse/lotse.sqlite" }

    init() throws {
        folder = try TemporaryFolder()
    }

    private static let accounts = StoreBackup.Attachment(name: "accounts", origin: "/x/accounts", content: [0, 1, 255])

    private func file(_ path: String, contains text: String) throws -> Bool {
        try Data(contentsOf: URL(filePath: path)).range(of: Data(text.utf8)) != nil
    }

    @discardableResult
    private func make(replacing: Bool = false) throws -> StoreBackup {
        try StoreBackup.make(
            of: folder.storePath, with: [Self.accounts], at: SampleConversation.beginning, to: backup,
            replacing: replacing)
    }

    @Test("What was acknowledged is in a backup that is made while Lotse writes, and comes back elsewhere")
    func whileWriting() async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1")
        try await store.append([conversation.begin()])
        // More than is copied back from the log at once, and then some.
        for number in 1...300 { try await store.append([conversation.contribute("\(number)")]) }
        let made = try make()
        #expect(made.sessionCount == 1 && made.attachments == [Self.accounts])
        #expect(made.madeAt == SampleConversation.beginning)
        let mode = try FileManager.default.attributesOfItem(atPath: backup)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let expected = try conversation.session.json
        try await store.append([conversation.contribute("later")])

        var placed = false
        try StoreBackup.restore(backup, to: elsewhere, replacing: false) { placed = true }
        #expect(placed)
        let restored = try SQLiteStore(at: elsewhere, logger: .silent)
        #expect(try await restored.load("s1")?.json == expected)
        #expect(try !file(elsewhere, contains: "backup_files"))
        #expect(try FileManager.default.attributesOfItem(atPath: elsewhere)[.posixPermissions] as? Int == 0o600)
    }

    @Test("What was erased is in no backup that is made afterwards")
    func withoutErased() async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1")
        try await store.append([conversation.begin(), conversation.contribute("Geheimnis", by: .bernd)])
        try make()
        #expect(try file(backup, contains: "Geheimnis"))
        try await store.append([conversation.say(.forgetMe(confirmed: true), by: .bernd)])
        try make(replacing: true)
        #expect(try !file(backup, contains: "Geheimnis"))
    }

    @Test("A backup is never written over another file unless that is asked for, and leaves nothing half made")
    func keepsOtherFiles() async throws {
        await (try folder.store()).close()
        try Data("mine".utf8).write(to: URL(filePath: backup))
        #expect(throws: BackupError.exists(path: backup)) { try make() }
        #expect(try Data(contentsOf: URL(filePath: backup)) == Data("mine".utf8))
        #expect(try make(replacing: true).sessionCount == 0)
        #expect(try folder.files() == ["backup", "lotse.sqlite", "lotse.sqlite-lock"])
    }

    @Test("Frozen files of every schema are backed up and restored", arguments: ["schema-1", "schema-2"])
    func earlierSchemas(_ name: String) async throws {
        let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name).sqlite")
        try FileManager.default.copyItem(atPath: fixture.path, toPath: folder.storePath)
        let before = folder.bytes()
        let count = try make().sessionCount
        #expect(count > 0 && folder.bytes() == before)
        try StoreBackup.restore(backup, to: elsewhere, replacing: false) {}
        let restored = try SQLiteStore(at: elsewhere, logger: .silent)
        #expect(try await restored.sessions().count == count)
    }

    @Test("A folder with sessions is left alone unless they are to be replaced; then nothing of them is left")
    func occupied() async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1")
        try await store.append([conversation.begin()])
        try make()
        try FileManager.default.createDirectory(
            atPath: folder.path + "/new/lotse", withIntermediateDirectories: true)
        let other = try SQLiteStore(at: elsewhere, logger: .silent)
        var rival = SampleConversation("other")
        try await other.append([rival.begin(), rival.contribute("Unverwechselbar")])
        #expect(throws: BackupError.store(.inUse(path: elsewhere))) {
            try StoreBackup.restore(backup, to: elsewhere, replacing: true) {}
        }
        // As after a kill: the log has what is not in the file yet.
        let log = try Data(contentsOf: URL(filePath: elsewhere + "-wal"))
        let database = try Data(contentsOf: URL(filePath: elsewhere))
        await other.close()
        try database.write(to: URL(filePath: elsewhere))
        try log.write(to: URL(filePath: elsewhere + "-wal"))
        #expect(throws: BackupError.occupied(path: elsewhere, what: "has 1 session")) {
            try StoreBackup.restore(backup, to: elsewhere, replacing: false) {}
        }
        try StoreBackup.restore(backup, to: elsewhere, replacing: true) {}
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/new/lotse").sorted()
        #expect(files == ["lotse.sqlite", "lotse.sqlite-lock"])
        let restored = try SQLiteStore(at: elsewhere, logger: .silent)
        #expect(try await restored.sessions().map(\.id) == ["s1"])
        #expect(try !file(elsewhere, contains: "Unverwechselbar"))
    }

    @Test(
        "A file that is no good backup is refused before anything changes",
        arguments: ["missing", "garbage", "another database", "truncated", "newer", "in use", "strange name"])
    func refused(_ what: String) async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1")
        try await store.append([conversation.begin(), conversation.contribute(String(repeating: "x ", count: 9000))])
        try make()
        switch what {
        case "missing": try FileManager.default.removeItem(atPath: backup)
        case "garbage": try Data(repeating: 0x4C, count: 9000).write(to: URL(filePath: backup))
        case "another database":
            try FileManager.default.removeItem(atPath: backup)
            try await edit { try $0.execute(sql: "CREATE TABLE recipes (name TEXT)") }
        case "truncated":
            let content = try Data(contentsOf: URL(filePath: backup))
            try content.prefix(content.count / 2).write(to: URL(filePath: backup))
        case "newer": try await edit { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('70')") }
        case "in use": try Data().write(to: URL(filePath: backup + "-wal"))
        default: try await edit { try $0.execute(sql: "UPDATE backup_files SET name = '../accounts'") }
        }
        #expect(throws: BackupError.self) { try StoreBackup(checking: backup) }
        #expect(throws: BackupError.self) { try StoreBackup.restore(backup, to: elsewhere, replacing: false) {} }
        #expect(!FileManager.default.fileExists(atPath: elsewhere))
    }

    private func edit(_ change: @escaping @Sendable (Database) throws -> Void) async throws {
        let queue = try DatabaseQueue(path: backup)
        try await queue.write(change)
        try queue.close()
    }
}
