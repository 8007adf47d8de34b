import DialogEngine
import Facilitation
import FacilitationTesting
import Foundation
import GRDB
import SQLiteStore
import Testing

/// What partners are told, as the store keeps it.
@Suite struct DeliveryTests {
    private static let secret = "Geheimnis"
    private static let now = SampleConversation.beginning.addingTimeInterval(60)
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func notice(_ id: String, for partner: String = "trees", at moment: Date = now) -> PartnerNotice {
        PartnerNotice(
            id: id, partner: partner, type: "answer.agreed", at: moment, text: "\(Self.secret) \(id)", data: "{}")
    }

    private func attempt(
        _ delivery: Delivery, _ verdict: DeliveryAttempt.Verdict, at moment: Date = now
    ) -> DeliveryAttempt {
        DeliveryAttempt(
            delivery: delivery, at: moment, status: verdict == .delivered ? 204 : 500, failure: nil,
            duration: .milliseconds(12), verdict: verdict)
    }

    @Test("What is delivered makes way for the next, and its words are gone from the file with the next erasure")
    func follows() async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1")
        var change = conversation.begin()
        change.notices = [notice("a"), notice("b")]
        try await store.append([change, conversation.contribute("words", by: .bernd)])
        let first = try await store.due(at: Self.now, for: ["trees"], limit: 10)
        let next = try await store.record([attempt(first[0], .delivered)])
        #expect(next.map(\.notice.id) == ["b"])
        #expect(next.map(\.seq) == [2])
        #expect(try await store.record([attempt(next[0], .delivered)]).isEmpty)
        try await store.append([conversation.say(.forgetMe(confirmed: true), by: .bernd)])
        #expect(!folder.contains(Self.secret))
        let log = try await store.deliveryLog(of: "trees", limit: 10)
        #expect(log.map(\.state) == ["delivered", "delivered"])
        #expect(log.map(\.status) == [204, 204])
        #expect(log.compactMap(\.seconds) == [0.012, 0.012])
    }

    @Test("What waits when a person is forgotten keeps its number and loses its words")
    func forgets() async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1")
        try await store.append([conversation.begin()])
        var change = conversation.contribute("words", by: .bernd)
        change.notices = [notice("a")]
        try await store.append([change, conversation.say(.forgetMe(confirmed: true), by: .bernd)])
        #expect(!folder.contains(Self.secret))
        let due = try await store.due(at: Self.now, for: ["trees"], limit: 10)
        #expect(due.map(\.seq) == [1])
        #expect(due[0].notice.words == nil)
    }

    @Test("A session that is erased takes its deliveries along")
    func erases() async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1")
        var change = conversation.begin()
        change.notices = [notice("a")]
        try await store.append([change])
        let due = try await store.due(at: Self.now, for: ["trees"], limit: 10)
        _ = try await store.record([attempt(due[0], .again(at: Self.now))])
        try await store.erase("s1")
        #expect(try await store.deliveryLog(of: "trees", limit: 10).isEmpty)
        #expect(!folder.contains(Self.secret))
    }

    @Test("A partner that is off gets nothing until it is enabled; a failure is remembered until something succeeds")
    func turnsOff() async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1")
        var change = conversation.begin()
        change.notices = [notice("a"), notice("b")]
        try await store.append([change])
        let later = Self.now.addingTimeInterval(100)
        var due = try await store.due(at: Self.now, for: ["trees"], limit: 10)
        _ = try await store.record([attempt(due[0], .again(at: later))])
        #expect(try await store.due(at: Self.now, for: ["trees"], limit: 10).isEmpty)
        due = try await store.due(at: later, for: ["trees"], limit: 10)
        #expect(due[0].attempts == 1)
        #expect(due[0].failingSince == Self.now)
        _ = try await store.record([attempt(due[0], .off(reason: "failing"), at: later)])
        #expect(try await store.due(at: later, for: ["trees"], limit: 10).isEmpty)
        let health = try #require(try await store.partnerHealth().first)
        #expect(health.name == "trees" && health.failingSince == Self.now && health.offSince == later)
        #expect(health.reason == "failing" && health.waiting == 2)
        #expect(try SQLiteStore.change(.enable("trees", at: later), inFileAt: folder.storePath) == 2)
        due = try await store.due(at: later, for: ["trees"], limit: 10)
        #expect(due.map(\.attempts) == [0])
        #expect(due.map(\.failingSince) == [nil])
    }

    @Test("The next try is that of the first that waits in a session: those behind it wait for it")
    func tellsNextTry() async throws {
        let store = try folder.store()
        let times = (1...3).map { Self.now.addingTimeInterval(100 * Double($0)) }
        for (session, time) in [("s1", times[2]), ("s2", times[1])] {
            var conversation = SampleConversation(session)
            var change = conversation.begin()
            change.notices = [notice("\(session)a"), notice("\(session)b")]
            try await store.append([change])
            let due = try await store.due(at: Self.now, for: ["trees"], limit: 10)
            _ = try await store.record([attempt(due[0], .again(at: time))])
        }
        #expect(try await store.partnerHealth().map(\.nextAttempt) == [times[1]])
        let due = try await store.due(at: times[1], for: ["trees"], limit: 10)
        _ = try await store.record([attempt(due[0], .delivered)])
        #expect(try await store.partnerHealth().map(\.nextAttempt) == [Self.now])
    }

    @Test("Dead letters are replayed by id or by time, also beside a running Lotse")
    func replays() async throws {
        let store = try folder.store()
        var conversation = SampleConversation("s1")
        var change = conversation.begin()
        let later = Self.now.addingTimeInterval(50)
        change.notices = [notice("a"), notice("b"), notice("c", at: later), notice("d", at: later)]
        try await store.append([change])
        for _ in 1...4 {
            let due = try await store.due(at: later, for: ["trees"], limit: 10)
            _ = try await store.record([attempt(due[0], .dead)])
        }
        func replay(_ selection: PartnerChange.Selection) throws -> Int {
            try SQLiteStore.change(.replay("trees", selection, at: later), inFileAt: folder.storePath)
        }
        #expect(try replay(.id("nothing")) == 0)
        #expect(try replay(.id("b")) == 1)
        #expect(try await store.due(at: later, for: ["trees"], limit: 10).map(\.notice.id) == ["b"])
        #expect(try replay(.since(later)) == 2)
        #expect(try await store.partnerHealth().map { [$0.waiting, $0.dead] } == [[3, 1]])
    }

    @Test("The operator's change needs a store that is there and up to date")
    func needsStore() throws {
        #expect(throws: StoreError.missing(path: folder.storePath)) {
            try SQLiteStore.change(.enable("trees", at: Self.now), inFileAt: folder.storePath)
        }
    }
}
