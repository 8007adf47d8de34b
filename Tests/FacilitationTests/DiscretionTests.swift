import DialogEngine
import FacilitationTesting
import Foundation
import Synchronization
import Testing

@testable import Facilitation

@Suite("Between one person and the bot")
struct DiscretionTests {
    private let start = Stage.line("anna", "!start Probe")

    /// What the rooms heard.
    private func heardByAll(_ stage: Stage) -> [String] {
        stage.adapter.said.filter { if case .room = $0.destination { true } else { false } }.map(\.text)
    }

    @Test(
        "at the terminal, lines are private while everybody writes in silence, and where that is asked for",
        arguments: [["!still 5", "leise"], ["!still 5", "+ leise"], ["!privat !experte K1 leise"]])
    func terminal(_ lines: [String]) async throws {
        let stage = try Stage(rooms: [Stage.room, Room(adapter: "test", name: "#zwei")], source: .console)
        try await stage.play([start] + lines.map { Stage.line("anna", $0) })
        #expect(!heardByAll(stage).contains { $0.contains("leise") })
        #expect(
            stage.adapter.said.contains { $0.destination == .person(Stage.sender("anna").identity, adapter: "test") })
    }

    @Test("in a channel nothing can be made private afterwards, and it is said so")
    func channel() async throws {
        let stage = try Stage()
        try await stage.play([start, Stage.line("anna", "!privat leise")])
        #expect(heardByAll(stage).contains { $0.hasPrefix("Hier lesen alle mit.") })
        #expect(try await stage.store.load("probe-2026-11-22")?.contributions.isEmpty == true)
    }

    @Test(
        "a long answer goes to whoever asks; where there is no private way, it is said where she asked",
        arguments: [true, false])
    func saysLongAnswers(speaksPrivately: Bool) async throws {
        let stage = try Stage(speaksPrivately: speaksPrivately)
        try await stage.play([start, Stage.line("bernd", "!hilfe")])
        let aloud = heardByAll(stage)
        #expect(aloud.contains { $0.hasPrefix("Beitragen: + Text") } == !speaksPrivately)
        #expect(aloud.contains { $0.contains("privat geantwortet") } == speaksPrivately)
        // What is for her eyes alone does not become public by that.
        let other = try Stage(speaksPrivately: speaksPrivately)
        try await other.play([start, Stage.line("bernd", "+ Geheimes von mir"), Stage.line("bernd", "!meinedaten")])
        #expect(heardByAll(other).count { $0.contains("Geheimes") } == 0)
    }

    @Test("a code makes its sender a facilitator once, where it was written privately")
    func code() async throws {
        var stage = try Stage()
        stage.codes = Codes(["12ab": "eins", "34cd": "zwei", "56ef": "eins"])
        try await stage.play([
            start, .joined(Stage.room, Stage.sender("bernd"), at: Stage.evening),
            .joined(Stage.room, Stage.sender("dirk"), at: Stage.evening), Stage.privately("bernd", "!mod 34cd"),
            Stage.line("bernd", "!mod 56ef"), Stage.privately("bernd", "!mod 56ef"),
            Stage.privately("bernd", "!mod 12ab"),
            Stage.privately("dirk", "!mod 12ab"),
        ])
        let session = try await stage.store.load("probe-2026-11-22")
        #expect(session?.people.filter(\.isFacilitator).map(\.name) == ["anna", "bernd"])
        #expect(stage.adapter.texts.filter { $0.hasPrefix("Dieser Code ist ungültig") }.count == 3)
        #expect(stage.adapter.texts.filter { $0.hasPrefix("Diesen Code konnten alle lesen") }.count == 1)
    }

    @Test("where nobody may start, a code lets its holder begin while she is there")
    func codeForTheStart() async throws {
        var stage = try Stage()
        stage.groups[0].anyoneMayStart = false
        stage.codes = Codes(["12ab": "eins", "34cd": "eins"])
        let (anna, bernd) = (Stage.sender("anna"), Stage.sender("bernd"))
        try await stage.play([
            .joined(Stage.room, bernd, at: Stage.evening), Stage.privately("bernd", "!mod 34cd"),
            .left(Stage.room, bernd.identity, at: Stage.evening), .joined(Stage.room, bernd, at: Stage.evening),
            Stage.line("bernd", "!start Vergebens"), .joined(Stage.room, anna, at: Stage.evening),
            Stage.privately("anna", "!mod 12ab"), start,
        ])
        #expect(try await stage.store.sessions().map(\.name) == ["Probe"])
    }

    @Test("who is in several groups writes a code privately all the same")
    func severalGroups() async throws {
        var stage = try Stage()
        stage.codes = Codes(["12ab": "zwei"])
        let second = Room(adapter: "test", name: "#zwei")
        var group = stage.groups[0]
        (group.name, group.rooms) = ("zwei", [second])
        stage.groups.append(group)
        try await stage.play([
            Stage.line("anna", "!start Andere", in: second),
            .joined(Stage.room, Stage.sender("bernd"), at: Stage.evening),
            .joined(second, Stage.sender("bernd"), at: Stage.evening), Stage.privately("bernd", "!mod 12ab"),
        ])
        #expect(stage.adapter.texts.contains("bernd moderiert jetzt mit."))
    }

    @Test("who comes and goes is greeted once a day, or when something has changed")
    func greetings() async throws {
        let stage = try Stage()
        let ceyda = Stage.sender("ceyda")
        let stranger = Sender(identity: Identity(rawValue: "test/connection/9"), name: "ceyda")
        func comesAndGoes(_ sender: Sender, after hours: Double = 0) -> [Incoming] {
            let at = Stage.evening.addingTimeInterval(hours * 3600)
            return [.joined(Stage.room, sender, at: at), .left(Stage.room, sender.identity, at: at)]
        }
        try await stage.play(
            [start] + comesAndGoes(ceyda) + comesAndGoes(ceyda) + comesAndGoes(stranger)
                + [Stage.line("anna", "? Wer zahlt?")] + comesAndGoes(ceyda) + comesAndGoes(ceyda, after: 24))
        let greetings = stage.adapter.said.filter { $0.text.hasPrefix("Willkommen.") }
        #expect(greetings.count == 3)
        let notices = stage.adapter.said.filter {
            $0.destination == .person(stranger.identity, adapter: "test") && $0.text.hasPrefix("Ich speichere")
        }
        #expect(notices.count == 1)
    }

    @Test("homework goes on after the end and over a restart")
    func homework() async throws {
        let store = MemorySessionStore()
        try await Stage(store: store).play([
            start, Stage.line("anna", "!aufgabe anna bis 24.11.2026 18:00: Fragen"),
            Stage.line("anna", "!ende wirklich"),
        ])
        let stage = try Stage(store: store)
        let announcer = Announcer(adapters: ["test": stage.adapter], spoken: { _ in })
        var conversation = try await stage.conversation(announcer)
        try await conversation.take(.clock(Stage.evening.addingTimeInterval(3 * 86_400)))
        await announcer.sayAll()
        #expect(stage.adapter.texts.contains { $0.contains("A1 »Fragen« war bis") })
        let last = try Stage(store: store)
        try await last.play([Stage.line("anna", "!erledigt A1")])
        #expect(last.adapter.texts.contains("A1 ist erledigt."))
    }

    @Test(
        "whoever is typing is not asked why she has said nothing yet",
        arguments: [(3.0, ["ceyda"]), (7.0, ["bernd", "ceyda"])])
    func typing(before: TimeInterval, asked: [String]) async throws {
        let stage = try Stage()
        let announcer = Announcer(adapters: ["test": stage.adapter], spoken: { _ in })
        var conversation = try await stage.conversation(announcer)
        for line in [
            Stage.line("anna", "!start Probe"), Stage.line("anna", "!ermuntern"), Stage.line("anna", "+ eins"),
        ] {
            guard case .message(let message) = line else { continue }
            try await conversation.take(.message(message, isMember: true))
        }
        for name in ["bernd", "ceyda"] {
            try await conversation.take(.joined(Stage.room, Stage.sender(name), at: Stage.evening))
        }
        await announcer.sayAll()
        stage.adapter.forget()
        let moment = Stage.evening.addingTimeInterval(301)
        try await conversation.take(
            .typing(Stage.sender("bernd").identity, at: moment.addingTimeInterval(-before)))
        try await conversation.take(.clock(moment))
        await announcer.sayAll()
        #expect(
            stage.adapter.said.map(\.destination)
                == asked.map { .person(Stage.sender($0).identity, adapter: "test") })
    }
}

/// Codes that somebody thought of.
private final class Codes: FacilitatorCodes {
    private let codes: Mutex<[String: String]>

    init(_ codes: [String: String]) {
        self.codes = Mutex(codes)
    }

    func group(of code: String, by asker: Identity, at now: Date) -> String? {
        codes.withLock { $0[code] }
    }

    func redeem(_ code: String, for group: String, by asker: Identity, at now: Date) -> Bool {
        codes.withLock { codes in
            guard codes[code] == group else { return false }
            codes[code] = nil
            return true
        }
    }

    func void(_ code: String) {
        codes.withLock { $0[code] = nil }
    }
}
