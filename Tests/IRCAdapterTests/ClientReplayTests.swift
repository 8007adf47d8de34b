import Facilitation
import IRCAdapter
import IRCProtocol
import Testing

/// The machine's clock begins at 19:00:00 on 22 November 2026.
@Suite("What is said again without being asked for")
struct ClientReplayTests {
    private typealias Harness = ClientHarness
    private static let capabilities = "batch message-tags server-time"

    /// Heard a line a second ago, lost its link, and is back in the room.
    private func back(_ configure: (inout Harness) -> Void = { _ in }) -> Harness {
        var client = Harness()
        client.enter(capabilities: Self.capabilities)
        client.line("@time=2026-11-22T19:04:10.500Z :anna!a@h PRIVMSG #stadtbaeume :!weiter")
        client.pass(.seconds(20))
        client.handle(.disconnected(jitter: 0.5))
        client.handle(.connected(.secure))
        client.line(
            ":s.x CAP * LS :\(Self.capabilities)", ":s.x CAP * ACK :\(Self.capabilities)", ":s.x 001 lotse :hi",
            ":lotse!l@h JOIN #stadtbaeume", ":s.x 353 lotse = #stadtbaeume :lotse anna", ":s.x 366 lotse #stadtbaeume :"
        )
        configure(&client)
        client.forget()
        return client
    }

    @Test(
        "is not carried out, whatever way it comes",
        arguments: [
            // Heard before; said before the last line; while the bot was away.
            ["@time=2026-11-22T19:04:10.500Z :anna!a@h PRIVMSG #stadtbaeume :!weiter"],
            ["@time=2026-11-22T19:00:01.000Z :anna!a@h PRIVMSG #stadtbaeume :!start"],
            ["@time=2026-11-22T19:04:12.000Z :bernd!b@h PRIVMSG #stadtbaeume :+ Idee"],
            ["@time=2026-11-22T18:00:00.000Z :bernd!b@h PRIVMSG lotse :+ Idee"],
            [
                "BATCH +x znc.in/playback #stadtbaeume",
                "@batch=x;time=2026-11-22T19:30:00.000Z :anna!a@h PRIVMSG #stadtbaeume :!weiter", "BATCH -x",
            ],
            [
                "BATCH +x chathistory #stadtbaeume",
                "@batch=x;msgid=1;time=2026-11-22T19:30:00.000Z :anna!a@h PRIVMSG #stadtbaeume :!weiter", "BATCH -x",
            ],
        ])
    func ignored(_ lines: [String]) {
        var client = back()
        for line in lines { client.line(line) }
        #expect(client.messages.isEmpty)
    }

    @Test("does not show who is there now: an old host is no news")
    func teachesNothing() {
        var client = back()
        client.line(
            "@time=2026-11-22T19:00:01.000Z :anna!old@host PRIVMSG #stadtbaeume :!start",
            ":s.x 352 lotse #stadtbaeume a h s.x anna H :0 Anna", ":s.x 315 lotse #stadtbaeume :End")
        client.line("@time=2026-11-22T19:05:00.000Z :anna!a@h PRIVMSG #stadtbaeume :hallo")
        #expect(client.messages.map(\.text) == ["hallo"])
    }

    @Test(
        "is told from what is said now, also where the clocks differ",
        arguments: [("", "19:04:30"), ("19:34:30", "19:34:31"), ("18:34:30", "18:34:31")])
    func live(server: String, line: String) {
        var client = back { client in
            // Of the server's clock no more is known than its lines show.
            if !server.isEmpty { client.line("@time=2026-11-22T\(server).000Z :s.x 372 lotse :-") }
        }
        client.line("@time=2026-11-22T\(line).900Z :bernd!b@h PRIVMSG lotse :+ Idee")
        #expect(client.messages.map(\.text) == ["+ Idee"])
    }
}
