import DialogEngine
import DialogFiles
import FacilitationTesting
import Foundation
import Logging
import SeededRandom
import Testing
import Wording

@testable import Facilitation

/// What may be heard again of what was said in a room, and what may not.
@Suite("What is kept of a room")
struct StoredHistoryTests {
    /// A session in the shipped guide, and what its room may hear of it again.
    private struct Scene {
        private var rehearsal: Rehearsal
        private let history: StoredHistory

        private static let guide = Result {
            try DialogFile.read(TranscriptTests.dialogs.appendingPathComponent("kommunale-netzwerke.yaml").path)
        }
        private static let wording = Result {
            try WordingFiles.read(folder: TranscriptTests.dialogs.appendingPathComponent("wording").path)
        }

        init(_ store: any SessionStore = MemorySessionStore()) async throws {
            let interpreter = try #require(
                Interpreter(phrasebooks: try Self.wording.get(), botName: "lotse", timeZone: .gmt))
            let group = Group(
                name: "eins", rooms: [Rehearsal.room], guide: try Self.guide.get(), language: Language(rawValue: "de"),
                anyoneMayStart: true)
            rehearsal = try await Rehearsal(
                group, interpreter: interpreter, store: store, outcomes: NoFiles(), at: Stage.evening)
            history = StoredHistory(
                of: .init(groups: [group]), in: store, interpreter: interpreter,
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
            try await play("anna: !start Probe")
        }

        /// Plays lines such as `anna: + Text`, or `private dirk: + Text`, a second after each other.
        mutating func play(_ lines: String...) async throws { try await play(lines) }

        mutating func play(_ lines: [String]) async throws {
            for line in lines {
                let isPrivate = line.hasPrefix("private ")
                let parts = line.dropFirst(isPrivate ? 8 : 0).split(separator: ": ", maxSplits: 1).map(String.init)
                let (name, text) = (parts[0], parts[1])
                try await pass(1)
                _ = try await rehearsal.play(
                    isPrivate ? .whispered(from: name, to: "lotse", text) : .said(by: name, text))
            }
        }

        mutating func pass(_ seconds: Double) async throws {
            _ = try await rehearsal.advance(to: rehearsal.now.addingTimeInterval(seconds))
        }

        func lines(in room: Room = Rehearsal.room) async -> [PublicLine]? { await history.lines(in: room) }

        var texts: [String] {
            get async { (await lines() ?? []).map { "\($0.name): \($0.text)" } }
        }
    }

    @Test("what was meant for the bot comes back as it was said; talk and what the bot said do not")
    func comesBack() async throws {
        var scene = try await Scene()
        let said = [
            "bernd: + Junge Bäume vertrocknen.", "dirk: +recht Die Satzung gilt.", "bernd: ? Wer haftet?",
            "anna: = Regenwasser fehlt.", "dirk: !einwand zu kurz", "anna: !geklärt K1 Die Stadt.",
            "ceyda: !parken Spielplatz",
        ]
        try await scene.play(
            Array(said[..<3]) + ["dirk: Das ist Gerede.", "bernd: !stand"] + said[3...] + ["anna: !weiter"])
        #expect(await scene.texts == said)
    }

