@testable import IRCAdapter

import DialogEngine
import Facilitation
import Foundation
import Logging
import NIOCore
import NIOPosix
import Testing

@Suite("The listener, over loopback", .timeLimit(.minutes(5)))
struct ListenerTests {
    /// Starts a listener on a free port and ends it when `body` is done.
    private func withListener(
        history: (any RoomHistory)? = nil, _ configure: (inout IRCListener.Configuration) -> Void = { _ in },
        _ body: (IRCListener, Int, RecordingInbox) async throws -> Void
    ) async throws {
        var configuration = IRCListener.Configuration(overloadedNotice: "too busy")
        configuration.port = 0
        configuration.channels = ["#stadtbaeume"]
        configure(&configuration)
        let inbox = RecordingInbox()
        let listener = IRCListener(
            configuration: configuration, inbox: inbox, history: history, processMark: "t",
            logger: Logger(label: "test"))
        let port = try await listener.start()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run() }
            try await body(listener, port, inbox)
            group.cancelAll()
        }
    }

    @Test("two people and the bot talk in one room")
    func talk() async throws {
        try await withListener { listener, port, inbox in
            let anna = try await LineClient.entering("#stadtbaeume", as: "anna", port: port)
            let bernd = try await LineClient.entering("#stadtbaeume", as: "bernd", port: port)
            try await anna.send("PRIVMSG #stadtbaeume :+ Junge Bäume vertrocknen")
            #expect(
                await bernd.line(containing: "PRIVMSG")?.hasSuffix("#stadtbaeume :+ Junge Bäume vertrocknen") == true)
            let room = Room(adapter: "local", name: "#stadtbaeume")
            await listener.send(OutgoingMessage("B1 notiert.", manner: .notice), to: .room(room))
            #expect(
                await anna.line(containing: "NOTICE") == ":lotse!lotse@lotse.local NOTICE #stadtbaeume :B1 notiert.")
            _ = try await anna.barrier()
            #expect(inbox.texts == ["+ Junge Bäume vertrocknen"])
        }
    }

    @Test("replies come in the order of the commands, also when they arrive in pieces")
    func order() async throws {
        try await withListener { _, port, _ in
            let client = try await LineClient(port: port)
            try await client.trickle("NICK anna\nUSER a 0 * a\r\n\r\nVERS")
            try await client.send("ION", "PING 1", "TIME", "PING 2")
            _ = await client.line(containing: " 422 ")
            let commands = try await client.barrier().map { String($0.split(separator: " ")[1]) }
            #expect(commands == ["351", "005", "005", "PONG", "391", "PONG"])
        }
    }

    @Test("bad bytes are refused and the connection goes on")
    func badBytes() async throws {
        try await withListener { _, port, inbox in
            let anna = try await LineClient.entering("#stadtbaeume", as: "anna", port: port)
            try await anna.send("PRIVMSG #stadtbaeume :" + String(repeating: "x", count: 1000))
            try await anna.send("PRIVMSG #stadtbaeume :a\rQUIT", "PRIVMSG #stadtbaeume :a\u{0}b")
            try await anna.send(bytes: Array("PRIVMSG #stadtbaeume :".utf8) + [0xFF, 0x0A])
            #expect(
                try await anna.barrier().map { String($0.split(separator: " ")[1]) } == [
                    "417", "FAIL", "FAIL", "FAIL",
                ])
            #expect(inbox.messages == [])
        }
    }

    @Test("two hundred connections hear every line of each other")
    func twoHundred() async throws {
        try await withListener { _, port, inbox in
            var clients: [LineClient] = []
            for number in 0..<200 {
                let client = try await LineClient(port: port)
                try await client.send("NICK p\(number)", "USER p 0 * p", "JOIN #stadtbaeume")
                clients.append(client)
            }
            for client in clients { _ = try await client.barrier() }
            for (number, client) in clients.enumerated() { try await client.send("PRIVMSG #stadtbaeume :+ \(number)") }
            for client in clients { _ = try await client.barrier() }
            // By now the server has read all lines; a second barrier brings what it sent because of them.
            #expect(inbox.messages.count == 200)
            try await clients[0].send("PRIVMSG #stadtbaeume :last")
            for client in clients.dropFirst() { #expect(await client.line(containing: ":last") != nil) }
        }
    }

    @Test("a nick is free as soon as its connection was reset")
    func reset() async throws {
        try await withListener { _, port, inbox in
            let anna = try await LineClient.entering("#stadtbaeume", as: "anna", port: port)
            let bernd = try await LineClient.entering("#stadtbaeume", as: "bernd", port: port)
            try await anna.reset()
            #expect(await bernd.line(containing: "QUIT") == ":anna!~anna@1.lotse.local QUIT :Connection closed")
            let again = try await LineClient.entering("#stadtbaeume", as: "anna", port: port)
            #expect(try await again.barrier() == [])
        }
    }

    @Test("who reads too slowly is disconnected, and the others stay")
    func slowReader() async throws {
        try await withListener {
            $0.linesPerSecond = 1_000_000
        } _: { _, port, _ in
            let slow = try await LineClient.entering("#stadtbaeume", as: "slow", port: port)
            let anna = try await LineClient.entering("#stadtbaeume", as: "anna", port: port)
            try await slow.stopReading()
            let text = String(repeating: "x", count: 400)
            var reason: String?
            // The kernel takes some megabytes before anything waits in the listener.
            for _ in 0..<1000 where reason == nil {
                for _ in 0..<100 { try await anna.send("PRIVMSG slow :\(text)") }
                for line in try await anna.barrier() where line.contains(" QUIT ") { reason = line }
            }
            #expect(reason == ":slow!~slow@1.lotse.local QUIT :SendQ exceeded")
        }
    }

    @Test("a hundred and fifty half-open peers keep nobody out")
    func halfOpen() async throws {
        try await withListener {
            $0.maximumConnections = 100
        } _: { _, port, _ in
            var peers: [LineClient] = []
            for _ in 0..<150 {
                let peer = try await LineClient(port: port)
                try await peer.send(bytes: [UInt8(ascii: "N")])
                peers.append(peer)
            }
            let anna = try await LineClient.entering("#stadtbaeume", as: "anna", port: port)
            #expect(try await anna.barrier() == [])
        }
    }

    @Test("a full inbox is told to the sender")
    func overloaded() async throws {
        try await withListener { _, port, inbox in
            let anna = try await LineClient.entering("#stadtbaeume", as: "anna", port: port)
            inbox.setFull(true)
            try await anna.send("PRIVMSG #stadtbaeume :+ x")
            #expect(try await anna.barrier() == [":lotse!lotse@lotse.local NOTICE anna :too busy"])
        }
    }

    @Test("an account that is added while the listener runs can sign in at once, and the next lines wait for that")
    func accounts() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "lotse-accounts-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await withListener {
            $0.accountsFile = path
        } _: { _, port, _ in
            let credentials = try SCRAMCredentials(password: "geheim", salt: [1, 2, 3], iterations: 4096)
            try AccountFile(path: path).write([Account(name: "anna", credentials: credentials)])
            let client = try await LineClient(port: port)
            let payload = SASLPlain(account: "anna", password: "geheim").payload[0]
            try await client.send("CAP REQ sasl", "AUTHENTICATE PLAIN", "AUTHENTICATE \(payload)")
            let lines = try await client.barrier().map { String($0.split(separator: " ")[1]) }
            #expect(lines == ["CAP", "+", "900", "903"])
        }
    }

    @Test("What is set in a room stands in a file that others cannot read, and holds after a restart")
    func rooms() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "lotse-rooms-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await withListener {
            $0.roomsFile = path
        } _: { listener, port, inbox in
            let anna = try await LineClient.entering("#stadtbaeume", as: "anna", port: port)
            guard case .joined(let room, let sender, _) = inbox.received.first else { throw CancellationError() }
            await listener.setFacilitators([sender.identity], of: room)
            try await anna.send("MODE #stadtbaeume +k geheim")
            _ = await anna.line(containing: "+k geheim")
            // A second change waits for the first to be written.
            for _ in 0..<200 where !FileManager.default.fileExists(atPath: path) { _ = try await anna.barrier() }
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect((attributes[.posixPermissions] as? Int).map { $0 & 0o077 } == 0)
        try await withListener {
            $0.roomsFile = path
        } _: { _, port, _ in
            let bernd = try await LineClient(port: port)
            try await bernd.send("NICK bernd", "USER b 0 * b", "JOIN #stadtbaeume")
            #expect(await bernd.line(containing: "#stadtbaeume")?.contains(" 475 ") == true)
        }
        try Data("{".utf8).write(to: URL(filePath: path))
        let error = await #expect(throws: IRCListenerError.self) {
            try await withListener({ $0.roomsFile = path }) { _, _, _ in }
        }
        #expect(error?.description.contains(path) == true)
    }

    @Test("Beside forty who guess without a pause, from the same address, the right password gets in every time")
    func guessers() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "lotse-accounts-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let credentials = try SCRAMCredentials(password: "geheim", salt: [1, 2, 3], iterations: 4096)
        try AccountFile(path: path).write([Account(name: "anna", credentials: credentials)])
        try await withListener {
            $0.accountsFile = path
        } _: { _, port, _ in
            let wrong = SASLPlain(account: "anna", password: "falsch").payload[0]
            let right = SASLPlain(account: "anna", password: "geheim").payload[0]
            let replies = try await withThrowingTaskGroup(of: Void.self) { guessers in
                for _ in 0..<40 {
                    guessers.addTask {
                        while !Task.isCancelled {
                            let client = try await LineClient(port: port)
                            try await client.send("CAP REQ sasl")
                            for _ in 0..<3 where !Task.isCancelled {
                                // The third answer comes with the end of the connection.
                                guard (try? await client.send("AUTHENTICATE PLAIN", "AUTHENTICATE \(wrong)")) != nil,
                                    await client.line(containing: " 904 ") != nil
                                else { break }
                            }
                        }
                    }
                }
                var replies: [String?] = []
                for _ in 0..<40 {
                    let client = try await LineClient(port: port)
                    try await client.send("CAP REQ sasl", "AUTHENTICATE PLAIN", "AUTHENTICATE \(right)")
                    replies.append(await client.line(containing: " 90").map { String($0.split(separator: " ")[1]) })
                    try await client.reset()
                }
                guessers.cancelAll()
                return replies
            }
            #expect(replies == Array(repeating: "900", count: 40))
        }
    }

    @Test("lines behind a question for the history wait for its answer, those of others do not")
    func history() async throws {
        let history = HeldHistory()
        try await withListener(history: history) { _, port, _ in
            let anna = try await LineClient(port: port)
            try await anna.send(
                "CAP REQ draft/chathistory", "NICK anna", "USER a 0 * a", "CAP END", "JOIN #stadtbaeume")
            _ = try await anna.barrier()
            try await anna.send("CHATHISTORY LATEST #stadtbaeume * 5", "TIME")
            let bernd = try await LineClient.entering("#stadtbaeume", as: "bernd", port: port)
            _ = try await bernd.barrier()
            await history.answer()
            let commands = try await anna.barrier().map { String($0.split(separator: " ")[1]) }
            #expect(commands == ["JOIN", "PRIVMSG", "391"])
        }
    }

    @Test("many who ask for the history at once cost two looks at most")
    func historyAskedByMany() async throws {
        let history = HeldHistory()
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let room = Room(adapter: "local", name: "#stadtbaeume")
        let answers = try await withThrowingTaskGroup(of: [Int].self) { group in
            group.addTask {
                try await eventLoop.flatSubmit {
                    let desk = HistoryDesk(history)
                    let promises = (0..<100).map { _ in eventLoop.makePromise(of: Int.self) }
                    for promise in promises {
                        desk.ask([room], on: eventLoop) { promise.succeed($0?[room]?.count ?? 0) }
                    }
                    return EventLoopFuture.whenAllSucceed(promises.map(\.futureResult), on: eventLoop)
                }.get()
            }
            await history.answer()
            await history.answer()
            return try await group.next()
        }
        #expect(answers == Array(repeating: 1, count: 100))
        #expect(await history.looks == 2)
    }

    @Test("lines that come too fast wait, and none is lost or overtaken")
    func pace() async throws {
        try await withListener {
            $0.linesPerSecond = 100
        } _: { _, port, inbox in
            let anna = try await LineClient.entering("#stadtbaeume", as: "anna", port: port)
            for number in 0..<420 { try await anna.send("PRIVMSG #stadtbaeume :+ \(number)") }
            await inbox.wait(forText: "+ 419")
            #expect(inbox.texts == (0..<420).map { "+ \($0)" })
        }
    }

    @Test("four seconds' worth of lines may come at once, then so many a second")
    func paceByTheClock() {
        let start = NIODeadline.now()
        var pace = ListenerPace(linesPerSecond: 10, at: start)
        #expect((0..<40).allSatisfy { _ in pace.take(at: start) == nil })
        #expect(pace.take(at: start).map { $0 > .milliseconds(99) && $0 < .milliseconds(101) } == true)
        #expect(pace.take(at: start + .milliseconds(101)) == nil)
        #expect(pace.take(at: start + .milliseconds(101)) != nil)
        #expect((0..<40).allSatisfy { _ in pace.take(at: start + .hours(1)) == nil })
        #expect(pace.take(at: start + .hours(1)) != nil)
    }

    @Test("stopping says good-bye and frees the port")
    func stopping() async throws {
        var reuse = 0
        var anna: LineClient?
        try await withListener { _, port, _ in
            reuse = port
            anna = try await LineClient.entering("#stadtbaeume", as: "anna", port: port)
        }
        #expect(await anna?.line(containing: "ERROR") == "ERROR :Closing link: Lotse is stopping")
        #expect(await anna?.next() == nil)
        let port = reuse
        try await withListener {
            $0.port = port
        } _: { _, again, _ in
            #expect(again == port)
        }
    }

    @Test("it refuses to start where it must not, and says what to do")
    func refusals() async throws {
        func failure(_ configure: (inout IRCListener.Configuration) -> Void) async -> IRCListenerError? {
            await #expect(throws: IRCListenerError.self) { try await withListener(configure) { _, _, _ in } }
        }
        #expect(await failure { $0.host = "0.0.0.0" } == .plaintextNotAllowed(host: "0.0.0.0"))
        #expect(await failure { $0.serverName = "lotse" }?.description.contains("with a dot") == true)
        #expect(await failure { $0.botNick = "der lotse" } != nil)
        #expect(await failure { $0.channels = ["stadtbaeume"] } != nil)
        let missing = IRCListener.Configuration.TLS(certificateChainFile: "/none.pem", privateKeyFile: "/none.pem")
        #expect(await failure { $0.tls = missing }?.description.contains("/none.pem") == true)
        try await withListener { _, port, _ in
            let error = await failure { $0.port = port }
            #expect(error == .portInUse(host: "127.0.0.1", port: port))
            #expect(error?.description.contains("choose another port") == true)
        }
    }
}
