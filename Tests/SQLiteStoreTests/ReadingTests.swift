import DialogEngine
import Facilitation
import FacilitationTesting
import Foundation
import SQLiteStore
import Testing

/// The store as the commands open it that only look.
@Suite struct ReadingTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("Reading without a file says so and makes none")
    func missing() throws {
        #expect(throws: StoreError.missing(path: folder.storePath)) { try SQLiteStore(readingFrom: folder.storePath) }
        #expect(try folder.files().isEmpty)
    }

    @Test("Without a writer the file is read, and nothing is made or changed")
    func withoutWriter() async throws {
        var conversation = SampleConversation("s1")
        let store = try folder.store()
        try await store.append([conversation.begin(), conversation.contribute("A")])
        await store.close()
        let (files, bytes) = (try folder.files(), folder.bytes())
        let reader = try SQLiteStore(readingFrom: folder.storePath)
        #expect(try await reader.load("s1")?.json == conversation.session.json)
        #expect(try await reader.sessions().map(\.id) == ["s1"])
        #expect(try folder.files() == files)
        #expect(folder.bytes() == bytes)
    }

    @Test("Beside a writer the newest is read, also when the writer comes and goes meanwhile")
    func besideWriter() async throws {
        var conversation = SampleConversation("s1")
        let first = try folder.store()
        try await first.append([conversation.begin()])
        let reader = try SQLiteStore(readingFrom: folder.storePath)
        #expect(try await reader.load("s1")?.seq == conversation.session.seq)
        try await first.append([conversation.contribute("A")])
        #expect(try await reader.load("s1")?.contributions.count == 1)
        await first.close()
        #expect(try await reader.load("s1")?.contributions.count == 1)
        let second = try folder.store()
        try await second.append([conversation.contribute("B")])
        #expect(try await reader.load("s1")?.contributions.count == 2)
        await second.close()
    }

    @Test("What was opened for reading refuses to write")
    func refusesWriting() async throws {
        await (try folder.store()).close()
        let reader = try SQLiteStore(readingFrom: folder.storePath)
        var conversation = SampleConversation("s1")
        await #expect(throws: StoreError.readOnly) { try await reader.append(conversation.begin()) }
        await #expect(throws: StoreError.readOnly) { try await reader.markSpoken([1]) }
        await #expect(throws: StoreError.readOnly) { try await reader.erase("s1") }
        await #expect(throws: StoreError.readOnly) { try await reader.eraseExpired(at: .distantFuture) }
    }

    @Test("A path with signs that mean something in a URI is read like any other")
    func oddPath() async throws {
        let path = folder.path + "/a%20b?c#d.sqlite"
        await (try SQLiteStore(at: path, logger: .silent)).close()
        #expect(try await SQLiteStore(readingFrom: path).sessions().isEmpty)
    }
}
