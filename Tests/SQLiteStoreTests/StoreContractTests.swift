import DialogEngine
import Facilitation
import FacilitationTesting
import Foundation
import Testing

/// What every store does.
@Suite struct StoreContractTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("A session comes back as it was", arguments: StoreKind.allCases)
    func loads(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        var conversation = SampleConversation("s1")
        try await store.append([
            conversation.begin(), conversation.contribute("Trees wither."),
            conversation.contribute("»ß« 🌳", by: .bernd),
            conversation.say(.propose("Water the trees.", from: [])),
        ])
        let loaded = try #require(try await store.load("s1"))
        #expect(try loaded.json == conversation.session.json)
        #expect(loaded.dialog == conversation.session.dialog)
        #expect(try await store.load("s2") == nil)
    }

    @Test("A session that changed to another version of its guide comes back with that", arguments: StoreKind.allCases)
    func keepsGuides(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        var conversation = SampleConversation("s1")
        try await store.append([
            conversation.begin(), conversation.say(.guide(.adopt(confirmed: true)), guide: .sample(hash: "6b")),
        ])
        #expect(try await store.load("s1")?.dialog == .sample(hash: "6b"))
        var snapshot = conversation.contribute("A")
        snapshot.snapshot = conversation.session
        try await store.append([snapshot])
        let loaded = try #require(try await store.load("s1"))
        #expect(try loaded.json == conversation.session.json && loaded.dialog == conversation.session.dialog)
        try await store.append([conversation.say(.guide(.goBack))])
        #expect(try await store.load("s1")?.dialog == .sample)
    }

    @Test("Events come back in sequence and unchanged", arguments: StoreKind.allCases)
    func keepsEvents(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        var conversation = SampleConversation("s1")
        let changes = [conversation.begin(), conversation.contribute("A", messageID: "m1"), conversation.say(.status)]
            .filter { !$0.events.isEmpty }
        try await store.append(changes)
        #expect(try await store.events(of: "s1") == changes.flatMap(\.events))
        #expect(try await store.events(of: "s2").isEmpty)
    }

    @Test(
        "A change that expects another sequence number is a conflict, and nothing of it is kept",
        arguments: StoreKind.allCases)
    func refusesConflicts(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        var conversation = SampleConversation("s1")
        try await store.append([conversation.begin()])
        let seq = conversation.session.seq
        var other = conversation
        try await store.append([conversation.contribute("mine")])
        await #expect(throws: StoreError.conflict(actualSeq: seq + 1)) {
            try await store.append(other.contribute("hers"))
        }
        await #expect(throws: StoreError.conflict(actualSeq: 0)) {
            var unknown = SampleConversation("s2")
            _ = unknown.begin()
            _ = try await store.append(unknown.contribute("too early"))
        }
        #expect(try await store.load("s1")?.contributions.map(\.text) == ["mine"])
    }

    @Test("A message is stored once per place, and the second time told where", arguments: StoreKind.allCases)
    func storesMessagesOnce(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        var conversation = SampleConversation("s1")
        var other = SampleConversation("s2", place: "test/#other")
        try await store.append([
            conversation.begin(), conversation.contribute("A", by: .bernd, messageID: "m1"),
            conversation.contribute("B"),
            other.begin(), other.contribute("A", messageID: "m1"),
        ])
        let stored = try #require(try await store.load("s1")?.contributions.first?.seq)
        await #expect(throws: StoreError.alreadyStored(seq: stored)) {
            try await store.append(conversation.contribute("A", by: .bernd, messageID: "m1"))
        }
        #expect(try await store.load("s1")?.contributions.map(\.text) == ["A", "B"])
    }

    @Test(
        "A message is stored once whatever session its place has, erased ones included, and is forgotten after a week",
        arguments: StoreKind.allCases)
    func remembersMessages(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        var first = SampleConversation("s1")
        try await store.append([first.begin(), first.contribute("A", messageID: "m1")])
        let stored = try #require(try await store.load("s1")?.contributions.first?.seq)
        var second = SampleConversation("s2", group: "another group")
        try await store.append([second.begin()])
        func again() -> Change {
            var next = second
            return next.contribute("A", messageID: "m1")
        }
        await #expect(throws: StoreError.alreadyStored(seq: stored)) { try await store.append(again()) }
        try await store.erase("s1")
        _ = try await store.eraseExpired(at: second.now.addingTimeInterval(6 * 86_400))
        await #expect(throws: StoreError.alreadyStored(seq: stored)) { try await store.append(again()) }
        _ = try await store.eraseExpired(at: second.now.addingTimeInterval(8 * 86_400))
        try await store.append([again()])
        #expect(try await store.load("s2")?.contributions.map(\.text) == ["A"])
    }

    @Test("Of a change that several messages caused, each is stored once", arguments: StoreKind.allCases)
    func storesSeveralMessagesOnce(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        var conversation = SampleConversation("s1")
        try await store.append([conversation.begin()])
        let changes = [conversation.contribute("A", messageID: "m1"), conversation.contribute("B", messageID: "m2")]
        try await store.append([changes[0].followed(by: changes[1])])
        for (number, message) in changes.flatMap(\.messages).enumerated() {
            await #expect(throws: StoreError.alreadyStored(seq: message.seq)) {
                try await store.append(conversation.contribute("again \(number)", messageID: message.id))
            }
        }
        #expect(try await store.load("s1")?.contributions.map(\.text) == ["A", "B"])
    }

    @Test("The messages of a session come back with their last events, in sequence", arguments: StoreKind.allCases)
    func keepsMessages(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        var conversation = SampleConversation("s1")
        let changes = [
            conversation.begin(), conversation.contribute("A", by: .bernd, messageID: "m2"),
            conversation.contribute("B"), conversation.contribute("C", messageID: "m1"),
        ]
        try await store.append(changes)
        #expect(
            try await store.messages(of: "s1")
                == changes.flatMap(\.messages).map { Change.Message(id: $0.id, seq: $0.seq) })
        #expect(try await store.messages(of: "s2").isEmpty)
    }

    @Test("Outputs wait in the outbox until they are spoken", arguments: StoreKind.allCases)
    func keepsOutputs(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        var conversation = SampleConversation("s1", group: "trees")
        let changes = [conversation.begin(), conversation.contribute("A"), conversation.contribute("B")]
        let entries = try await store.append(changes)
        let unspoken = try await store.unspoken()
        #expect(unspoken.map(\.id) == entries)
        #expect(unspoken.map(\.outputs) == changes.map(\.outputs))
        #expect(unspoken.map(\.group) == ["trees", "trees", "trees"])
        #expect(unspoken.map(\.at) == changes.map { $0.events.last?.at })
        try await store.markSpoken([entries[0], entries[2]])
        #expect(try await store.unspoken().map(\.id) == [entries[1]])
        try await store.append([conversation.contribute("C")])
        #expect(try await store.unspoken().map(\.id).first == entries[1])
    }

    @Test(
        "The running session of a group is the one that was started last and is not ended",
        arguments: StoreKind.allCases)
    func findsRunning(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        var first = SampleConversation("s1", group: "b")
        var second = SampleConversation("s2", group: "b")
        var third = SampleConversation("s3", group: "a", beginning: SampleConversation.beginning.addingTimeInterval(60))
        try await store.append([first.begin(), second.begin(), third.begin()])
        #expect(try await store.running(in: "b") == "s2")
        #expect(try await store.running(in: "c") == nil)
        #expect(try await store.runningSessions().map(\.id) == ["s3", "s2", "s1"])
        try await store.append([second.say(.end(confirmed: true))])
        #expect(try await store.running(in: "b") == "s1")
        #expect(try await store.latest(in: "b") == "s2")
        #expect(try await store.latest(in: "c") == nil)
        #expect(try await store.runningSessions().map(\.id) == ["s3", "s1"])
        #expect(try await store.sessions().map(\.id) == ["s3", "s2", "s1"])
        // What had ended goes on.
        try await store.append([second.say(.resume)])
        #expect(try await store.running(in: "b") == "s2")
        #expect(try await store.sessions().allSatisfy { $0.endedAt == nil })
        #expect(try await store.load("s2")?.state == .running)
    }

    @Test("The list of sessions says what each is", arguments: StoreKind.allCases)
    func summarises(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        var conversation = SampleConversation("s1", group: "trees")
        try await store.append([conversation.begin(), conversation.contribute("A")])
        let endedAt = conversation.now
        try await store.append([conversation.say(.end(confirmed: true))])
        #expect(
            try await store.sessions() == [
                SessionSummary(
                    id: "s1", group: "trees", name: "Session s1", dialogID: "sample",
                    startedAt: SampleConversation.beginning, endedAt: endedAt,
                    retainedUntil: SampleConversation.beginning.addingTimeInterval(SampleConversation.retention),
                    eventCount: conversation.session.seq)
            ])
    }

    @Test("A session keeps the version of the guide that it began with", arguments: StoreKind.allCases)
    func keepsDialogs(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        var old = SampleConversation("s1", dialog: .sample(hash: "01"))
        var new = SampleConversation("s2", dialog: .sample(hash: "02"))
        var again = SampleConversation("s3", dialog: .sample(hash: "01"))
        try await store.append([old.begin(), new.begin()])
        var change = again.begin()
        change.dialog = nil
        try await store.append([change])
        #expect(try await store.load("s1")?.dialog.contentHash == "01")
        #expect(try await store.load("s2")?.dialog.contentHash == "02")
        #expect(try await store.load("s3")?.dialog.contentHash == "01")
    }

    @Test("A forgotten person leaves events, snapshot and outbox", arguments: StoreKind.allCases, [true, false])
    func redacts(_ kind: StoreKind, withSnapshot: Bool) async throws {
        let store = try kind.make(in: folder)
        var conversation = SampleConversation("s1")
        try await store.append([
            conversation.begin(), conversation.contribute("secret words", by: .bernd), conversation.contribute("stays"),
        ])
        var change = conversation.say(.forgetMe(confirmed: true), by: .bernd)
        if !withSnapshot { change.snapshot = nil }
        try await store.append([change])
        let kept = try await store.events(of: "s1").map { "\($0)" } + store.unspoken().map { "\($0.outputs)" }
        #expect(!kept.contains { $0.contains("secret words") || $0.contains("\"bernd\"") })
        let session = try #require(try await store.load("s1"))
        #expect(try session.json == conversation.session.json)
        #expect(try !session.json.contains("secret words"))
        #expect(session.liveContributions(to: "step.problem").map(\.text) == ["stays"])
    }

    @Test("An erased session is gone with everything that belongs to it", arguments: StoreKind.allCases)
    func erases(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        var gone = SampleConversation("s1", group: "trees")
        var kept = SampleConversation("s2", group: "trees")
        try await store.append([gone.begin(), gone.contribute("A"), kept.begin()])
        try await store.erase("s1")
        try await store.erase("never was")
        #expect(try await store.load("s1") == nil)
        #expect(try await store.events(of: "s1").isEmpty)
        #expect(try await store.sessions().map(\.id) == ["s2"])
        #expect(try await store.unspoken().allSatisfy { $0.session == "s2" })
        await #expect(throws: StoreError.conflict(actualSeq: 0)) { try await store.append(gone.contribute("B")) }
    }

    @Test("A session whose retention ended is erased, and no other", arguments: StoreKind.allCases)
    func erasesExpired(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        let beginning = SampleConversation.beginning
        var late = SampleConversation("late", beginning: beginning.addingTimeInterval(100))
        var early = SampleConversation("early")
        try await store.append([late.begin(), early.begin()])
        let end = beginning.addingTimeInterval(SampleConversation.retention)
        #expect(try await store.eraseExpired(at: end).isEmpty)
        #expect(try await store.eraseExpired(at: end.addingTimeInterval(1)) == ["early"])
        #expect(try await store.sessions().map(\.id) == ["late"])
        #expect(try await store.eraseExpired(at: end.addingTimeInterval(1000)) == ["late"])
    }

    @Test(
        "Sessions whose concerns are due are found by their date, until they are settled", arguments: StoreKind.allCases
    )
    func findsConcerns(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        for (id, days) in [("late", 90.0), ("early", 30), ("never", nil)] {
            var conversation = SampleConversation(id, concernsRetention: days.map { $0 * 86_400 })
            try await store.append([conversation.begin(), conversation.contribute("Trees")])
        }
        func due(_ days: Double) async throws -> [Session.ID] {
            try await store.concernsDue(at: SampleConversation.beginning.addingTimeInterval(days * 86_400)).map(\.id)
        }
        #expect(try await due(29).isEmpty)
        #expect(try await due(30) == ["early"])
        #expect(try await due(100) == ["early", "late"])
        try await store.settleConcerns(of: ["early", "unknown"])
        #expect(try await due(100) == ["late"])
        try await store.erase("late")
        #expect(try await due(100).isEmpty)
    }

    @Test("Of two changes for the same sequence number exactly one is kept", arguments: StoreKind.allCases)
    func oneWins(_ kind: StoreKind) async throws {
        let store = try kind.make(in: folder)
        var conversation = SampleConversation("s1")
        try await store.append([conversation.begin()])
        for round in 1...20 {
            let rivals = (1...4).map { number in
                var copy = conversation
                return (copy.contribute("\(round)-\(number)"), copy)
            }
            let kept = await withTaskGroup(of: Int?.self) { group in
                for (index, rival) in rivals.enumerated() {
                    group.addTask { (try? await store.append([rival.0])) == nil ? nil : index }
                }
                return await group.compactMap { $0 }.reduce(into: []) { $0.append($1) }
            }
            #expect(kept.count == 1)
            conversation = rivals[kept[0]].1
        }
        #expect(try await store.load("s1")?.json == conversation.session.json)
    }

    @Test("A change that contradicts itself is refused", arguments: StoreKind.allCases, IllMade.allCases)
    func refusesIllMade(_ kind: StoreKind, _ illMade: IllMade) async throws {
        let store = try kind.make(in: folder)
        var conversation = SampleConversation("s1")
        var change = conversation.begin()
        switch illMade {
        case .noEvents: change.events = []
        case .gap: change.events.remove(at: 1)
        case .noStart: change = conversation.say(.contribute("A", question: nil)).renumbered()
        case .noDialog: change.dialog = nil
        case .otherDialog: change.dialog = .sample(hash: "other")
        case .messageTwice: change.messages = [.init(id: "m", seq: 1), .init(id: "m", seq: 2)]
        case .messagesInDisorder: change.messages = [.init(id: "m", seq: 2), .init(id: "n", seq: 1)]
        case .messageOfNothing: change.messages = [.init(id: "m", seq: change.events.count + 1)]
        case .otherSnapshot: change.snapshot = Session(dialog: .sample)
        }
        let error = await #expect(throws: StoreError.self) { try await store.append(change) }
        guard case .invalidChange = error else { return #expect(error == nil) }
        #expect(try await store.sessions().isEmpty)
    }

    enum IllMade: String, CaseIterable, Sendable {
        case noEvents, gap, noStart, noDialog, otherDialog, messageTwice, messagesInDisorder, messageOfNothing
        case otherSnapshot
    }
}

extension Change {
    /// Both as one change.
    fileprivate func followed(by next: Change) -> Change {
        var change = self
        change.events += next.events
        change.outputs += next.outputs
        change.messages += next.messages
        return change
    }

    /// The same events as if they were the first ones.
    fileprivate func renumbered() -> Change {
        var change = self
        change.expectedSeq = 0
        change.events = events.enumerated().map { index, event in
            Event(seq: index + 1, at: event.at, by: event.by, source: event.source, kind: event.kind)
        }
        return change
    }
}
