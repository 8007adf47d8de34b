import DialogEngine
import DialogFiles
import FacilitationTesting
import Foundation
import Logging
import Testing

@testable import Facilitation

@Suite("What is kept no longer")
struct RetentionTests {
    private static let day = 86_400.0
    private let store = MemorySessionStore()
    private let outcomes = RecordedOutcomes()

    private var retention: Retention {
        get throws { try retention(in: store) }
    }

    private func retention(in store: any SessionStore) throws -> Retention {
        let interpreter = try Stage().interpreter
        return Retention(
            GroupConversation.Services(
                store: store, adapters: [:], outcomes: outcomes, interpreter: { interpreter },
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })))
    }

    /// A session of the group with something about opponents, which goes after 90 days; the session itself after 180.
    private func begin(_ id: Session.ID, in group: String = "eins", at start: Date = Stage.evening, end: Bool)
        async throws
    {
        let guide = try DialogFile.read(
            TranscriptTests.dialogs.appendingPathComponent("kommunale-netzwerke.yaml").path)
        let settings = StartSettings(
            session: id, name: id, language: Language(rawValue: "de"),
            retainedUntil: start.addingTimeInterval(180 * Self.day),
            concernsRetainedUntil: start.addingTimeInterval(90 * Self.day))
        var session = Session(dialog: guide, settings: settings)
        let commands: [Command] =
            [
                .start(name: nil), .contribute("Zqverein: zqgrund", question: "bedenken"),
                .contribute("Zettel", question: nil),
            ]
            + (end ? [.end(confirmed: true)] : [])
        let events = commands.flatMap { command in
            session.advance(by: Input(at: start, kind: .command(command, by: .anna, source: .chat))).events
        }
        _ = try await store.append(
            Change(session: id, group: group, expectedSeq: 0, events: events, dialog: guide))
    }

    /// The sessions whose events still have what was said about opponents.
    private func kept() async throws -> [Session.ID] {
        var kept: [Session.ID] = []
        for id in await store.sessions().map(\.id).sorted() {
            let events = try JSONEncoder().encode(await store.events(of: id))
            if String(decoding: events, as: UTF8.self).contains("Zqverein") { kept.append(id) }
        }
        return kept
    }

    @Test("Concerns go on their date from a session that another one replaced, and from one of a group that is no more")
    func replaced() async throws {
        try await begin("old", end: true)
        try await begin("present", at: Stage.evening.addingTimeInterval(Self.day), end: false)
        try await begin("stray", in: "zwei", end: true)
        let retention = try retention
        #expect(await retention.enforce(at: Stage.evening.addingTimeInterval(89 * Self.day), groups: ["eins"]).isEmpty)
        #expect(try await kept() == ["old", "present", "stray"])
        #expect(await retention.enforce(at: Stage.evening.addingTimeInterval(92 * Self.day), groups: ["eins"]).isEmpty)
        #expect(try await kept() == ["present"])
        let old = try #require(try await store.load("old"))
        #expect(old.contributions.map(\.text) == ["", "Zettel"] && old.state == .ended)
    }

    @Test("What a conversation leads is left to it, the running session before a later one that has ended")
    func led() async throws {
        try await begin("running", end: false)
        try await begin("later", at: Stage.evening.addingTimeInterval(Self.day), end: true)
        _ = try await retention.enforce(at: Stage.evening.addingTimeInterval(100 * Self.day), groups: ["eins"])
        #expect(try await kept() == ["running"])
    }

    @Test("A session that was led and is replaced later is looked at again")
    func looksAgain() async throws {
        try await begin("first", end: true)
        let retention = try retention
        let due = Stage.evening.addingTimeInterval(91 * Self.day)
        _ = await retention.enforce(at: due, groups: ["eins"])
        #expect(try await kept() == ["first"])
        try await begin("second", at: due, end: false)
        _ = await retention.enforce(at: due.addingTimeInterval(3600), groups: ["eins"])
        #expect(try await kept() == ["second"])
    }

    @Test("A session is loaded when its date has come, once, whether something was said about opponents or not")
    func loadsOnce() async throws {
        try await begin("old", end: true)
        let counting = FailingStore(store)
        for day in [1.0, 89, 91, 92, 100] {
            // Each time as after a start.
            let retention = try retention(in: counting)
            _ = await retention.enforce(at: Stage.evening.addingTimeInterval(day * Self.day), groups: [])
            #expect(counting.loads == (day < 90 ? 0 : 1), "day \(day)")
        }
    }

    @Test("Whole sessions go on their own date")
    func sessions() async throws {
        try await begin("old", end: true)
        let erased = try await retention.enforce(at: Stage.evening.addingTimeInterval(181 * Self.day), groups: ["eins"])
        #expect(erased == ["old"])
    }

    @Test("What was written of a session goes with it, and is written anew when its concerns go")
    func outcomesGo() async throws {
        try await begin("old", end: true)
        let session = try #require(try await store.load("old"))
        try outcomes.write(session, as: .markdown)
        let retention = try retention
        _ = await retention.enforce(at: Stage.evening.addingTimeInterval(89 * Self.day), groups: [])
        #expect(outcomes.texts(of: "old").first?.contains("Zqverein") == true)
        _ = await retention.enforce(at: Stage.evening.addingTimeInterval(92 * Self.day), groups: [])
        #expect(outcomes.texts(of: "old").first?.contains("Zqverein") == false)
        #expect(outcomes.texts(of: "old").first?.contains("Zettel") == true)
        _ = await retention.enforce(at: Stage.evening.addingTimeInterval(181 * Self.day), groups: [])
        #expect(outcomes.texts(of: "old").isEmpty)
    }
}
