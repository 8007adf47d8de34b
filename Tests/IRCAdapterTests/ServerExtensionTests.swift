import DialogEngine
import Facilitation
import IRCAdapter
import Testing

@Suite("The listener's extensions")
struct ServerExtensionTests {
    private static let labels = "batch labeled-response message-tags echo-message"

    @Test("a labelled command gets its label back: on one line, around several, or alone")
    func labelling() {
        var server = ServerHarness()
        server.enter(1, "anna", caps: "batch labeled-response")
        #expect(server.line(1, "@label=a PING x") == ["1> @label=a :lotse.local PONG lotse.local x"])
        #expect(server.line(1, "@label=b PONG x") == ["1> @label=b :lotse.local ACK"])
        #expect(
            server.line(1, "@label=c TOPIC #stadtbaeume")
                == ["1> @label=c :lotse.local 331 anna #stadtbaeume :No topic is set"])
        #expect(
            server.line(1, "@label=d MODE #stadtbaeume") == [
                "1> @label=d :lotse.local BATCH +b1 labeled-response",
                "1> @batch=b1 :lotse.local 324 anna #stadtbaeume +nt",
                "1> @batch=b1 :lotse.local 329 anna #stadtbaeume 1795374000",
                "1> :lotse.local BATCH -b1",
            ])
    }

    @Test("a label is for the sender alone, and on the echo of what one says to oneself")
    func labelOfSpeech() {
        var server = ServerHarness()
        server.enter(1, "anna", caps: Self.labels)
        server.enter(2, "bernd", caps: Self.labels)
        #expect(
            server.line(1, "@label=a PRIVMSG #stadtbaeume :x") == [
                "2> @msgid=x1-1 :anna!~anna@1.lotse.local PRIVMSG #stadtbaeume :x",
                "1> @label=a;msgid=x1-1 :anna!~anna@1.lotse.local PRIVMSG #stadtbaeume :x",
            ])
        #expect(
            server.line(1, "@label=b PRIVMSG anna :x") == [
                "1> @label=b;msgid=x1-2 :anna!~anna@1.lotse.local PRIVMSG anna :x",
                "1> @msgid=x1-2 :anna!~anna@1.lotse.local PRIVMSG anna :x",
            ])
    }

    @Test("a label waits with the reply while a password is checked")
    func labelThatWaits() {
        var server = ServerHarness()
        server.enter(1, "anna", caps: "batch labeled-response")
        #expect(
            server.line(1, "@label=a OPER anna falsch") == [
                "1> @label=a :lotse.local 464 anna :Password incorrect"
            ])
    }

    @Test("several lines in a batch are one statement: for who knows batches, for others, and for the bot")
    func multiline() {
        var server = ServerHarness()
        server.enter(1, "anna", caps: "batch draft/multiline message-tags")
        server.enter(2, "bernd", caps: "batch draft/multiline message-tags")
        server.enter(3, "ceyda")
        server.line(1, "@+draft/reply=1 BATCH +x draft/multiline #stadtbaeume")
        server.line(1, "@batch=x PRIVMSG #stadtbaeume :+ Junge")
        server.line(1, "@batch=x PRIVMSG #stadtbaeume :Bäu")
        #expect(server.line(1, "@batch=x;draft/multiline-concat PRIVMSG #stadtbaeume :me") == [])
        let source = ":anna!~anna@1.lotse.local"
        #expect(
            server.line(1, "BATCH -x") == [
                "2> @+draft/reply=1;msgid=x1-1 \(source) BATCH +b1 draft/multiline #stadtbaeume",
                "2> @batch=b1 \(source) PRIVMSG #stadtbaeume :+ Junge",
                "2> @batch=b1 \(source) PRIVMSG #stadtbaeume :Bäu",
                "2> @batch=b1;draft/multiline-concat \(source) PRIVMSG #stadtbaeume :me",
                "2> \(source) BATCH -b1",
                "3> \(source) PRIVMSG #stadtbaeume :+ Junge", "3> \(source) PRIVMSG #stadtbaeume :Bäu",
                "3> \(source) PRIVMSG #stadtbaeume :me",
            ])
        let texts = server.delivered.map { if case .message(let message) = $0 { message.text } else { "" } }
        #expect(texts == ["+ Junge Bäume"])
    }

    @Test(
        "a batch that cannot be is given up",
        arguments: [
            (["BATCH +x netsplit #stadtbaeume"], "MULTILINE_INVALID"),
            (["BATCH +x draft/multiline"], "MULTILINE_INVALID_TARGET"), (["BATCH -y"], "MULTILINE_INVALID"),
            (["BATCH +x draft/multiline #stadtbaeume", "@batch=y PRIVMSG #stadtbaeume :x"], "MULTILINE_INVALID"),
            (["BATCH +x draft/multiline #stadtbaeume", "@batch=x PRIVMSG bernd :x"], "MULTILINE_INVALID_TARGET"),
            (["BATCH +x draft/multiline #stadtbaeume", "BATCH -x"], "MULTILINE_INVALID"),
            (
                ["BATCH +x draft/multiline #stadtbaeume"]
                    + Array(repeating: "@batch=x PRIVMSG #stadtbaeume :x", count: 33), "MULTILINE_MAX_LINES"
            ),
            (
                ["BATCH +x draft/multiline #stadtbaeume"]
                    + Array(
                        repeating: "@batch=x PRIVMSG #stadtbaeume :" + String(repeating: "x", count: 400), count: 11),
                "MULTILINE_MAX_BYTES"
            ),
        ])
    func badBatch(lines: [String], code: String) {
        var server = ServerHarness()
        server.enter(1, "anna", caps: "batch draft/multiline message-tags standard-replies")
        let last = lines.reduce([]) { server.line(1, $1) }
        #expect(last.map { $0.hasPrefix("1> :lotse.local FAIL BATCH \(code) ") } == [true])
        #expect(server.line(1, "PING x").count == 1)
        // Nothing of it reaches the group. That it was too long the bot tells its sender in words, too.
        let identity = Identity(rawValue: "local/connection/x1-1")
        let isTooLong = code.hasPrefix("MULTILINE_MAX")
        #expect(
            server.delivered
                == (isTooLong ? [.lost(.tooLong, of: identity, adapter: "local", at: server.moment.date)] : []))
    }

    @Test("MONITOR tells who comes, goes and is called otherwise")
    func monitor() {
        var server = ServerHarness()
        server.enter(1, "anna", channel: nil)
        #expect(
            server.line(1, "MONITOR + bernd,lotse,b*d") == [
                "1> :lotse.local 730 anna lotse!lotse@lotse.local", "1> :lotse.local 731 anna bernd",
            ])
        server.open(2)
        server.line(2, "NICK Bernd")
        #expect(server.line(2, "USER b 0 * b").last == "1> :lotse.local 730 anna Bernd!~b@2.lotse.local")
        #expect(server.line(2, "NICK otto").first == "1> :lotse.local 731 anna Bernd")
        #expect(server.line(2, "NICK bernd").last == "1> :lotse.local 730 anna bernd!~b@2.lotse.local")
        #expect(server.line(1, "MONITOR L").map { $0.split(separator: " ")[2] } == ["732", "733"])
        #expect(server.line(1, "MONITOR S").count == 1)
        #expect(server.line(2, "QUIT").last == "1> :lotse.local 731 anna bernd")
        server.line(1, "MONITOR - bernd")
        server.line(1, "MONITOR C")
        #expect(server.line(1, "MONITOR L") == ["1> :lotse.local 733 anna :End of MONITOR list"])
        let many = (1...101).map { "n\($0)" }
        let replies: [[String]] = many.map { server.line(1, "MONITOR + \($0)") }
        let full = replies.joined().filter { $0.contains(" 734 ") }
        #expect(full == ["1> :lotse.local 734 anna 100 n101 :Monitor list is full"])
    }

    @Test("extended-monitor also tells what somebody does whom no channel is shared with")
    func extendedMonitor() {
        var server = ServerHarness()
        server.enter(1, "anna", caps: "extended-monitor away-notify setname", channel: nil)
        server.enter(2, "bernd", channel: nil)
        server.line(1, "MONITOR + bernd")
        #expect(server.line(2, "AWAY :x").last == "1> :bernd!~bernd@2.lotse.local AWAY :x")
        #expect(server.line(2, "SETNAME :Bernd B.").contains("1> :bernd!~bernd@2.lotse.local SETNAME :Bernd B."))
    }

    @Test("tags of clients are passed on to those who know tags, and from those who do")
    func tags() {
        var server = ServerHarness()
        server.enter(1, "anna", caps: "message-tags")
        server.enter(2, "bernd", caps: "message-tags")
        server.enter(3, "ceyda")
        #expect(
            server.line(1, "@+typing=active;x=y TAGMSG #stadtbaeume") == [
                "2> @+typing=active;msgid=x1-1 :anna!~anna@1.lotse.local TAGMSG #stadtbaeume"
            ])
        #expect(server.line(3, "TAGMSG #stadtbaeume")[0].contains(" 421 "))
        #expect(server.line(3, "@+a=b PRIVMSG anna :x")[0].hasPrefix("1> @msgid=x1-2 :ceyda"))
    }

    @Test("a bot is marked as one")
    func botMode() {
        var server = ServerHarness()
        server.enter(1, "anna", caps: "message-tags")
        server.enter(2, "robo")
        #expect(server.line(2, "MODE robo +B") == ["2> :robo!~robo@2.lotse.local MODE robo +B"])
        #expect(server.line(2, "PRIVMSG anna :x")[0].hasPrefix("1> @bot;msgid=x1-1 :robo"))
        #expect(server.line(1, "WHOIS robo").contains("1> :lotse.local 335 anna robo :is a bot on Lotse"))
        #expect(server.say("x")[1].hasPrefix("1> @bot;msgid="))
    }

    @Test("an invitation is told to who wants to know of it, and opens the channel")
    func inviteNotify() {
        var server = ServerHarness()
        server.enter(1, "anna", channel: "#eigen")
        server.enter(2, "bernd", caps: "invite-notify", channel: "#eigen")
        server.enter(3, "ceyda", channel: nil)
        server.line(1, "MODE #eigen +i")
        #expect(server.line(3, "JOIN #eigen")[0].contains(" 473 "))
        #expect(
            server.line(1, "INVITE ceyda #eigen")
                == [
                    "1> :lotse.local 341 anna ceyda #eigen", "2> :anna!~anna@1.lotse.local INVITE ceyda #eigen",
                    "3> :anna!~anna@1.lotse.local INVITE ceyda #eigen",
                ].sorted { $0.contains("341") || $0 < $1 })
        #expect(server.line(3, "INVITE").map { $0.split(separator: " ")[2] } == ["336", "337"])
        #expect(server.line(3, "JOIN #eigen").count > 2)
    }

    @Test("strict transport: in clear the port of TLS, over TLS how long it holds")
    func transport() {
        var server = ServerHarness {
            $0.tlsPort = 6697
            $0.stsDuration = 3600
        }
        server.open(1)
        #expect(server.line(1, "CAP LS 302")[0].hasSuffix(" sts=port=6697"))
        server.open(2, isSecure: true)
        #expect(server.line(2, "CAP LS 302")[0].hasSuffix(" sts=duration=3600"))
        server.open(3)
        #expect(server.line(3, "CAP LS")[0].contains("sts") == false)
        #expect(server.line(3, "CAP REQ sts")[0].contains("NAK"))
    }

    @Test("the bot hears only where it is")
    func botElsewhere() {
        var server = ServerHarness { $0.isBotEverywhere = false }
        server.enter(1, "anna", channel: "#eigen")
        #expect(server.line(1, "NAMES #eigen")[0] == "1> :lotse.local 353 anna = #eigen :@anna")
        server.line(1, "PRIVMSG #eigen :unter uns")
        #expect(server.delivered == [])
    }

    @Test("WHOWAS remembers for ten minutes")
    func whowas() {
        var server = ServerHarness()
        server.enter(1, "anna")
        server.enter(2, "bernd")
        server.line(2, "QUIT")
        #expect(server.line(1, "WHOWAS Bernd")[0] == "1> :lotse.local 314 anna bernd ~bernd 2.lotse.local * :BERND")
        for _ in 1...11 {
            _ = server.pass(.seconds(60))
            server.line(1, "PING x")
        }
        #expect(server.line(1, "WHOWAS bernd")[0].contains(" 406 "))
    }
}
