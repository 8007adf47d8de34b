import DialogEngine
import FacilitationTesting
import Foundation
import Testing

@testable import Facilitation

@Suite("Greeting newcomers")
struct GreetingTests {
    /// A session runs; what is given happens to it, and then the time is so many seconds later. Returns all greetings.
    private func play(
        _ stage: Stage, _ deliveries: [GroupConversation.Delivery], then seconds: Double = 6
    ) async throws -> [RecordingAdapter.Said] {
        let announcer = Announcer(adapters: ["test": stage.adapter], spoken: { _ in })
        var conversation = try await stage.conversation(announcer)
        let start = IncomingMessage(
            place: .room(Stage.room), sender: Stage.sender("anna"), text: "!start Runde", at: Stage.evening)
        try await conversation.take(.message(start, isMember: true))
        for delivery in deliveries {
            try await conversation.take(delivery)
            await announcer.sayAll()
        }
        try await conversation.take(.clock(Stage.evening.addingTimeInterval(seconds)))
        await announcer.sayAll()
        return stage.adapter.said.filter { $0.text.hasPrefix("Willkommen") }
    }

    private func joined(_ number: Int, after seconds: Double = 0) -> GroupConversation.Delivery {
        .joined(Stage.room, Stage.sender("neu\(number)"), at: Stage.evening.addingTimeInterval(seconds))
    }

    @Test("costs one private line each on a network, and the rest comes when she asks for it")
    func brief() async throws {
        let stage = try Stage(isPaced: true)
        let newcomer = Stage.sender("neu1")
        let more = IncomingMessage(
            place: .privately(adapter: "test"), sender: newcomer, text: "!mehr", at: Stage.evening)
        _ = try await play(stage, [joined(1), .message(more, isMember: true)])
        let said = stage.adapter.said.filter { $0.destination == .person(newcomer.identity, adapter: "test") }
        let greeting = said.first?.text ?? ""
        #expect(greeting.hasPrefix("Willkommen. Gerade geht es um ") && greeting.contains("Gespeichert wird mit Namen"))
        #expect(greeting.utf8.count <= 400)
        // What comes on request is the whole greeting.
        #expect(said.count > 3 && said[1].text.hasPrefix("Willkommen."))
        #expect(said.contains { $0.text.hasPrefix("Ich speichere Beiträge") })
    }

    @Test("happens to thirty at once in three private lines and one to the room")
    func together() async throws {
        let stage = try Stage(isPaced: true)
        let greetings = try await play(stage, (1...30).map { joined($0) })
        #expect(greetings.count == 4)
        #expect(greetings.filter { $0.destination == .room(Stage.room) }.count == 1)
        #expect(greetings.last?.text.hasPrefix("Willkommen an alle 27, die eben gekommen sind.") == true)
    }

    @Test("names those who are few, and nobody who has left meanwhile")
    func few() async throws {
        let stage = try Stage(isPaced: true)
        let gone = GroupConversation.Delivery.left(Stage.sender("neu5").identity, at: Stage.evening)
        let greetings = try await play(stage, (1...6).map { joined($0) } + [gone])
        #expect(greetings.map { $0.text.prefix(23) }.last == "Willkommen, neu4, neu6.")
    }

    @Test("comes before the first line that is kept, also for whoever was to be greeted with others")
    func beforeFirstLine() async throws {
        let stage = try Stage(isPaced: true)
        let newcomer = Stage.sender("neu5")
        let lines = ["Guten Abend", "+ Bäume"].map {
            GroupConversation.Delivery.message(
                IncomingMessage(place: .room(Stage.room), sender: newcomer, text: $0, at: Stage.evening),
                isMember: true)
        }
        let greetings = try await play(stage, (1...6).map { joined($0) } + lines)
        let said = stage.adapter.said.map(\.text)
        let notice = stage.adapter.said.firstIndex {
            $0.destination == .person(newcomer.identity, adapter: "test") && $0.text.contains("Gespeichert wird")
        }
        let kept = try #require(said.firstIndex { $0.contains("B1") })
        #expect(try #require(notice) < kept)
        #expect(greetings.last?.text.prefix(23) == "Willkommen, neu4, neu6.")
        #expect(greetings.count == 5)
    }

    @Test("takes a room without a private way one line a minute at most")
    func aloud() async throws {
        let stage = try Stage(speaksPrivately: false)
        let greetings = try await play(stage, (1...20).map { joined($0, after: Double($0)) }, then: 62)
        #expect(greetings.map(\.destination) == [.room(Stage.room), .room(Stage.room)])
        #expect(greetings.first?.text.hasPrefix("Willkommen, neu1.") == true)
        #expect(greetings.last?.text.hasPrefix("Willkommen an alle 19") == true)
    }

    @Test("costs nothing where lines cost nothing: everybody hears everything, alone")
    func whole() async throws {
        let stage = try Stage()
        let greetings = try await play(stage, (1...10).map { joined($0) })
        #expect(greetings.count == 10)
        #expect(stage.adapter.texts.filter { $0.hasPrefix("Ich speichere Beiträge") }.count >= 10)
    }
}

@Suite("Lines that go on")
struct BeginningsTests {
    private func message(_ text: String, _ continues: Continuation? = nil) -> IncomingMessage {
        var message = IncomingMessage(
            place: .room(Stage.room), sender: Stage.sender("bernd"), text: text, at: Stage.evening)
        message.continues = continues
        return message
    }

    private func play(_ lines: [IncomingMessage]) async throws -> (texts: [String], contributions: [String]) {
        let stage = try Stage()
        try await stage.play([Stage.line("anna", "!start Runde")] + lines.map { .message($0) })
        let id = try await stage.store.runningSessions().first?.id
        let session = if let id { try await stage.store.load(id) } else { Session?.none }
        return (stage.adapter.texts, session?.contributions.map(\.text) ?? [])
    }

    @Test("are put behind what was kept, piece by piece")
    func chain() async throws {
        let (texts, contributions) = try await play([
            message("+ eins"), message("zwei", .surely), message("drei", .surely), message("Genau."),
        ])
        #expect(contributions == ["eins zwei drei"])
        #expect(texts.contains { $0.hasPrefix("B1 ist um »zwei« ergänzt.") })
    }

    @Test("are asked about where that is in doubt, and kept meanwhile", arguments: ["!dazu", "!dazu zwei"])
    func doubt(_ answer: String) async throws {
        let (texts, contributions) = try await play([message("+ eins"), message("zwei", .perhaps), message(answer)])
        #expect(texts.contains { $0.hasPrefix("Gehört »zwei« noch zu dem, was Sie davor geschrieben haben?") })
        #expect(contributions == ["eins zwei"])
    }

    @Test("stay talk where nobody says that they belong to anything")
    func talk() async throws {
        let (_, contributions) = try await play([message("+ eins"), message("zwei", .perhaps), message("Hallo")])
        #expect(contributions == ["eins"])
    }
}
