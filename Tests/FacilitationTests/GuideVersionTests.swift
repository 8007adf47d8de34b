import DialogEngine
import FacilitationTesting
import Foundation
import Testing

@testable import Facilitation

@Suite("Another version of the guide in its file")
struct GuideVersionTests {
    private let store = MemorySessionStore()
    private static let later = Dialog.sample(hash: "6b")

    private func begun() async throws {
        try await Stage(store: store).play([Stage.line("anna", "!start Probe"), Stage.line("bernd", "+ Beitrag")])
    }

    private func stage(guide: Dialog) throws -> Stage {
        var stage = try Stage(store: store)
        stage.groups[0].guide = guide
        return stage
    }

    @Test("A running session keeps its own, and its facilitator is told once and privately")
    func keeps() async throws {
        try await begun()
        let stage = try stage(guide: Self.later)
        try await stage.play([
            Stage.line("bernd", "+ noch einer"), .joined(Stage.room, Stage.sender("anna"), at: Stage.evening),
            Stage.line("anna", "!stand"), Stage.line("anna", "!offen"),
        ])
        let told = stage.adapter.said.filter { $0.text.contains("neue Fassung") }
        #expect(told.map(\.destination) == [.person(Stage.sender("anna").identity, adapter: "test")])
        #expect(try await store.load("probe-2026-11-22")?.dialog == .sample)
    }

    @Test("What was adopted leads the session after the next start, whatever its file holds then")
    func adopts() async throws {
        try await begun()
        let stage = try stage(guide: Self.later)
        try await stage.play([Stage.line("anna", "!leitfaden übernehmen wirklich")])
        #expect(stage.adapter.texts.contains { $0.hasPrefix("Ab jetzt gilt Fassung") })
        let session = try #require(try await store.load("probe-2026-11-22"))
        #expect(session.dialog.contentHash == "6b" && session.contributions.count == 1)
        let again = try self.stage(guide: .sample)
        try await again.play([Stage.line("anna", "!leitfaden"), Stage.line("anna", "!leitfaden zurück")])
        #expect(again.adapter.texts.contains { $0.contains("Dahin zurück: !leitfaden zurück") })
        #expect(try await store.load("probe-2026-11-22")?.dialog.contentHash == "5a")
    }

    @Test("A guide with another id is no version of it")
    func another() async throws {
        try await begun()
        let other = Dialog(
            id: "other", version: "1", contentHash: "77", languages: Dialog.sample.languages,
            title: Dialog.sample.title,
            introduction: Dialog.sample.introduction, about: Dialog.sample.about, closing: Dialog.sample.closing,
            attribution: "", steps: Dialog.sample.steps, questions: Dialog.sample.questions, orders: [])
        let stage = try stage(guide: other)
        try await stage.play([Stage.line("anna", "!leitfaden vergleich")])
        #expect(stage.adapter.texts.contains { $0.hasPrefix("Eine andere Fassung gibt es nicht") })
    }

    @Test("Guides that are read again while it runs reach every group, and begin the next session")
    func readAgain() async throws {
        let stage = try Stage(store: store)
        let facilitator = stage.facilitator
        stage.inbox.deliver(Stage.line("anna", "!start Probe"))
        facilitator.use([Self.later], at: Stage.evening)
        stage.inbox.deliver(Stage.line("anna", "!ende wirklich"))
        stage.inbox.deliver(Stage.line("anna", "!start Zweite"))
        stage.inbox.finish()
        try await facilitator.run()
        #expect(try await store.load("zweite-2026-11-22")?.dialog == Self.later)
    }
}
