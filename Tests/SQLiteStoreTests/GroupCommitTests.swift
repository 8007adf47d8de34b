import DialogEngine
import Facilitation
import FacilitationTesting
import Foundation
import GRDB
import SQLiteStore
import Testing

/// One sync for many, and what happens when writing fails.
@Suite struct GroupCommitTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("Groups that write at the same time share commits, and each finds its own")
    func sharesCommits() async throws {
        let store = try folder.store()
        let lines = 20
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...30 {
                group.addTask {
                    var conversation = SampleConversation("s\(number)")
                    try await store.append([conversation.begin()])
                    for line in 1...lines { try await store.append([conversation.contribute("\(number): \(line)")]) }
                    #expect(try await store.load("s\(number)")?.json == conversation.session.json)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await store.unspoken().count == 30 * (lines + 1))
    }

    @Test("What waits while the file is written to shares a commit")
    func sharesWhatWaits() async throws {
        let store = try folder.store()
        // Another connection has the file for writing, so that everything waits.
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let holder = try DatabaseQueue(path: folder.storePath, configuration: configuration)
        try await holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...30 {
                group.addTask {
                    var conversation = SampleConversation("s\(number)")
                    try await store.append([conversation.begin()])
                }
            }
            while store.waitingCount < 20 { await Task.yield() }
            try await holder.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
            try await group.waitForAll()
        }
        #expect(store.commitCount < 15, "\(store.commitCount) commits")
        #expect(try await store.unspoken().count == 30)
    }

    @Test("A refused change leaves the others of its transaction alone")
    func separatesChanges() async throws {
        let store = try folder.store()
        var conversations = (1...20).map { SampleConversation("s\($0)", place: "test/#room\($0)") }
        for index in conversations.indices { try await store.append([conversations[index].begin()]) }
        let changes = conversations.indices.flatMap { index in
            var rival = conversations[index]
            return [
                conversations[index].contribute("kept", messageID: "m"), rival.contribute("refused", messageID: "m"),
            ]
        }
        let outcomes = await withTaskGroup(of: StoreError?.self) { group in
            for change in changes {
                group.addTask {
                    do throws(StoreError) {
                        _ = try await store.append(change)
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == nil } == 20)
        #expect(outcomes.compactMap { $0 }.allSatisfy { if case .alreadyStored = $0 { true } else { false } })
        for conversation in conversations {
            #expect(try await store.load(conversation.session.id)?.contributions.count == 1)
        }
    }

    @Test("A full disk stores nothing, and when there is room again the same change is taken")
    func survivesFullDisk() async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1")
        try await store.append([conversation.begin()])
        let entries = try await store.unspoken().map(\.id)
        let stored = try await store.events(of: "s1")
        try await store.markSpoken(entries)
        try await store.limit(toMegabytes: 1)
        let change = conversation.contribute(String(repeating: "long ", count: 400_000))
        #expect(store.trouble == nil)
        await #expect(throws: StoreError.diskFull) { try await store.append(change) }
        #expect(store.trouble == .diskFull)
        // What is not a line may still fit in, and says nothing about the next one.
        try await store.erase("nobody's")
        #expect(store.trouble == .diskFull)
        #expect(try await store.events(of: "s1") == stored)
        try await store.limit(toMegabytes: 100)
        let commits = store.commitDurations.count
        try await store.append([change])
        #expect(store.trouble == nil)
        #expect(store.commitDurations.count == commits + 1)
        #expect(store.commitDurations.sum > 0)
        #expect(try await store.load("s1")?.json == conversation.session.json)
        #expect(try await store.unspoken().count == 1)
    }

    @Test("Spoken entries ride with the next commit and cost none of their own")
    func clearsLazily() async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1")
        let entries = try await store.append([conversation.begin(), conversation.contribute("A")])
        let commits = store.commitCount
        try await store.markSpoken(entries)
        #expect(store.commitCount == commits)
        try await store.append([conversation.contribute("B")])
        #expect(store.commitCount == commits + 1)
        #expect(try await store.unspoken().count == 1)
    }

    @Test("Closing writes what waits and clears what was spoken")
    func closesInOrder() async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1")
        let entries = try await store.append([conversation.begin()])
        let change = conversation.contribute("last words")
        async let last = store.append(change)
        try await store.markSpoken(entries)
        _ = try await last
        await store.close()
        let reader = try SQLiteStore(readingFrom: folder.storePath)
        #expect(try await reader.load("s1")?.contributions.map(\.text) == ["last words"])
        #expect(try await reader.unspoken().count == 1)
    }
}
