import DialogEngine
import FacilitationTesting
import Foundation
import Testing

@testable import Facilitation

@Suite("When Lotse is told to end")
struct StopTests {
    @Test("A group finishes the line that it is at; the others are refused, and their writers told once")
    func stopsBetweenLines() async throws {
        let store = FailingStore()
        let stage = try Stage(store: store)
        let announcer = Announcer(adapters: [stage.adapter.name: stage.adapter], spoken: { _ in })
        var conversation = try await stage.conversation(announcer)
        try await conversation.take(Self.delivery("anna", "!start Probe"))
        let mailbox = Mailbox(capacity: 64)
        store.expect([.overtaken(by: { _ in mailbox.stop() })])
        let lines = [("anna", "= eins"), ("bernd", "= zwei"), ("bernd", "= drei"), ("ceyda", "nur so")]
        for (number, line) in lines.enumerated() {
            mailbox.put(Self.delivery(line.0, line.1, id: "m\(number)"))
        }
        await announcer.sayAll()
        stage.adapter.forget()
        try await conversation.run(mailbox)
        await announcer.sayAll()
        let id = try #require(conversation.session?.id)
        let session = try #require(try await store.load(id))
        #expect(session.answers.values.compactMap(\.draft?.text) == ["eins"])
        #expect(stage.adapter.refused == ["m1", "m2"])
        let texts = stage.adapter.texts
        #expect(texts.filter { $0.contains("von bernd") && $0.contains("NICHT gespeichert") }.count == 1)
        #expect(!texts.contains { $0.contains("zwei") || $0.contains("drei") })
        #expect(conversation.services.busy.now.isEmpty)
    }

    @Test("What lies in the inbox is refused, and nothing more comes in")
    func refusesTheInbox() async throws {
        let stage = try Stage()
        let facilitator = stage.facilitator
        stage.inbox.deliver(Stage.line("anna", "!start Probe", id: "m1"))
        stage.inbox.deliver(Stage.line("bernd", "+ Bäume", id: "m2"))
        stage.inbox.stop()
        #expect(!stage.inbox.deliver(Stage.line("anna", "!stand")))
        try await facilitator.run()
        #expect(stage.adapter.refused == ["m1", "m2"])
        #expect(try await stage.store.sessions().isEmpty)
        #expect(stage.adapter.texts.filter { $0.contains("NICHT gespeichert") }.count == 2)
        #expect(stage.inbox.waitingCount == 0)
    }

    @Test("An inbox whose input has ended is dealt with to its end")
    func finishesTheInbox() async throws {
        let stage = try Stage()
        try await stage.play([Stage.line("anna", "!start Probe"), Stage.line("bernd", "+ Bäume")])
        #expect(try await stage.store.sessions().count == 1)
        #expect(stage.adapter.texts.contains("B1 notiert."))
    }

    @Test("A group that is at a line shows since when")
    func showsBusyGroups() async throws {
        let store = FailingStore()
        let stage = try Stage(store: store)
        let facilitator = stage.facilitator
        nonisolated(unsafe) var seen: [String] = []
        store.expect([.overtaken(by: { _ in seen = Array(facilitator.busyGroups.keys) })])
        stage.inbox.deliver(Stage.line("anna", "!start Probe"))
        stage.inbox.finish()
        try await facilitator.run()
        #expect(seen == ["eins"])
        #expect(facilitator.busyGroups.isEmpty)
    }

    private static func delivery(_ name: String, _ text: String, id: String? = nil) -> GroupConversation.Delivery {
        .message(
            IncomingMessage(
                place: .room(Stage.room), sender: Stage.sender(name), text: text, id: id, at: Stage.evening),
            isMember: true)
    }
}
