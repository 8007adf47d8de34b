import DialogEngine
import Facilitation
import FacilitationTesting
import Foundation
import Testing

/// What every store does with what partners are told.
@Suite struct DeliveryContractTests {
    private static let now = SampleConversation.beginning.addingTimeInterval(60)
    private static let later = now.addingTimeInterval(100)
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func notice(_ id: String, for partner: String = "trees") -> PartnerNotice {
        PartnerNotice(
            id: id, partner: partner, type: "answer.agreed", at: Self.now, text: "Words of \(id)", data: "{}")
    }

    /// A store with these notices, in one session.
    private func store(_ kind: StoreKind, _ notices: PartnerNotice...) async throws -> any SessionStore & DeliveryStore
    {
        let store = try kind.make(in: folder)
        var conversation = SampleConversation("s1")
        var change = conversation.begin()
        change.notices = notices
        try await store.append([change])
        return store
    }

    private func due(
        _ store: any DeliveryStore, at moment: Date = now, for partners: [String] = ["trees", "water"]
    ) async throws -> [Delivery] {
        try await store.due(at: moment, for: partners, limit: 10)
    }

    private func attempt(
        _ delivery: Delivery, _ verdict: DeliveryAttempt.Verdict, at moment: Date = now
    ) -> DeliveryAttempt {
        DeliveryAttempt(
            delivery: delivery, at: moment, status: verdict == .delivered ? 204 : 500, failure: nil,
            duration: .milliseconds(12), verdict: verdict)
    }

    @Test(
        "Notices are stored with their change, numbered by partner and session, and only the first of each is due",
        arguments: StoreKind.allCases)
    func numbers(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        var one = SampleConversation("s1")
        var two = SampleConversation("s2")
        var changes = [one.begin(), one.contribute("A"), two.begin(), one.contribute("B")]
        changes[0].notices = [notice("a"), notice("b"), notice("c", for: "water")]
        changes[2].notices = [notice("d")]
        changes[3].notices = [notice("e"), notice("f", for: "water")]
        try await store.append(changes)
        let due = try await due(store)
        #expect(Set(due.map(\.notice.id)) == ["a", "c", "d"])
        #expect(due.allSatisfy { $0.seq == 1 && $0.attempts == 0 && $0.failingSince == nil })
        #expect(due.first { $0.notice.id == "a" }?.notice.words == .init(text: "Words of a", data: "{}"))
        #expect(try await self.due(store, at: Self.now.addingTimeInterval(-1)).isEmpty)
        #expect(try await self.due(store, for: ["water"]).map(\.notice.id) == ["c"])
        #expect(try await store.due(at: Self.now, for: ["trees", "water"], limit: 2).count == 2)
    }

    @Test("A change that is refused leaves no notice behind", arguments: StoreKind.allCases)
    func storesWithChange(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        var conversation = SampleConversation("s1")
        var change = conversation.begin()
        try await store.append([change])
        change.notices = [notice("a")]
        await #expect(throws: StoreError.self) { _ = try await store.append(change) }
        #expect(try await due(store).isEmpty)
    }

    @Test(
        "What is delivered, or dead, makes way for the next of its session, also where several end together",
        arguments: StoreKind.allCases)
    func follows(_ kind: StoreKind) async throws {
        let store = try await store(
            kind, notice("a"), notice("b"), notice("c"), notice("d", for: "water"), notice("e", for: "water"))
        let first = try await due(store)
        let next = try await store.record(first.map { attempt($0, $0.partner == "trees" ? .delivered : .dead) })
        #expect(Set(next.map { "\($0.notice.id) \($0.seq)" }) == ["b 2", "e 2"])
        #expect(Set(try await due(store).map(\.notice.id)) == ["b", "e"])
        let tree = try #require(next.first { $0.partner == "trees" })
        #expect(try await store.record([attempt(tree, .again(at: Self.later))]).isEmpty)
        #expect(try await due(store).map(\.notice.id) == ["e"])
        let again = try #require(try await due(store, at: Self.later, for: ["trees"]).first)
        #expect(again.notice.id == "b" && again.attempts == 1 && again.failingSince == Self.now)
        #expect(try await store.record([attempt(again, .delivered, at: Self.later)]).map(\.failingSince) == [nil])
    }

    @Test("Of failures and successes that end together the last one counts", arguments: StoreKind.allCases)
    func remembersFailure(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        for number in 1...3 {
            var conversation = SampleConversation("s\(number)")
            var change = conversation.begin()
            change.notices = [notice("\(number)a"), notice("\(number)b")]
            try await store.append([change])
        }
        let due = try await due(store).sorted { $0.session < $1.session }
        let moments = (0..<3).map { Self.now.addingTimeInterval(Double($0)) }
        _ = try await store.record([
            attempt(due[0], .again(at: Self.later), at: moments[0]), attempt(due[1], .delivered, at: moments[1]),
            attempt(due[2], .again(at: Self.later), at: moments[2]),
        ])
        let left = try await self.due(store, at: Self.later)
        #expect(left.map(\.failingSince) == [moments[2], moments[2], moments[2]])
    }

    @Test("A partner that is off gets nothing, in no session", arguments: StoreKind.allCases)
    func turnsOff(_ kind: StoreKind) async throws {
        let store = try await store(kind, notice("a"), notice("b", for: "water"))
        let due = try await due(store)
        _ = try await store.record(due.map { attempt($0, $0.partner == "trees" ? .off(reason: "gone") : .delivered) })
        var conversation = SampleConversation("s2")
        var change = conversation.begin()
        change.notices = [notice("c"), notice("d", for: "water")]
        try await store.append([change])
        #expect(try await self.due(store, at: Self.later).map(\.notice.id) == ["d"])
    }

    @Test("What waits when a person is forgotten keeps its number and loses its words", arguments: StoreKind.allCases)
    func forgets(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        var conversation = SampleConversation("s1")
        var change = conversation.begin()
        change.notices = [notice("a")]
        try await store.append([change, conversation.contribute("words", by: .bernd)])
        try await store.append([conversation.say(.forgetMe(confirmed: true), by: .bernd)])
        let due = try await due(store)
        #expect(due.map(\.seq) == [1])
        #expect(due[0].notice.words == nil)
    }

    @Test("A session that is erased takes its notices along", arguments: StoreKind.allCases)
    func erases(_ kind: StoreKind) async throws {
        let store = try await store(kind, notice("a"))
        let delivery = try #require(try await due(store).first)
        try await store.erase("s1")
        #expect(try await due(store).isEmpty)
        // What was under way meanwhile has nothing left to be kept with.
        #expect(try await store.record([attempt(delivery, .delivered)]).isEmpty)
    }
}
