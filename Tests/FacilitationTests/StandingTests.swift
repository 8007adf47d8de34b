import DialogEngine
import FacilitationTesting
import Foundation
import Testing

@testable import Facilitation

@Suite("Adapters are told who facilitates, and people which line is lost")
struct StandingTests {
    private let start = Stage.line("anna", "!start Probe")

    private func identities(_ names: String...) -> Set<Identity> { Set(names.map { Stage.sender($0).identity }) }

    @Test("An adapter hears who facilitates when that changes, and after a restart")
    func facilitators() async throws {
        let store = MemorySessionStore()
        let stage = try Stage(store: store)
        try await stage.play([
            start, Stage.line("bernd", "+ x"), Stage.line("anna", "!mod+ bernd"), Stage.line("anna", "+ y"),
            Stage.line("bernd", "!mod- anna"),
        ])
        #expect(
            stage.adapter.facilitators(of: Stage.room) == [
                identities("anna"), identities("anna", "bernd"), identities("bernd"),
            ])
        let again = try Stage(store: store)
        try await again.play([])
        #expect(again.adapter.facilitators(of: Stage.room) == [identities("bernd")])
    }

    @Test("Whom the operator named facilitates from the start, without a session, on her own adapter alone")
    func appointed() async throws {
        let elsewhere = Room(adapter: "other", name: "#eins")
        var stage = try Stage(rooms: [Stage.room, elsewhere])
        stage.groups[0].facilitators = ["test/Ceyda"]
        try await stage.play([])
        #expect(stage.adapter.facilitators(of: Stage.room) == [identities("ceyda")])
        #expect(stage.adapter.facilitators(of: elsewhere) == [])
    }

    @Test("Who asks to be forgotten facilitates no longer")
    func forgotten() async throws {
        let stage = try Stage()
        try await stage.play([
            start, Stage.line("bernd", "+ x"), Stage.line("anna", "!mod+ bernd"),
            Stage.privately("bernd", "!vergissmich wirklich"),
        ])
        #expect(stage.adapter.facilitators(of: Stage.room).last == identities("anna"))
    }

    @Test(
        "A line that was lost is told to its author alone, quietly and in her language",
        arguments: [(Loss.tooLong, "zu lang"), (.notUTF8, "UTF-8")])
    func lost(loss: Loss, words: String) async throws {
        let stage = try Stage()
        let bernd = Stage.sender("bernd").identity
        try await stage.play([
            start, Stage.line("bernd", "+ x"), .lost(loss, of: bernd, adapter: "test", at: Stage.evening),
            .lost(loss, of: Stage.sender("niemand").identity, adapter: "test", at: Stage.evening),
        ])
        let told = stage.adapter.said.filter { $0.text.contains("NICHT") }
        #expect(told.map(\.destination).contains(.person(bernd, adapter: "test")))
        #expect(told.count == 2)
        #expect(told.allSatisfy { $0.text.contains(words) && $0.manner == .notice })
    }
}
