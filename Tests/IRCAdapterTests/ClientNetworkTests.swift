import DialogEngine
import Facilitation
import IRCAdapter
import LoopbackTesting
import Logging
import Testing

@Suite("The client on a real network", .timeLimit(.minutes(5)))
struct ClientNetworkTests {
    private func configuration(port: Int) -> IRCClient.Configuration {
        var configuration = IRCClient.Configuration(
            name: "net", host: "127.0.0.1", channels: ["#stadtbaeume", "#zweite"], overloadedNotice: "too busy",
            notUTF8Notice: "not UTF-8")
        configuration.port = port
        configuration.tls.isEnabled = false
        return configuration
    }

    private func client(
        _ configuration: IRCClient.Configuration, inbox: RecordingInbox, clock: ManualClock = ManualClock()
    ) -> IRCClient {
        IRCClient(
            configuration: configuration, inbox: inbox, processMark: "t", logger: Logger(label: "test"),
            clock: clock, random: { 0.5 })
    }

    /// Runs the client as long as `body` does.
    private func with(_ client: IRCClient, _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await client.run() }
            try await body()
            group.cancelAll()
        }
    }

    private static func isPresent(in name: String, times: Int = 1) -> @Sendable ([Incoming]) -> Bool {
        { received in
            received.count { if case .present(let room, _, _) = $0 { room.name == name } else { false } } >= times
        }
    }

    @Test(
        "registers at ngircd and talks in its rooms and in private",
        .enabled(if: LoopbackServer.ngircdPath != nil, "ngircd is not installed"))
    func ngircd() async throws {
        let server = try await LoopbackServer.ngircd(password: "geheim")
        defer { server.stop() }
        let inbox = RecordingInbox()
        var configuration = configuration(port: server.port)
        configuration.password = "geheim"
        let client = client(configuration, inbox: inbox)
        try await with(client) {
            await inbox.wait(until: Self.isPresent(in: "#stadtbaeume"))
            await inbox.wait(until: Self.isPresent(in: "#zweite"))
            let anna = try await LineClient(port: server.port)
            try await anna.send("PASS geheim", "NICK anna", "USER anna 0 * anna", "JOIN #stadtbaeume")
            #expect(await anna.line(containing: " 353 ")?.contains("lotse") == true)
            try await anna.send("PRIVMSG #stadtbaeume :+ Junge Bäume", "PRIVMSG lotse :!hilfe")
            await inbox.wait(forText: "!hilfe")
            #expect(inbox.texts == ["+ Junge Bäume", "!hilfe"])
            let sender = try #require(inbox.messages.first?.sender)
            #expect(sender.name == "anna")

            let room = Destination.room(Room(adapter: "net", name: "#stadtbaeume"))
            await client.send(OutgoingMessage("B1 notiert.", manner: .notice), to: room)
            #expect(await anna.line(containing: "NOTICE #")?.hasSuffix(" NOTICE #stadtbaeume :B1 notiert.") == true)
            await client.send(OutgoingMessage("psst"), to: .person(sender.identity, adapter: "net"))
            #expect(await anna.line(containing: "psst")?.hasSuffix(" PRIVMSG anna :psst") == true)
            try await anna.send("NICK ann", "PRIVMSG #stadtbaeume :!ok")
            await inbox.wait(forText: "!ok")
            #expect(inbox.messages.last?.sender == Sender(identity: sender.identity, name: "ann"))
        }
    }

    @Test(
        "uses what inspircd offers: confirmed lines, answers at their lines, the mode for bots",
        .enabled(if: LoopbackServer.inspircdPath != nil, "inspircd is not installed"))
    func inspircd() async throws {
        let server = try await LoopbackServer.inspircd()
        defer { server.stop() }
        let inbox = RecordingInbox()
        let client = client(configuration(port: server.port), inbox: inbox)
        try await with(client) {
            await inbox.wait(until: Self.isPresent(in: "#stadtbaeume"))
            let anna = try await LineClient(port: server.port)
            try await anna.send(
                "CAP REQ :message-tags", "NICK anna", "USER anna 0 * anna", "CAP END")
            #expect(await anna.line(containing: " 001 ") != nil)
            try await anna.send("JOIN #stadtbaeume", "PRIVMSG #stadtbaeume :+ Junge Bäume")
            await inbox.wait(forText: "+ Junge Bäume")
            let id = try #require(inbox.messages.first?.id)
            let answer = OutgoingMessage("B1 notiert.", manner: .notice, inReplyTo: id)
            #expect(await client.send(answer, to: .room(Room(adapter: "net", name: "#stadtbaeume"))))
            #expect(await anna.line(containing: "B1 notiert.")?.contains("+draft/reply=\(id)") == true)
            try await anna.send("WHOIS lotse")
            #expect(await anna.line(containing: " 335 ")?.contains(" lotse ") == true)
        }
    }

    @Test(
        "talks at ircd-hybrid, and comes back when it was kicked there",
        .enabled(if: LoopbackServer.hybridPath != nil, "ircd-hybrid is not there; .ci/run unpacks it"))
    func hybrid() async throws {
        let server = try await LoopbackServer.hybrid()
        defer { server.stop() }
        let anna = try await LineClient.entering("#stadtbaeume", as: "anna", port: server.port)
        let inbox = RecordingInbox()
        let client = client(configuration(port: server.port), inbox: inbox)
        try await with(client) {
            await inbox.wait(until: Self.isPresent(in: "#stadtbaeume"))
            try await anna.send("PRIVMSG #stadtbaeume :+ Junge Bäume", "KICK #stadtbaeume lotse :raus")
            await inbox.wait(until: Self.isPresent(in: "#stadtbaeume", times: 2))
            try await anna.send("PRIVMSG lotse :!ok")
            await inbox.wait(forText: "!ok")
            #expect(inbox.texts == ["+ Junge Bäume", "!ok"])
            // She is the same, in the room and privately, before the kick and after it.
            #expect(Set(inbox.messages.map(\.sender)).count == 1)
            await client.send(
                OutgoingMessage("B1 notiert.", manner: .notice),
                to: .room(Room(adapter: "net", name: "#stadtbaeume")))
            #expect(await anna.line(containing: "NOTICE #")?.hasSuffix(" NOTICE #stadtbaeume :B1 notiert.") == true)
        }
    }

    @Test(
        "tries other nicks, and QUITs when it is stopped",
        .enabled(if: LoopbackServer.ngircdPath != nil, "ngircd is not installed"))
    func collision() async throws {
        let server = try await LoopbackServer.ngircd()
        defer { server.stop() }
        let other = try await LineClient.entering("#stadtbaeume", as: "lotse", port: server.port)
        let inbox = RecordingInbox()
        try await with(client(configuration(port: server.port), inbox: inbox)) {
            await inbox.wait(until: Self.isPresent(in: "#stadtbaeume"))
            #expect(await other.line(containing: "JOIN")?.hasPrefix(":lotse_!") == true)
        }
        #expect(await other.line(containing: "QUIT")?.contains("Lotse is stopping") == true)
    }

    @Test("connects again after the link was lost, and says what waited meanwhile")
    func reconnect() async throws {
        let port = try await FreePort.find()
        let inbox = RecordingInbox()
        let clock = ManualClock()
        let client = client(configuration(port: port), inbox: inbox, clock: clock)
        try await with(client) {
            try await withListener(port: port) {
                await inbox.wait(until: Self.isPresent(in: "#stadtbaeume"))
                clock.hold(true)
            }
            try await withListener(port: port) {
                clock.hold(false)
                let anna = try await LineClient.entering("#stadtbaeume", as: "anna", port: port)
                async let sent: Bool = client.send(
                    OutgoingMessage("wieder da"), to: .room(Room(adapter: "net", name: "#stadtbaeume")))
                #expect(await anna.line(containing: "wieder da") != nil)
                #expect(await sent)
            }
        }
    }

    @Test(
        "speaks TLS and trusts only whom it is told to",
        .enabled(if: TestCertificate.path != nil, "openssl is not installed"))
    func tls() async throws {
        let certificate = try TestCertificate()
        defer { certificate.remove() }
        let port = try await FreePort.find()
        let trusts: [(IRCClient.Configuration.TLS.Trust, isRight: Bool)] = [
            (.authorities(file: certificate.certificate), true), (.pinned(sha256: certificate.sha256), true),
            (.pinned(sha256: String(repeating: "0", count: 64)), false), (.system, false),
        ]
        for (trust, isRight) in trusts {
            try await withListener(port: port, tls: certificate) {
                let inbox = RecordingInbox()
                let failures = RecordingLog()
                var configuration = configuration(port: port)
                configuration.tls = .init(trust: trust)
                let client = IRCClient(
                    configuration: configuration, inbox: inbox, processMark: "t",
                    logger: Logger(label: "test") { _ in failures }, clock: ManualClock(), random: { 0.5 })
                try await with(client) {
                    if isRight {
                        await inbox.wait(until: Self.isPresent(in: "#stadtbaeume"))
                    } else {
                        await failures.wait(for: "connection failed")
                        #expect(inbox.received == [])
                    }
                }
            }
        }
    }

    @Test("refuses to run where a pin is none")
    func refusals() async {
        var configuration = configuration(port: 1)
        configuration.sasl = .init(account: "lotse", password: "geheim")
        let inbox = RecordingInbox()
        configuration.tls = .init(trust: .pinned(sha256: "12:34"))
        await #expect(throws: IRCClientError.invalidPin("12:34")) {
            try await client(configuration, inbox: inbox).run()
        }
        #expect(!"\(configuration)".contains("geheim"))
    }

    private func withListener(
        port: Int, tls: TestCertificate? = nil, _ body: () async throws -> Void
    ) async throws {
        var configuration = IRCListener.Configuration(overloadedNotice: "too busy")
        configuration.port = port
        configuration.botNick = "hafen"
        configuration.channels = ["#stadtbaeume"]
        configuration.tls = tls.map { .init(certificateChainFile: $0.certificate, privateKeyFile: $0.key) }
        let listener = IRCListener(
            configuration: configuration, inbox: RecordingInbox(), processMark: "t", logger: Logger(label: "test"))
        try await listener.start()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run() }
            try await body()
            group.cancelAll()
        }
    }
}
