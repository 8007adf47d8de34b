import DialogEngine
import FacilitationTesting
import Foundation
import Testing
import Wording

@testable import Facilitation

@Suite("The facilitator")
struct FacilitatorTests {
    private let start = Stage.line("anna", "!start Probe")

    @Test("a line is acknowledged quietly, where it was said")
    func acknowledges() async throws {
        let stage = try Stage()
        try await stage.play([start, Stage.line("bernd", "+ ein Beitrag")])
        #expect(
            stage.adapter.said.contains(
                .init(text: "B1 notiert.", manner: .notice, destination: .room(Stage.room))))
    }

    @Test("acknowledgements that wait are said as one line")
    func collectsAcknowledgements() async throws {
        let adapter = RecordingAdapter()
        let announcer = Announcer(adapters: ["test": adapter], spoken: { _ in })
        let notes = (1...3).map { number in
            Announcer.Announcement(
                destination: .room(Stage.room), manner: .notice,
                content: .noted(RecordID(.contribution, number), "one") { ids in
                    ids.map(\.description).joined(separator: "+")
                })
        }
        announcer.announce(notes)
        await announcer.sayAll()
        #expect(adapter.texts == ["B1+B2+B3"])
    }

    @Test("a split network pauses the session until the last one is back or gone, and nobody counts as gone meanwhile")
    func split() async throws {
        let store = MemorySessionStore()
        func play(_ items: [Incoming]) async throws -> (session: Session?, texts: [String]) {
            let stage = try Stage(store: store)
            try await stage.play(items)
            return (try await store.load("probe-2026-11-22"), stage.adapter.texts)
        }
        let (room, at) = (Stage.room, Stage.evening)
        let (bernd, ceyda) = (Stage.sender("bernd").identity, Stage.sender("ceyda").identity)
        let begun = [start, Stage.line("bernd", "+ eins"), Stage.line("ceyda", "+ zwei")]
        let parted: [Incoming] = [.separated(room, bernd, at: at), .separated(room, ceyda, at: at)]

        let split = try await play(begun + parted + [.reunited(room, bernd, at: at)])
        #expect(split.session?.state == .paused)
        #expect(split.session?.people.allSatisfy(\.isPresent) == true)
        #expect(split.texts.count { $0.contains("Chatnetz") } == 1)
        // Lotse starts anew, and finds the network whole.
        let senders = ["anna", "bernd", "ceyda"].map(Stage.sender)
        let whole = try await play([.present(room, senders, at: at)])
        #expect(whole.session?.state == .running)
        #expect(whole.texts.first == "Es geht weiter.")

        let gone = try await play(
            [.present(room, senders, at: at)] + parted + [
                .reunited(room, bernd, at: at), .left(room, ceyda, at: at),
            ])
        #expect(gone.session?.state == .running)
        #expect(gone.session?.people.map(\.isPresent) == [true, true, false])
    }

    @Test("a full disk is told, the line is not acknowledged, and the next one can be kept")
    func tellsOfAFullDisk() async throws {
        let store = FailingStore()
        // Both together, then the first one by itself.
        store.refuse(nil, .diskFull, .diskFull)
        let stage = try Stage(store: store)
        try await stage.play([start, Stage.line("bernd", "+ verloren"), Stage.line("bernd", "+ behalten")])
        let texts = stage.adapter.texts
        #expect(texts.contains { $0.contains("bernd") && $0.contains("NICHT") })
        #expect(texts.filter { $0.hasSuffix("notiert.") } == ["B1 notiert."])
        #expect(try await store.load("probe-2026-11-22")?.contributions.map(\.text) == ["behalten"])
    }

    @Test("a store that failed for good ends everything, after the room was told")
    func endsWhenTheStoreFailed() async throws {
        let store = FailingStore()
        store.refuse(nil, .failed(reason: "sync"))
        let stage = try Stage(store: store)
        await #expect(throws: StoreError.failed(reason: "sync")) {
            try await stage.play([start, Stage.line("bernd", "+ verloren")])
        }
        #expect(stage.adapter.texts.contains { $0.contains("NICHT") })
        #expect(!stage.adapter.texts.contains { $0.hasSuffix("notiert.") })
    }

    @Test("a session that cannot be read ends its group alone, and whoever has a line for it is told")
    func restsAlone() async throws {
        let store = FailingStore()
        var sample = SampleConversation("probe", group: "eins")
        _ = try await store.append(sample.begin())
        store.damage("probe")
        let other = Room(adapter: "test", name: "#zwei")
        var stage = try Stage(store: store)
        var second = stage.groups[0]
        (second.name, second.rooms) = ("zwei", [other])
        stage.groups.append(second)
        try await stage.play([
            Stage.line("anna", "+ verloren"), Stage.line("anna", "nur Gespräch"),
            Stage.line("bernd", "!start", in: other), Stage.line("bernd", "+ behalten", in: other),
        ])
        let said = stage.adapter.said
        #expect(said.filter { $0.destination == .room(Stage.room) }.map { $0.text.contains("NICHT") } == [true])
        #expect(said.contains { $0.text == "B1 notiert." && $0.destination == .room(other) })
    }

    @Test("when another writer was faster, the line is decided again and acknowledged once")
    func decidesAgain() async throws {
        let store = FailingStore()
        store.refuse(nil, .conflict(actualSeq: 3))
        let stage = try Stage(store: store)
        try await stage.play([start, Stage.line("bernd", "+ ein Beitrag")])
        #expect(stage.adapter.texts.filter { $0 == "B1 notiert." }.count == 1)
    }

    @Test("a repeated message is answered and not stored twice")
    func answersRepetition() async throws {
        let stage = try Stage()
        let line = Stage.line("bernd", "+ ein Beitrag", id: "m1")
        try await stage.play([start, line, line])
        #expect(try await stage.store.load("probe-2026-11-22")?.contributions.count == 1)
        #expect(stage.adapter.texts.contains { $0.contains("nicht noch einmal") })
    }

    @Test("rooms of one group see and hear the same")
    func joinsRooms() async throws {
        let other = Room(adapter: "test", name: "#zwei")
        let stage = try Stage(rooms: [Stage.room, other])
        try await stage.play([start, Stage.line("bernd", "+ ein Beitrag", in: other)])
        let said = stage.adapter.said
        #expect(
            said.contains(
                .init(text: "+ ein Beitrag", manner: .relayed(from: "bernd"), destination: .room(Stage.room))))
        #expect(
            said.filter { $0.text == "B1 notiert." }.map(\.destination) == [.room(Stage.room), .room(other)])
    }

    @Test("a private line goes to the group whose room the person is in, without her name")
    func takesPrivateLines() async throws {
        let stage = try Stage()
        try await stage.play([
            start, .joined(Stage.room, Stage.sender("ceyda"), at: Stage.evening), Stage.privately("ceyda", "leise"),
        ])
        let inRoom = stage.adapter.said.filter { $0.destination == .room(Stage.room) && $0.text.contains("leise") }
        #expect(inRoom.count == 1)
        #expect(inRoom.allSatisfy { !$0.text.contains("ceyda") })
    }

    @Test("whoever is in two groups is asked which, and her private lines go to the one that she names")
    func asksWhichGroup() async throws {
        let other = Room(adapter: "test", name: "#zwei")
        var stage = try Stage()
        var second = stage.groups[0]
        (second.name, second.rooms) = ("Die Zweite", [other])
        stage.groups.append(second)
        try await stage.play([
            start, Stage.line("ceyda", "!start Andere", in: other), Stage.line("ceyda", "hallo"),
            Stage.privately("ceyda", "leise"), Stage.privately("ceyda", "die zweite"),
            Stage.privately("ceyda", "noch leiser"),
        ])
        let told = stage.adapter.said.filter {
            $0.destination == .person(Stage.sender("ceyda").identity, adapter: "test")
        }.map(\.text)
        #expect(told.count { $0.contains("Sie sind in mehreren Gruppen") } == 1)
        #expect(told.contains { $0.contains("gehört von jetzt an zu Die Zweite") })
        #expect(
            try await stage.store.load("andere-2026-11-22")?.contributions.map(\.text) == ["leise", "noch leiser"])
        #expect(try await stage.store.load("probe-2026-11-22")?.contributions.isEmpty == true)
    }

    @Test("facilitators are told privately when the bot cannot be or speak in a room", arguments: Exclusion.allCases)
    func excluded(exclusion: Exclusion) async throws {
        let stage = try Stage()
        try await stage.play([start, .excluded(Stage.room, exclusion, at: Stage.evening)])
        let told = stage.adapter.said.filter { $0.destination != .room(Stage.room) && $0.text.contains("#eins") }
        #expect(told.map(\.destination) == [.person(Stage.sender("anna").identity, adapter: "test")])
    }

    @Test("whoever is in no group's room is asked to come, and nothing is kept")
    func asksStrangersToCome() async throws {
        let stage = try Stage()
        try await stage.play([start, Stage.privately("fremd", "hallo")])
        let told = stage.adapter.said.filter {
            $0.destination == .person(Stage.sender("fremd").identity, adapter: "test")
        }
        #expect(told.count == 1)
        #expect(try await stage.store.load("probe-2026-11-22")?.contributions.isEmpty == true)
    }

    @Test("what was stored and not said is said after the next start")
    func saysWhatWasLeft() async throws {
        let store = MemorySessionStore()
        var sample = SampleConversation("probe", group: "eins")
        _ = try await store.append(sample.begin())
        _ = try await store.append(sample.contribute("ein Beitrag"))
        let stage = try Stage(store: store)
        try await stage.play([.present(Stage.room, [Stage.sender("anna")], at: Stage.evening)])
        #expect(await store.unspoken().isEmpty)
        #expect(stage.adapter.texts.contains("B1 notiert."))
    }

    @Test("a facilitator who does not come back after a restart can be followed by somebody else")
    func missesWhoIsGone() async throws {
        let store = MemorySessionStore()
        try await Stage(store: store).play([start])
        let stage = try Stage(store: store)
        let later = ["!start", "!zeit 5"].map { text in
            Incoming.message(
                IncomingMessage(
                    place: .room(Stage.room), sender: Stage.sender("bernd"), text: text,
                    at: Stage.evening.addingTimeInterval(60)))
        }
        try await stage.play([Stage.line("bernd", "!start")] + later)
        #expect(stage.adapter.texts.contains { $0.contains("Nach einer Minute können Sie übernehmen") })
        #expect(stage.adapter.texts.contains { $0.contains("5 Minuten") })
    }

    @Test("a session is erased when its retention has ended")
    func enforcesRetention() async throws {
        let store = MemorySessionStore()
        try await Stage(store: store).play([start])
        #expect(await store.sessions().count == 1)
        // Sessions are looked through beside the conversations, so what is to be found is there before.
        try await Stage(store: store).play([], tick: Stage.evening.addingTimeInterval(400 * 86_400))
        #expect(await store.sessions().isEmpty)
    }

    @Test("without a usable guide no session begins, and whoever asks is told")
    func needsAGuide() async throws {
        var stage = try Stage()
        stage.groups[0].guide = nil
        try await stage.play([start, Stage.line("bernd", "nur Gespräch")])
        #expect(stage.adapter.said.count == 1)
        #expect(try await stage.store.sessions().isEmpty)
    }

    @Test("a room has so many lines under way and no more, and other rooms are not concerned")
    func boundsTheInbox() {
        let inbox = BoundedInbox(capacityPerPlace: 1)
        let other = Room(adapter: "test", name: "#zwei")
        #expect(inbox.deliver(Stage.line("anna", "1")))
        #expect(!inbox.deliver(Stage.line("anna", "2")))
        #expect(inbox.deliver(Stage.line("anna", "3", in: other)))
        #expect(inbox.deliver(Stage.privately("anna", "4")))
        #expect(inbox.deliver(Stage.privately("bernd", "5")))
        #expect(!inbox.deliver(Stage.privately("bernd", "6")))
    }

    @Test("what began privately goes on privately, wherever the next page is asked for")
    func pagesStayPrivate() async throws {
        let stage = try Stage()
        try await stage.play([start, Stage.line("bernd", "!hilfe alle"), Stage.line("bernd", "!mehr")])
        #expect(stage.adapter.said.filter { $0.destination != .room(Stage.room) }.count == 10)
        #expect(stage.adapter.texts.filter { $0.hasPrefix("bernd, ") }.count == 1)
    }

    @Test("long output comes in pages of five lines")
    func cutsPages() {
        var pager = Pager()
        let lines = (1...12).map { Line(.prompt, [.text: .text("\($0)")]) }
        let reader = Identity(rawValue: "anna")
        #expect(
            pager.firstPage(of: lines, for: reader, to: .room).map(\.phrase) == [
                .prompt, .prompt, .prompt, .prompt, .morePages,
            ])
        #expect(pager.nextPage(for: reader).count == 5)
        #expect(pager.nextPage(for: reader).map(\.phrase) == [.prompt, .prompt, .prompt, .prompt])
        #expect(pager.nextPage(for: reader).map(\.phrase) == [.noMorePages])
        #expect(pager.firstPage(of: Array(lines.prefix(5)), for: reader, to: .room).count == 5)
    }
}