    @Test("a line keeps its time and its id, over later ones and over a restart")
    func keepsItsID() async throws {
        let store = MemorySessionStore()
        var scene = try await Scene(store)
        try await scene.play("bernd: + eins")
        let first = try #require(await scene.lines()?.first)
        #expect(first.at == Stage.evening.addingTimeInterval(2))
        #expect(
            first.id == "probe-2026-11-22-\(try #require(await store.load("probe-2026-11-22")?.contributions[0].seq))")
        try await scene.play("dirk: + zwei", "bernd: !ändern B1 drei")
        #expect(await scene.lines()?.first == PublicLine(id: first.id, at: first.at, name: "bernd", text: "+ drei"))
    }

    @Test("where the network named the message, that is its id; what else it caused has another")
    func networkIDs() async throws {
        let stage = try Stage()
        try await stage.play([
            Stage.line("anna", "!start Probe", id: "m0"), Stage.line("bernd", "+ eins", id: "m1"),
            Stage.line("bernd", "+ zwei"), Stage.line("dirk", "! ", id: "m3"), Stage.line("dirk", "= drei", id: "m4"),
        ])
        let history = StoredHistory(
            of: .init(groups: stage.groups), in: stage.store, interpreter: stage.interpreter,
            logger: Logger(label: "test"))
        let ids = await history.lines(in: Stage.room)?.map(\.id)
        #expect(ids?.count == 3)
        #expect(ids?.first == "m1" && ids?.last == "m4")
        #expect(ids?[1].hasPrefix("probe-2026-11-22-") == true)
    }

    @Test(
        "what was taken back, or may not be read by everybody, does not come back",
        arguments: [
            ["bernd: + geheim", "bernd: !zurückziehen B1"], ["private bernd: + geheim"], ["private bernd: ? geheim"],
            ["private bernd: = geheim"], ["anna: = laut", "private bernd: !einwand geheim"],
            ["anna: = laut", "bernd: !einwand geheim", "bernd: !ok"], ["private bernd: !parken geheim"],
            ["anna: ? laut", "private bernd: !geklärt K1 geheim"],
            ["bernd: + laut", "private bernd: !ändern B1 geheim"],
            ["bernd: ? geheim", "bernd: !zurückziehen K1"],

            ["bernd: +bedenken Läden: geheim"],
            ["anna: !gehe bedenken", "bernd: = Läden: geheim", "dirk: !einwand geheim"],
            ["anna: !gehe bedenken", "bernd: ? geheim", "bernd: !parken geheim"],
            ["anna: !still 5", "bernd: + geheim"], ["anna: !still 5", "private bernd: geheim", "anna: !aufdecken"],
            ["bernd: + geheim", "bernd: ? geheim", "bernd: !parken geheim", "bernd: !vergissmich wirklich"],
            ["bernd: = geheim", "anna: !beschluss", "bernd: !vergissmich wirklich"],
            ["bernd: = geheim", "bernd: !zurückziehen"], ["bernd: !parken geheim", "bernd: !zurückziehen P1"],
            ["bernd: = geheim", "private bernd: s/geheim/geheimer/"],
            ["bernd: geheim"], ["bernd: // + geheim"],
        ])
    func staysAway(_ lines: [String]) async throws {
        var scene = try await Scene()
        try await scene.play(lines)
        #expect(await scene.texts.filter { $0.contains("geheim") } == [])
    }

    @Test("what was written in silence in the room comes back when it is revealed")
    func revealed() async throws {
        var scene = try await Scene()
        try await scene.play("anna: !still 5", "bernd: + leise")
        #expect(await scene.texts == [])
        try await scene.play("anna: !aufdecken")
        #expect(await scene.texts == ["bernd: + leise"])
    }

    @Test("only the group's last session comes back, and nothing in rooms without a group or from a broken store")
    func elsewhere() async throws {
        let store = FailingStore()
        var scene = try await Scene(store)
        try await scene.play("bernd: + eins", "anna: !ende wirklich")
        #expect(await scene.texts == ["bernd: + eins"])
        #expect(await scene.lines(in: Room(adapter: "rehearsal", name: "#other")) == [])
        try await scene.pass(86_400)
        try await scene.play("anna: !start neu Probe", "bernd: + zwei")
        #expect(await scene.texts == ["bernd: + zwei"])
        try await store.erase("probe-2026-11-23")
        store.damage("probe-2026-11-22")
        #expect(await scene.lines() == nil)
    }

    /// Each stands in lines of a kind that nobody may hear again.
    private static let secrets = ["Gegenwind", "Vertrauliches", "Verdecktes", "Verworfenes", "Vergessenes"]

    @Test("no line has a word that may not be read, whatever happens in whatever sequence", arguments: 1...40)
    func keepsSecrets(_ seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var scene = try await Scene()
        let scenes = [
            ["dirk: +bedenken Laden: Gegenwind"],
            ["private dirk: +problem Vertrauliches", "private ceyda: ? Vertrauliches"],
            ["private xaver: +partner Vertrauliches AG"],
            ["dirk: ? Was gilt?", "private ceyda: !geklärt K1 Vertrauliches"],
            ["anna: !gehe bedenken", "anna: = Laden: Gegenwind", "dirk: !einwand Gegenwind", "anna: ? Gegenwind?"],
            ["anna: !gehe bedenken", "ceyda: !parken Gegenwind", "anna: !beschluss"],
            ["anna: !gehe problem", "anna: = laut", "private dirk: !einwand Vertrauliches", "anna: !beschluss"],
            [
                "anna: !gehe partner", "anna: !still 5", "private xaver: Verdecktes eG", "anna: !gehe problem",
                "anna: !aufdecken",
            ],
            ["anna: !gehe alltag", "ceyda: + Verworfenes", "ceyda: !zurückziehen"],
            ["anna: !gehe alltag", "dirk: + Verworfenes", "dirk: s/Verworfenes/Besseres/"],
            ["anna: !gehe alltag", "dirk: = Verworfenes", "dirk: s/Verworfenes/Besseres/"],
            ["anna: !gehe alltag", "dirk: + Gutes", "private dirk: s/Gutes/Vertrauliches/"],
            [
                "anna: !gehe alltag", "bernd: + Vergessenes", "bernd: = Vergessenes", "bernd: ? Vergessenes",
                "bernd: !vergissmich wirklich",
            ],
            ["ceyda: + laut", "dirk: !parken laut", "anna: !weiter", "anna: !weiter wirklich"],
        ]
        for _ in 0..<25 { try await scene.play(scenes.randomElement(using: &random) ?? []) }
        let texts = await scene.texts
        for secret in Self.secrets { #expect(texts.filter { $0.contains(secret) } == [], "seed \(seed)") }
        #expect(!texts.isEmpty)
    }
}
