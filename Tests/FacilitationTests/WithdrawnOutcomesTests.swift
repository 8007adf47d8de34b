import DialogEngine
import FacilitationTesting
import Foundation
import Testing

@testable import Facilitation

@Suite("Files that were written of a session")
struct WithdrawnOutcomesTests {
    private static let meeting = [
        Stage.line("anna", "!start Bäume"), Stage.line("bernd", "+ Geheimnis"), Stage.line("anna", "+ bleibt"),
        Stage.line("anna", "!protokoll"),
    ]

    @Test(
        "They hold no more than the session after what takes something back",
        arguments: [
            ["!vergissmich", "!vergissmich wirklich"], ["!zurückziehen B1"],
        ])
    func takenBack(lines: [String]) async throws {
        let outcomes = RecordedOutcomes()
        var stage = try Stage()
        stage.outcomes = outcomes
        try await stage.play(Self.meeting + lines.map { Stage.line("bernd", $0) })
        let id = try #require(outcomes.sessions.first)
        let text = try #require(outcomes.texts(of: id).first)
        #expect(!text.contains("Geheimnis") && text.contains("bleibt"))
        let isErasure = lines.count == 2
        #expect(stage.adapter.texts.contains { $0.contains("ohne das Gelöschte") } == isErasure)
        #expect(!isErasure || !text.contains("bernd"))
    }

    @Test("They go with the session")
    func erasedSession() async throws {
        let outcomes = RecordedOutcomes()
        var stage = try Stage()
        stage.outcomes = outcomes
        try await stage.play(
            Self.meeting + ["!sitzunglöschen", "!sitzunglöschen wirklich"].map { Stage.line("anna", $0) })
        #expect(outcomes.sessions.isEmpty)
        #expect(stage.adapter.texts.contains { $0.contains("mit allen Dateien") })
    }

    @Test("Where they cannot be deleted the data is erased nevertheless, and it is said what stays")
    func stuck() async throws {
        let outcomes = RecordedOutcomes(isStuck: true)
        var stage = try Stage()
        stage.outcomes = outcomes
        try await stage.play(
            Self.meeting + ["!vergissmich", "!vergissmich wirklich"].map { Stage.line("bernd", $0) })
        let id = try #require(outcomes.sessions.first)
        #expect(try await stage.store.load(id)?.contributions.map(\.text) == ["", "bleibt"])
        #expect(stage.adapter.texts.contains { $0.contains("ließen sich nicht löschen") })
    }

    @Test("They are written anew as they were when the erasure cannot be stored")
    func notStored() async throws {
        let outcomes = RecordedOutcomes()
        let store = FailingStore()
        var stage = try Stage(store: store)
        stage.outcomes = outcomes
        try await stage.play(Self.meeting)
        let id = try #require(outcomes.sessions.first)
        let before = outcomes.texts(of: id)
        store.refuse(.diskFull, .diskFull, .diskFull, .diskFull, .diskFull, .diskFull)
        var again = try Stage(store: store)
        again.outcomes = outcomes
        try await again.play(["!vergissmich", "!vergissmich wirklich"].map { Stage.line("bernd", $0) })
        #expect(outcomes.texts(of: id) == before)
    }

    @Test("What belongs to no session any more goes at the start")
    func strays() async throws {
        let outcomes = RecordedOutcomes()
        var stage = try Stage()
        stage.outcomes = outcomes
        try await stage.play(Self.meeting)
        let id = try #require(outcomes.sessions.first)
        try await stage.store.erase(id)
        var again = try Stage(store: stage.store)
        again.outcomes = outcomes
        try await again.play([])
        #expect(outcomes.sessions.isEmpty)
    }
}
