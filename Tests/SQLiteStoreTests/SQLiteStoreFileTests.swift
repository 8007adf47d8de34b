import DialogEngine
import Facilitation
import FacilitationTesting
import Foundation
import GRDB
import Testing

@testable import SQLiteStore

/// What the store does with its file: making, opening, refusing.
@Suite struct SQLiteStoreFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("A new store is readable for its owner alone, in a folder that only she may enter")
    func makesPrivateFiles() async throws {
        let path = folder.path + "/state/lotse/lotse.sqlite"
        let store = try SQLiteStore(at: path, logger: .silent)
        var conversation = SampleConversation("s1")
        try await store.append([conversation.begin()])
        for file in [path, path + "-wal", path + "-lock"] { #expect(try mode(of: file) == 0o600, "\(file)") }
        for made in ["/state", "/state/lotse"] { #expect(try mode(of: folder.path + made) == 0o700) }
    }

    private func mode(of path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("What was stored is there when the store is opened again")
    func survivesReopening() async throws {
        var conversation = SampleConversation("s1")
        let changes = [
            conversation.begin(), conversation.contribute("A", messageID: "m1"), conversation.contribute("B"),
        ]
        let store = try folder.store()
        let entries = try await store.append(changes)
        try await store.markSpoken([entries[0], entries[1]])
        await store.close()
        #expect(try folder.files() == ["lotse.sqlite", "lotse.sqlite-lock"])

        let again = try folder.store()
        #expect(try await again.load("s1")?.json == conversation.session.json)
        #expect(try await again.unspoken().map(\.id) == [entries[2]])
        let next = try await again.append(conversation.contribute("C"))
        #expect(try #require(next) > entries[2])
    }

    @Test("A store that is closed is free at once, also while other programs are started")
    func isFreeWhileChildrenStart() async throws {
        let starting = Task.detached {
            while !Task.isCancelled {
                let child = Process()
                child.executableURL = URL(fileURLWithPath: "/bin/true")
                try child.run()
                child.waitUntilExit()
            }
        }
        for _ in 1...100 { await (try folder.store()).close() }
        starting.cancel()
        try await starting.value
    }

    @Test("A store that is closed takes nothing more")
    func refusesAfterClosing() async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1")
        await store.close()
        await store.close()
        await #expect(throws: StoreError.failed(reason: "the store is closed")) {
            try await store.append(conversation.begin())
        }
        await #expect(throws: StoreError.failed(reason: "the store is closed")) { try await store.sessions() }
    }

    @Test("The second writer is refused with the path, until the first one closes")
    func refusesSecondWriter() async throws {
        let first = try folder.store()
        #expect(throws: StoreError.inUse(path: folder.storePath)) { try folder.store() }
        await first.close()
        await (try folder.store()).close()
    }

    @Test("The file of the first schema opens, and what it holds is understood")
    func opensFirstSchema() async throws {
        try FileManager.default.copyItem(atPath: fixture("schema-1.sqlite"), toPath: folder.storePath)
        let store = try folder.store()
        let session = try #require(try await store.load("trees"))
        #expect(session.contributions.map(\.text) == ["Young trees wither.", "They get drinking water."])
        #expect(session.answer(to: "step.problem").draft?.text == "Rain water is missing in summer.")
        #expect(try await store.unspoken().count == 1)
        let loaded = try await store.append(
            Change(
                session: "trees", group: "trees", expectedSeq: session.seq,
                events: [
                    Event(seq: session.seq + 1, at: SampleConversation.beginning, by: 1, source: .chat, kind: .ended)
                ]))
        #expect(loaded == nil)
    }

    @Test("The file of the second schema opens, with what partners are still to be told")
    func opensSecondSchema() async throws {
        try FileManager.default.copyItem(atPath: fixture("schema-2.sqlite"), toPath: folder.storePath)
        let store = try folder.store()
        let due = try await store.due(at: .distantFuture, for: ["water"], limit: 10)
        #expect(due.map(\.notice.id) == ["msg_2"])
        #expect(due.map(\.seq) == [2])
        #expect(due.first?.notice.words == .init(text: "Told second.", data: "{}"))
        #expect(try await store.deliveryLog(of: "water", limit: 10).map(\.state) == ["waiting", "delivered"])
    }

    @Test("The file of the fourth schema opens, with the date on which concerns go")
    func opensFourthSchema() async throws {
        try FileManager.default.copyItem(atPath: fixture("schema-4.sqlite"), toPath: folder.storePath)
        let store = try folder.store()
        #expect(try await store.concernsDue(at: .distantPast).isEmpty)
        #expect(try await store.concernsDue(at: .distantFuture).map(\.id) == ["trees"])
        #expect(try await store.latest(in: "trees") == "trees")
    }

    @Test("What is known of older files is when concerns go, and each group's sessions are found by an index")
    func migratesToFourth() async throws {
        try FileManager.default.copyItem(atPath: fixture("schema-2.sqlite"), toPath: folder.storePath)
        await (try folder.store()).close()
        try folder.edit { db in
            let begun = try Double?.fetchAll(
                db, sql: "SELECT json_extract(json, '$.started._0.concernsRetainedUntil') FROM events WHERE seq = 1")
            #expect(try Double?.fetchAll(db, sql: "SELECT concerns_until FROM sessions") == begun)
            let plan = try Row.fetchAll(
                db,
                sql: """
                    EXPLAIN QUERY PLAN SELECT id FROM sessions WHERE "group" = 'a' ORDER BY number DESC LIMIT 1
                    """)
            #expect(plan.map { $0["detail"] as String }.allSatisfy { $0.contains("sessions_by_group") })
        }
    }

    @Test("The file of the third schema opens, and still knows which messages were stored")
    func opensThirdSchema() async throws {
        try FileManager.default.copyItem(atPath: fixture("schema-3.sqlite"), toPath: folder.storePath)
        let store = try folder.store()
        #expect(try await store.load("trees")?.contributions.map(\.text) == ["Young trees wither."])
        var next = SampleConversation("next", group: "trees", place: "town/trees")
        try await store.append([next.begin()])
        await #expect(throws: StoreError.alreadyStored(seq: 4)) {
            try await store.append(next.contribute("Young trees wither.", messageID: "town/p1"))
        }
    }

    @Test("A file of an earlier schema is not called damaged where it is only read", arguments: [1, 2, 3])
    func readsEarlierSchema(_ schema: Int) async throws {
        try FileManager.default.copyItem(atPath: fixture("schema-\(schema).sqlite"), toPath: folder.storePath)
        let before = folder.bytes()
        if schema < Schema.version {
            let older = StoreError.olderSchema(found: schema, known: Schema.version)
            await #expect(throws: older) { try await SQLiteStore(readingFrom: folder.storePath).sessions() }
            #expect("\(older)".contains("start Lotse once") && !"\(older)".contains("damaged ("))
        } else {
            #expect(try await SQLiteStore(readingFrom: folder.storePath).sessions().isEmpty == false)
        }
        #expect(folder.bytes() == before)
    }

    @Test(
        "Nothing is acknowledged into a folder that was moved away or removed", arguments: ["moved", "removed", "log"])
    func goneFolder(_ what: String) async throws {
        let state = folder.path + "/state"
        let path = state + "/lotse.sqlite"
        let store = try SQLiteStore(at: path, logger: .silent)
        var conversation = SampleConversation("s1")
        try await store.append([conversation.begin()])
        try store.checkPlace()
        switch what {
        case "moved": try FileManager.default.moveItem(atPath: state, toPath: folder.path + "/elsewhere")
        case "removed": try FileManager.default.removeItem(atPath: state)
        default: try FileManager.default.removeItem(atPath: path + "-wal")
        }
        let gone = StoreError.gone(path: what == "log" ? path + "-wal" : path)
        let change = conversation.contribute("nowhere")
        await #expect(throws: gone) { try await store.append(change) }
        #expect(store.trouble == gone)
        await #expect(throws: gone) { try await store.sessions() }
        #expect(throws: gone) { try store.checkPlace() }
    }

    @Test("What stands in the way of a folder is named", arguments: ["file/state", "file"])
    func namesWhatIsInTheWay(_ place: String) throws {
        try Data().write(to: URL(filePath: folder.path + "/file"))
        let error = #expect(throws: StoreError.self) {
            try SQLiteStore(at: "\(folder.path)/\(place)/lotse.sqlite", logger: .silent)
        }
        #expect(error.map { "\($0)".contains("\(folder.path)/file") } == true)
    }

    private func fixture(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)").path
    }

    @Test("The file of a newer schema is refused by writers and readers, and left alone")
    func refusesNewerSchema() async throws {
        await (try folder.store()).close()
        try folder.edit { db in try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('7')") }
        let before = folder.bytes()
        #expect(throws: StoreError.newerSchema(found: 7, known: 4)) { try folder.store() }
        await #expect(throws: StoreError.newerSchema(found: 7, known: 4)) {
            try await SQLiteStore(readingFrom: folder.storePath).sessions()
        }
        #expect(folder.bytes() == before)
    }

    @Test("A file that is no store is refused", arguments: ["garbage", "another database", "truncated"])
    func refusesOtherFiles(_ what: String) async throws {
        switch what {
        case "another database": try folder.edit { db in try db.execute(sql: "CREATE TABLE recipes (name TEXT)") }
        case "truncated":
            await (try folder.store()).close()
            let file = try #require(FileHandle(forUpdatingAtPath: folder.storePath))
            try file.truncate(atOffset: 6000)
        default: try Data(repeating: 0x4C, count: 9000).write(to: URL(filePath: folder.storePath))
        }
        let error = await #expect(throws: StoreError.self) {
            let store = try folder.store()
            _ = try await store.sessions()
        }
        guard case .corrupt = error else { return #expect(error == .corrupt(reason: "")) }
    }

    @Test("A damaged page is reported, and does not keep other groups from going on")
    func reportsDamage() async throws {
        let store = try folder.store()
        var damaged = SampleConversation("s1")
        var other = SampleConversation("s2")
        try await store.append([damaged.begin(), other.begin()])
        await store.close()
        try folder.edit { db in try db.execute(sql: "UPDATE events SET json = '{' WHERE session = 's1' AND seq = 2") }
        let again = try folder.store()
        await #expect(throws: StoreError.corrupt(reason: "event 2 of session s1 cannot be read")) {
            try await again.load("s1")
        }
        try await again.append([other.contribute("goes on")])
        #expect(try await again.load("s2")?.contributions.count == 1)
    }

    @Test("A file that cannot be written to is refused")
    func refusesReadOnlyFile() async throws {
        await (try folder.store()).close()
        guard try makeImmutable(true) else { return }
        defer { _ = try? makeImmutable(false) }
        #expect(throws: StoreError.noPermission(path: folder.storePath)) { try folder.store() }
        #expect(try await SQLiteStore(readingFrom: folder.storePath).sessions().isEmpty)
    }

    /// Takes the permission to write, from root too where the file system can do that, or gives it back; false where it
    /// cannot.
    private func makeImmutable(_ isImmutable: Bool) throws -> Bool {
        // Of an immutable file the permissions cannot be changed either.
        let isChanged = geteuid() != 0 || change(to: isImmutable ? "+i" : "-i")
        if !isImmutable || geteuid() != 0 {
            try FileManager.default.setAttributes(
                [.posixPermissions: isImmutable ? 0o400 : 0o600], ofItemAtPath: folder.storePath)
        }
        return isChanged
    }

    private func change(to attribute: String) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/chattr")
        process.arguments = [attribute, folder.storePath]
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
