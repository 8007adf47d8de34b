import DialogEngine
import Facilitation
import IRCAdapter
import IRCProtocol
import Testing

/// Lines that clients cut, as the bot hears them on a network.
@Suite("Long lines")
struct LongLineTests {
    private typealias Harness = ClientHarness

    /// A client: where it cuts, and how long it waits between two pieces.
    struct Client: CustomTestStringConvertible, Sendable {
        let name: String
        /// Bytes of text in a line, by what is around it.
        let budget: @Sendable (_ overhead: Int) -> Int
        let wait: @Sendable (_ bytes: Int) -> Duration

        var testDescription: String { name }
    }

    static let clients = [
        Client(name: "HexChat", budget: { 512 - $0 }, wait: { _ in .milliseconds(20) }),
        Client(name: "irssi", budget: { 510 - 50 - $0 / 2 }, wait: { .seconds(2 + $0 / 100) + .milliseconds(150) }),
        Client(name: "WeeChat", budget: { _ in 399 }, wait: { _ in .milliseconds(2030) }),
        Client(name: "WeeChat, long nicks", budget: { _ in 372 }, wait: { _ in .milliseconds(2030) }),
        Client(name: "Kiwi IRC, The Lounge", budget: { _ in 350 }, wait: { _ in .milliseconds(5) }),
    ]

    static let sources: [(source: String, channel: String)] = [
        ("anna!a@h", "#stadtbaeume"),
        ("anna_aus_der_stadtverwaltung!~annabergm@2001-0db8-85a3-0000-0000-8a2e-0370-7334.example.net", "#stadtbaeume"),
    ]

    /// Cut before words, as clients do it.
    private func pieces(_ text: String, _ budget: Int) -> [String] {
        var pieces: [String] = []
        var piece = ""
        for word in text.split(separator: " ") {
            if !piece.isEmpty, piece.utf8.count + 1 + word.utf8.count > budget {
                pieces.append(piece)
                piece = ""
            }
            piece += piece.isEmpty ? word : " " + word
        }
        return pieces + [piece]
    }

    /// Says the pieces one after the other; returns what the inbox got, with everything that waits handed on.
    private func heard(
        _ pieces: [String], from source: String, in channel: String = "#stadtbaeume", wait: (Int) -> Duration,
        then: (inout Harness) -> Void = { _ in }
    ) -> [IncomingMessage] {
        var client = Harness { $0.channels = [channel] }
        client.enter(capabilities: "message-tags")
        client.line(":\(source) JOIN \(channel)")
        client.forget()
        for piece in pieces {
            client.line(":\(source) PRIVMSG \(channel) :\(piece)")
            passing(wait(piece.utf8.count + channel.utf8.count + 12), in: &client)
        }
        then(&client)
        passing(.seconds(20), in: &client)
        return client.messages
    }

    /// Time passes, and the timer for long lines goes off as often as it is due.
    private func passing(_ duration: Duration, in client: inout Harness) {
        let step = Duration.milliseconds(50)
        for _ in 0..<Int(duration / step) {
            client.pass(step)
            client.handle(.elapsed(.longLine), isStale: true)
        }
        client.pass(duration - step * Int(duration / step))
    }

    /// What the group has at last, where pieces that come late are put behind what was kept.
    private func joined(_ messages: [IncomingMessage]) -> [String] {
        messages.reduce(into: []) { texts, message in
            if message.continues == .surely, !texts.isEmpty {
                texts[texts.count - 1] += " " + message.text
            } else {
                texts.append(message.text)
            }
        }
    }

    static let texts = [
        "+ " + (1...170).map { "Grünfläche\($0)" }.joined(separator: " "),
        "= " + (1...120).map { "🌳Baum👩‍🌾\($0)" }.joined(separator: " "),
        "? " + (1...400).map { "w\($0)" }.joined(separator: " "),
        "!einwand " + (1...90).map { "Regenwasserrückhaltebecken\($0)" }.joined(separator: " "),
    ]

    @Test("are one line again, whatever client cut them", arguments: clients, texts)
    func joins(_ client: Client, _ text: String) {
        for (source, channel) in Self.sources {
            let overhead = ":\(source) PRIVMSG \(channel) :".utf8.count + 2
            let pieces = pieces(text, min(client.budget(overhead), 512 - overhead))
            #expect(pieces.count > 2)
            let messages = heard(pieces, from: source, in: channel, wait: client.wait)
            #expect(joined(messages) == [text], "\(source)")
            #expect(messages.allSatisfy { $0.continues != .perhaps })
        }
    }

    @Test("of two people at once are told apart")
    func twoPeople() {
        var client = Harness()
        client.enter(capabilities: "message-tags")
        client.line(":anna!a@h JOIN #stadtbaeume", ":bernd!b@h JOIN #stadtbaeume")
        client.forget()
        let (one, two) = (Self.texts[0], Self.texts[1])
        for (first, second) in zip(pieces(one, 350).prefix(3), pieces(two, 350)) {
            client.line(":anna!a@h PRIVMSG #stadtbaeume :\(first)", ":bernd!b@h PRIVMSG #stadtbaeume :\(second)")
            passing(.milliseconds(100), in: &client)
        }
        passing(.seconds(10), in: &client)
        let texts = client.messages.map(\.text)
        #expect(texts == [pieces(one, 350).prefix(3), pieces(two, 350).prefix(3)].map { $0.joined(separator: " ") })
    }

