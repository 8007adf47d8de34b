import DialogEngine
import FacilitationTesting
import Synchronization
import Testing

@testable import Facilitation

@Suite("What a group is to hear", .timeLimit(.minutes(5)))
struct AnnouncerTests {
    private static func room(_ name: String) -> Destination { .room(Room(adapter: "town", name: name)) }

    private static func line(_ text: String, in name: String, entry: OutboxEntry.ID? = nil) -> Announcer.Announcement {
        .init(destination: room(name), manner: .speech, content: .text(text), entry: entry)
    }

    @Test("a room that takes nothing does not hold up another one of the same chat system")
    func holdsUpNobody() async throws {
        let town = Town(closed: ["zu"])
        let announcer = Announcer(adapters: ["town": town], spoken: { _ in })
        let running = Task { await announcer.run() }
        announcer.announce([Self.line("wartet", in: "zu"), Self.line("hallo", in: "offen")])
        #expect(await town.next() == "offen: hallo")
        town.open()
        #expect(await town.next() == "zu: wartet")
        announcer.finish()
        await running.value
    }

    @Test("an entry of the outbox is done with when all of its lines are said, and not when one was not")
    func clearsOutbox() async throws {
        let town = Town(refusing: ["kaputt"])
        let spoken = Mutex<[OutboxEntry.ID]>([])
        let announcer = Announcer(adapters: ["town": town], spoken: { ids in spoken.withLock { $0 += ids } })
        announcer.announce([Self.line("a", in: "eins", entry: 1), Self.line("b", in: "zwei", entry: 1)])
        announcer.announce([Self.line("c", in: "eins", entry: 2), Self.line("d", in: "kaputt", entry: 2)])
        await announcer.sayAll()
        #expect(spoken.withLock { $0 } == [1])
    }

    @Test("in a full lane the oldest lines go, and how many is told when it moves again")
    func tellsOfMissedLines() async throws {
        let town = Town(closed: ["zu"])
        let spoken = Mutex<[OutboxEntry.ID]>([])
        let waiting = WaitingLines(adapters: ["town"])
        let announcer = Announcer(
            adapters: ["town": town], capacity: 3, waiting: waiting, missed: { "\($0) fehlen" },
            spoken: { ids in spoken.withLock { $0 += ids } })
        let running = Task { await announcer.run() }
        announcer.announce([Self.line("erste", in: "zu", entry: 1)])
        await town.held()
        // What an adapter holds back waits, too.
        #expect(waiting.now == ["town": 1])
        announcer.announce((1...5).map { Self.line("\($0)", in: "zu", entry: 2) })
        #expect(waiting.now == ["town": 4])
        #expect(waiting.lost == ["town": 2])
        #expect(waiting.oldest["town"].map { $0 > 0 } == true)
        town.open()
        var heard: [String] = []
        for _ in 1...5 { heard.append(await town.next()) }
        #expect(heard == ["erste", "2 fehlen", "3", "4", "5"].map { "zu: \($0)" })
        announcer.finish()
        await running.value
        #expect(spoken.withLock { $0 } == [1, 2])
        #expect(waiting.now == ["town": 0])
        #expect(waiting.oldest == ["town": 0])
    }

    @Test("the lines of an answer are one message where one may have several, and those of two answers are two")
    func joinsLines() async throws {
        let town = Town(longestMessage: 30)
        let announcer = Announcer(adapters: ["town": town], spoken: { _ in })
        func lines(_ texts: String..., to id: String?) -> [Announcer.Announcement] {
            texts.map { text in
                var line = Self.line(text, in: "eins")
                line.inReplyTo = id
                return line
            }
        }
        announcer.announce(lines("a", "b", "c", to: "m1") + lines("d", "e", to: "m2"))
        var quiet = lines("leise", to: "m2")
        quiet[0].manner = .notice
        announcer.announce(quiet + lines(String(repeating: "x", count: 25), "12345", "6", to: nil))
        await announcer.sayAll()
        var heard: [String] = []
        for _ in 1...5 { heard.append(await town.next()) }
        let long = String(repeating: "x", count: 25)
        #expect(heard == ["a\nb\nc", "d\ne", "leise", long, "12345\n6"].map { "eins: \($0)" })
    }

    @Test("what an answer takes at once is not sent, and its end does not wait for what is sent")
    func answersInPlace() async throws {
        let town = Town(closed: ["zu"], answering: ["antwort"])
        let announcer = Announcer(adapters: ["town": town], spoken: { _ in })
        var end = Self.line("", in: "antwort")
        end.content = .end(of: "m1")
        announcer.announce([Self.line("wartet", in: "zu"), Self.line("gleich", in: "antwort"), end])
        #expect(town.answered == ["gleich", "m1"])
    }
}

/// A chat system, some of whose rooms take nothing until they are opened, or refuse everything.
private final class Town: ChatAdapter {
    let name = "town"
    let reachesRoomsApart = true
    let longestMessage: Int?
    private let closed: Set<String>
    private let refusing: Set<String>
    private let answering: Set<String>
    private let taken = Mutex<[String]>([])
    private let heard = AsyncStream.makeStream(of: String.self)
    private let gate = AsyncStream.makeStream(of: Void.self)
    private let holding = AsyncStream.makeStream(of: Void.self)

    init(
        closed: Set<String> = [], refusing: Set<String> = [], answering: Set<String> = [], longestMessage: Int? = nil
    ) {
        self.longestMessage = longestMessage
        (self.closed, self.refusing, self.answering) = (closed, refusing, answering)
    }

    var answered: [String] { taken.withLock { $0 } }

    func open() { gate.continuation.finish() }

    /// Waits until a closed room has something to say.
    func held() async {
        var iterator = holding.stream.makeAsyncIterator()
        _ = await iterator.next(isolation: #isolation)
    }

    func next() async -> String {
        var iterator = heard.stream.makeAsyncIterator()
        return await iterator.next(isolation: #isolation) ?? ""
    }

    func answer(_ message: OutgoingMessage, to destination: Destination) -> Bool {
        guard case .room(let room) = destination, answering.contains(room.name) else { return false }
        taken.withLock { $0.append(message.text) }
        return true
    }

    func dealtWith(_ messageID: String) {
        taken.withLock { $0.append(messageID) }
    }

    func send(_ message: OutgoingMessage, to destination: Destination) async -> Bool {
        guard case .room(let room) = destination, !refusing.contains(room.name) else { return false }
        if closed.contains(room.name) {
            holding.continuation.yield()
            for await _ in gate.stream {}
        }
        heard.continuation.yield("\(room.name): \(message.text)")
        return true
    }

    func run() async throws {}
}
