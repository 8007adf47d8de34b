import FoundationEssentials
import Testing

@testable import IRCAdapter

/// Numbers and times as nobody sends them who means well, wherever the protocol has one: one that is reckoned with
/// unchecked would end the program.
@Suite struct ExtremeNumbersTests {
    static let numbers = [
        "\(Int.min)", "\(Int.max)", "-9223372036854775809", "9223372036854775808", "-0", "0", "-1", "+1", "1e308",
        "1e400", "NaN", "1" + String(repeating: "0", count: 300), "-" + String(repeating: "9", count: 300), "", "１",
        "²",
    ]

    @Test("The listener goes on, whatever number a client sends", arguments: numbers)
    func servesOn(_ number: String) {
        var server = ServerHarness()
        server.enter(1, "anna", channel: "#eigen")
        for line in [
            "MODE #eigen +l \(number)", "MODE #eigen -l \(number)", "MODE #eigen +\(number)", "MODE anna +\(number)",
            "CHATHISTORY LATEST #eigen * \(number)", "CHATHISTORY AROUND #eigen msgid=\(number) \(number)",
            "CHATHISTORY BEFORE #eigen timestamp=\(number) 10",
            "CHATHISTORY BETWEEN #eigen timestamp=9999-12-31T23:59:59.999Z timestamp=0001-01-01T00:00:00.000Z \(number)",
            "CHATHISTORY AFTER #eigen timestamp=\(number)-01-01T00:00:00.000Z 10",
            "CHATHISTORY AFTER #eigen timestamp=2026-01-01T\(number):00:00.000Z 10",
            "CHATHISTORY AFTER #eigen timestamp=2026-01-01T00:00:00.\(number)Z 10",
            "CHATHISTORY TARGETS timestamp=\(number) timestamp=\(number) \(number)", "CAP LS \(number)",
            "LIST >\(number)", "LIST <\(number)", "LIST C>\(number),T<\(number)", "WHOWAS anna \(number)",
            "WHO #eigen %tcuhnfdlar,\(number)", "MONITOR + \(number)", "NICK \(number)", "JOIN \(number)",
            "SILENCE \(number)", "BATCH +\(number) draft/multiline #eigen", "\(number) x",
            "@label=\(number) PING \(number)", "@time=\(number) PRIVMSG #eigen :x", "USER \(number) \(number) * :x",
        ] {
            server.line(1, line)
        }
        #expect(server.line(1, "PING :still there").contains { $0.hasSuffix("still there") })
    }

    @Test("The client goes on, whatever number a server sends", arguments: numbers)
    func readsOn(_ number: String) {
        var client = ClientHarness()
        client.handle(.connected(.plain))
        client.line(
            ":irc.example.org CAP * LS :sts=port=\(number),duration=\(number) draft/multiline=max-bytes=\(number)",
            ":irc.example.org CAP * NEW :sts=port=6697,duration=\(number)")
        client = ClientHarness()
        client.enter(
            capabilities: "batch message-tags server-time labeled-response draft/chathistory "
                + "draft/multiline=max-bytes=\(number),max-lines=\(number)",
            support: "NICKLEN=\(number) CHATHISTORY=\(number) MODES=\(number) MONITOR=\(number) LINELEN=\(number) "
                + "TARGMAX=PRIVMSG:\(number) PREFIX=(\(number))\(number)")
        client.line(
            "@time=\(number);label=\(number);msgid=\(number) :anna!a@h PRIVMSG #stadtbaeume :x",
            "@time=\(number)-01-01T00:00:00.000Z :anna!a@h PRIVMSG #stadtbaeume :x",
            "@time=2026-01-01T\(number):00:00.000Z :anna!a@h PRIVMSG #stadtbaeume :x",
            "@time=2026-01-01T00:00:00.\(number)Z :anna!a@h PRIVMSG #stadtbaeume :x",
            "@time=9999-12-31T23:59:59.999Z :anna!a@h PRIVMSG #stadtbaeume :x",
            "@time=0001-01-01T00:00:00.000Z :anna!a@h PRIVMSG #stadtbaeume :x",
            ":irc.example.org 329 lotse #stadtbaeume \(number)", ":irc.example.org 324 lotse #stadtbaeume +l \(number)",
            ":anna!a@h MODE #stadtbaeume +l \(number)", ":irc.example.org \(number) lotse :x",
            ":irc.example.org 439 lotse \(number) :wait \(number) seconds",
            ":irc.example.org 352 lotse #stadtbaeume a h irc.example.org anna H@ :\(number) Anna")
        client.handle(.disconnected(jitter: 0.5))
        client.handle(.connected(.secure))
        client.line(
            ":s.x CAP * LS :batch server-time message-tags draft/chathistory",
            ":s.x CAP * ACK :batch server-time message-tags draft/chathistory", ":s.x 001 lotse :hi",
            ":s.x 005 lotse CHATHISTORY=\(number) :are supported", ":lotse!l@h JOIN #stadtbaeume",
            ":s.x 366 lotse #stadtbaeume :End", ":s.x 315 lotse #stadtbaeume :End")
        #expect(client.line("PING :still there") == ["PONG :still there"])
    }

    @Test("A time that no calendar has is none", arguments: numbers)
    func refusesTimes(_ number: String) {
        for text in [
            number, "\(number)-01-01T00:00:00.000Z", "2026-01-01T\(number):00:00Z", "2026-\(number)-01T00:00:00Z",
        ] {
            if let time = ServerTime.parse(text) {
                #expect(ServerTime.parse(ServerTime.render(time)) != nil, "\(text)")
            }
        }
    }

    @Test("Only a number of iterations that can be computed is taken", arguments: numbers)
    func refusesIterations(_ number: String) throws {
        var client = try SCRAMClient(account: "anna", password: "geheim", nonce: "abc")
        #expect(throws: SCRAMError.self) { try client.finalMessage(answering: "r=abcdef,s=AAAA,i=\(number)") }
    }
}