    @Test("hold up what others say behind them, and not for long")
    func keepsSequence() {
        var client = Harness()
        client.enter(capabilities: "message-tags")
        client.line(":anna!a@h JOIN #stadtbaeume", ":bernd!b@h JOIN #stadtbaeume")
        client.forget()
        let piece = "= " + String(repeating: "Wasser ", count: 49) + "fehlt"
        client.line(":anna!a@h PRIVMSG #stadtbaeume :\(piece)", ":bernd!b@h PRIVMSG #stadtbaeume :!beschluss")
        passing(.seconds(1), in: &client)
        #expect(client.messages.isEmpty)
        client.line(":anna!a@h PRIVMSG #stadtbaeume :im Sommer")
        #expect(client.messages.map(\.text) == ["\(piece) im Sommer", "!beschluss"])
        client.line(":anna!a@h PRIVMSG #stadtbaeume :\(piece)", ":bernd!b@h PRIVMSG #stadtbaeume :!ok")
        passing(.seconds(9), in: &client)
        #expect(client.messages.map(\.text).suffix(2) == [piece, "!ok"])
    }

    @Test(
        "are not made of lines that stand alone",
        arguments: [
            // Short enough for the next word.
            ("+ " + String(repeating: "Wasser ", count: 38), "ja", Duration.milliseconds(300)),
            // Long after.
            ("+ " + String(repeating: "Wasser ", count: 50), "ja, das finde ich auch", .seconds(12)),
            // With a mark of its own.
            ("+ " + String(repeating: "Wasser ", count: 50), "+ Bänke am Markt", .milliseconds(10)),
            ("+ " + String(repeating: "Wasser ", count: 50), "!weiter", .milliseconds(10)),
        ])
    func leavesAlone(_ first: String, _ second: String, after gap: Duration) {
        let first = first.split(separator: " ").joined(separator: " ")
        let messages = heard([first, second], from: "anna!a@h", wait: { _ in gap })
        #expect(messages.map(\.text) == [first, second])
        #expect(messages.map(\.continues) == [nil, nil])
    }

    @Test("leave a doubt where the next line comes when only its sender can say")
    func doubts() {
        let first = "+ " + String(repeating: "Wasser ", count: 50) + "Ende"
        let messages = heard([first, "das wollte ich sagen"], from: "anna!a@h", wait: { _ in .seconds(4) })
        #expect(messages.map(\.text) == [first, "das wollte ich sagen"])
        #expect(messages.map(\.continues) == [nil, .perhaps])
    }

    @Test("that the network gives as a whole are not waited for")
    func multiline() {
        var client = Harness()
        client.enter(capabilities: "batch message-tags draft/multiline=max-bytes=4096")
        client.line(":anna!a@h JOIN #stadtbaeume")
        client.forget()
        let half = String(repeating: "Wasser ", count: 25)
        client.line(
            ":anna!a@h BATCH +1 draft/multiline #stadtbaeume", "@batch=1 :anna!a@h PRIVMSG #stadtbaeume :+ \(half)",
            "@batch=1;draft/multiline-concat :anna!a@h PRIVMSG #stadtbaeume :\(half)fehlt", ":anna!a@h BATCH -1")
        #expect(client.messages.map(\.text) == ["+ \(half)\(half)fehlt"])
        client.line(":anna!a@h PRIVMSG #stadtbaeume :ja")
        #expect(client.messages.last?.continues == nil)
    }

    @Test("are one line again on the listener, where a text of several lines is one as well")
    func listener() {
        let piece = "= " + String(repeating: "Wasser ", count: 49) + "fehlt"
        var server = ServerHarness()
        server.enter(1, "anna", caps: "batch draft/multiline message-tags")
        server.enter(2, "bernd")
        server.line(1, "PRIVMSG #stadtbaeume :\(piece)")
        server.line(2, "PRIVMSG #stadtbaeume :!ok")
        #expect(server.delivered.isEmpty)
        server.line(1, "PRIVMSG #stadtbaeume :im Sommer")
        #expect(server.texts == ["\(piece) im Sommer", "!ok"])
        // Nothing follows: the machine wakes by itself.
        server.line(2, "PRIVMSG lotse :\(piece).")
        #expect(server.wakeAt == server.moment.uptime + .seconds(3))
        _ = server.wait(.seconds(3))
        #expect(server.texts.last == "\(piece).")
        server.line(1, "BATCH +x draft/multiline #stadtbaeume")
        server.line(1, "@batch=x PRIVMSG #stadtbaeume :\(piece)")
        server.line(1, "@batch=x;draft/multiline-concat PRIVMSG #stadtbaeume : im Sommer")
        server.line(1, "BATCH -x")
        #expect(server.texts.last == "\(piece) im Sommer")
    }

    @Test("are handed on where the listener stops")
    func stopping() {
        let piece = "= " + String(repeating: "Wasser ", count: 49) + "fehlt"
        var server = ServerHarness()
        server.enter(1, "anna")
        server.line(1, "PRIVMSG lotse :\(piece)")
        #expect(server.texts.isEmpty)
        _ = server.handle(.shutdown)
        #expect(server.texts == [piece])
    }

    @Test("end where their sender leaves, and where the link does", arguments: [true, false])
    func ends(byLeaving: Bool) {
        let piece = "+ " + String(repeating: "Wasser ", count: 50) + "Ende"
        var client = Harness()
        client.enter(capabilities: "message-tags")
        client.line(":anna!a@h JOIN #stadtbaeume")
        client.forget()
        client.line(":anna!a@h PRIVMSG #stadtbaeume :\(piece)")
        #expect(client.messages.isEmpty)
        if byLeaving { client.line(":anna!a@h QUIT :bye") } else { client.handle(.disconnected(jitter: 0)) }
        #expect(client.messages.map(\.text) == [piece])
    }
}

extension ServerHarness {
    fileprivate var texts: [String] {
        delivered.compactMap { if case .message(let message) = $0 { message.text } else { nil } }
    }
}

extension ClientHarness {
    var messages: [IncomingMessage] {
        delivered.compactMap { if case .message(let message) = $0 { message } else { nil } }
    }
}
