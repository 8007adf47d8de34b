import DialogEngine
import Facilitation
import FacilitationTesting
import Foundation
import GRDB
import SQLiteStore
import Testing

/// Erasure, looked at in the bytes of the files.
@Suite struct ErasingTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static let secret = "Geheimnis"

    /// Many sessions with short and long texts, so that pages split and rows overflow while they are written; each room has
    /// had three of them.
    private func fill(_ store: SQLiteStore) async throws -> [SampleConversation] {
        var conversations = (1...12).map { SampleConversation("s\($0)", place: "test/#room\($0 % 4)") }
        for index in conversations.indices { try await store.append([conversations[index].begin()]) }
        for round in 1...40 {
            for index in conversations.indices {
                let words = String(
                    repeating: "\(Self.secret)-\(index + 1) ", count: 1 + (round * 37 + index * 11) % 400)
                var change = conversations[index].contribute(words, by: .bernd, messageID: "m\(index)-\(round)")
                if round % 10 == 0 { change.snapshot = conversations[index].session }
                let entry = try await store.append(change)
                if let entry, round % 3 == 0 { try await store.markSpoken([entry]) }
            }
        }
        return conversations
    }

    @Test("Of a forgotten person's words no byte stays in the file or its log")
    func forgets() async throws {
        let store = try folder.store()
        var conversations = try await fill(store)
        for number in [3, 7] {
            #expect(folder.contains("\(Self.secret)-\(number) "))
            try await store.append([conversations[number - 1].say(.forgetMe(confirmed: true), by: .bernd)])
            #expect(!folder.contains("\(Self.secret)-\(number) "))
        }
        #expect(folder.contains("\(Self.secret)-4 "))
        #expect(try await store.load("s3")?.json == conversations[2].session.json)
    }

    @Test("The operator forgets a person of a session that nobody is leading, and no byte of her words stays")
    func forgetsByOperator() async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1", group: "trees")
        try await store.append([conversation.begin(), conversation.contribute("\(Self.secret)-1 ", by: .bernd)])
        let session = try #require(try await store.load("s1"))
        let bernd = try #require(session.people.first { $0.name == "bernd" })
        _ = try await store.append(
            Change(forgetting: bernd.id, in: session, of: "trees", at: conversation.now))
        #expect(!folder.contains("\(Self.secret)-1 ") && !folder.contains("bernd"))
        #expect(try await store.load("s1")?.people.map(\.isForgotten) == [false, true])
        #expect(try await store.events(of: "s1").last?.by == nil)
    }

    @Test("The name of a forgotten person goes with the last line that she is told")
    func forgetsNames() async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1")
        try await store.append([conversation.begin(), conversation.contribute("words", by: .bernd)])
        let entry = try await store.append(conversation.say(.forgetMe(confirmed: true), by: .bernd))
        try await store.markSpoken([try #require(entry)])
        try await store.append([conversation.contribute("goes on")])
        #expect(!folder.contains("bernd"))
    }

    @Test("Of an erased session no byte stays, and its guide goes with the last session that used it")
    func erases() async throws {
        let store = try folder.store()
        _ = try await fill(store)
        var other = SampleConversation("other", dialog: .sample(hash: "unlike-any-other"))
        try await store.append([other.begin()])
        try await store.erase("s5")
        #expect(!folder.contains("\(Self.secret)-5 "))
        #expect(folder.contains("unlike-any-other"))
        try await store.erase("other")
        #expect(!folder.contains("unlike-any-other"))
        #expect(try await store.load("s4") != nil)
    }

    @Test("Of sessions whose retention ended no byte stays")
    func erasesExpired() async throws {
        let store = try folder.store()
        let conversations = try await fill(store)
        #expect(try await store.eraseExpired(at: .distantFuture).count == conversations.count)
        #expect(!folder.contains(Self.secret))
    }

    @Test("A reader in the way does not stop the groups, and the log is emptied when it has gone")
    func waitsForReaders() async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1")
        try await store.append([conversation.begin(), conversation.contribute(Self.secret, by: .bernd)])
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let reader = try DatabaseQueue(path: folder.storePath, configuration: configuration)
        try await reader.inDatabase { db in
            try db.execute(sql: "BEGIN; SELECT count(*) FROM events")
        }
        try await store.append([conversation.say(.forgetMe(confirmed: true), by: .bernd)])
        #expect(folder.contains(Self.secret))
        try await store.append([conversation.contribute("goes on")])
        try await reader.inDatabase { db in try db.execute(sql: "COMMIT") }
        try await store.append([conversation.contribute("goes on")])
        #expect(!folder.contains(Self.secret))
    }
}

extension DatabaseQueue {
    /// Outside of any transaction, and with one left open if `body` opens it.
    fileprivate func inDatabase(_ body: @Sendable (Database) throws -> Void) async throws {
        try unsafeReentrantWrite(body)
    }
}
