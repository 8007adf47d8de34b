import DialogEngine
import Facilitation
import FacilitationTesting
import Foundation
import GRDB
import SQLiteStore
import Testing

/// What loading a session costs.
@Suite struct LoadingTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("After ten thousand events only those behind the last snapshot are read")
    func readsFewEvents() async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1")
        try await store.append([conversation.begin(), conversation.contribute("words")])
        for batch in 0..<200 {
            var change = conversation.edit("words \(batch)")
            for _ in 1..<50 { change.events += conversation.edit("other words").events }
            if Change.isSnapshotDue(from: change.expectedSeq, to: conversation.session.seq) {
                change.snapshot = conversation.session
            } else {
                change.snapshot = nil
            }
            try await store.append([change])
        }
        await store.close()

        // Earlier events are made unreadable: loading must not look at them.
        let behind = conversation.session.seq - Change.snapshotInterval - 50
        try folder.edit { db in
            try db.execute(sql: "UPDATE events SET json = '' WHERE seq <= ?", arguments: [behind])
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM snapshots") == 1)
        }
        let again = try folder.store()
        #expect(try await again.load("s1")?.json == conversation.session.json)
        await #expect(throws: StoreError.self) { try await again.events(of: "s1") }
    }

    @Test("A snapshot that the engine no longer understands is made up for by the events")
    func doesWithoutSnapshot() async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1")
        var changes = [conversation.begin(), conversation.contribute("A")]
        changes[1].snapshot = conversation.session
        try await store.append(changes)
        await store.close()
        try folder.edit { db in try db.execute(sql: "UPDATE snapshots SET json = '{\"old\":1}'") }
        #expect(try await folder.store().load("s1")?.json == conversation.session.json)
    }
}

extension SampleConversation {
    fileprivate mutating func edit(_ text: String) -> Change {
        say(.edit(RecordID(.contribution, 1), text))
    }
}
