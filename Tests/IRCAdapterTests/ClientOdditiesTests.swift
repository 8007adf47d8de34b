import DialogEngine
import Facilitation
import IRCAdapter
import IRCProtocol
import Testing

@Suite("What odd and hostile networks do not get out of the client")
struct ClientOdditiesTests {
    private typealias Harness = ClientHarness
    private let room = ClientHarness.room

    @Test("a knock at the door for each invitation and refusal: one after five minutes is all")
    func knocks() {
        var client = Harness()
        client.handle(.connected(.secure))
        client.line(":s.x 001 lotse :hi")
        for _ in 1...20 {
            client.line(":s.x 474 lotse #stadtbaeume :banned", ":anna!a@h INVITE lotse #stadtbaeume")
            #expect(client.handle(.elapsed(.rejoin("#stadtbaeume"))) == ["JOIN #stadtbaeume"])
        }
        client.line(":s.x 474 lotse #stadtbaeume :banned")
        client.pass(.seconds(200))
        // Timers of before that nobody needs any more.
        #expect(client.handle(.elapsed(.rejoin("#stadtbaeume")), isStale: true) == [])
        client.pass(.seconds(100))
        #expect(client.handle(.elapsed(.rejoin("#stadtbaeume")), isStale: true) == ["JOIN #stadtbaeume"])
        #expect(client.handle(.elapsed(.rejoin("#stadtbaeume")), isStale: true) == [])
    }

    @Test("silence after JOIN for ever: it knocks again, and not where it was thrown out for good")
    func unansweredJoin() {
        var client = Harness()
        client.handle(.connected(.secure))
        client.line(":s.x 001 lotse :hi")
        for _ in 1...3 { #expect(client.handle(.elapsed(.rejoin("#stadtbaeume"))) == ["JOIN #stadtbaeume"]) }
        client.line(":lotse!l@h JOIN #stadtbaeume", ":lotse!l@h PART #stadtbaeume")
        #expect(client.handle(.elapsed(.rejoin("#stadtbaeume"))) == [])
    }

    @Test("timers without end: what is repeated counts once")
    func timers() {
        var client = Harness()
        client.enter()
        let lines = [
            ":lotse!l@h NICK other", ":other!l@h NICK lotse", ":lotse!l@h JOIN #stadtbaeume",
            ":a!a@h JOIN #stadtbaeume", ":a!a@h QUIT :a.example.net b.example.net",
        ]
        for _ in 1...100 { for line in lines { client.line(line) } }
        let timers = client.others.filter { if case .schedule = $0 { true } else { false } }
        #expect(Set(timers).count == timers.count)
    }

    @Test("a full disk: what it makes the bot report is bounded")
    func reports() {
        var client = Harness()
        client.enter()
        for _ in 1...1000 { client.line(":lotse!l@h PART #stadtbaeume", ":lotse!l@h JOIN #stadtbaeume") }
        #expect(client.others.count { if case .report = $0 { true } else { false } } == 200)
        #expect(client.others.count { if case .schedule = $0 { true } else { false } } <= 2)
        client.pass(.seconds(60))
        client.forget()
        client.line(":lotse!l@h JOIN #stadtbaeume")
        #expect(client.others.first == .report(.joined("#stadtbaeume")))
    }

    @Test("a silenced group: who is refused again and again is told once")
    func refusals() {
        var client = Harness()
        client.enter()
        client.isOverloaded = true
        for index in 1...500 { client.line(":anna!a@h PRIVMSG #stadtbaeume :+ \(index)") }
        client.isOverloaded = false
        client.say("Guten Abend.")
        client.pass(.seconds(10))
        let lines = client.handle(.elapsed(.sending)).filter { !$0.hasPrefix("PING") }
        #expect(lines == ["NOTICE anna :too busy", "PRIVMSG #stadtbaeume :Guten Abend."])
    }

    @Test("a question for each of many who come at once")
    func crowd() {
        var client = Harness()
        client.enter()
        client.line(":s.x 005 lotse WHOX :are supported")
        var asked = (1...200).flatMap { client.line(":n\($0)!n@h JOIN #stadtbaeume") }
        client.pass(.seconds(60))
        asked += client.handle(.elapsed(.sending))
        #expect(
            Set(asked) == [
                "WHO n1 %tcuhna,314", "WHO n2 %tcuhna,314", "WHO n3 %tcuhna,314",
                "WHO n4 %tcuhna,314", "WHO n5 %tcuhna,314", "WHO #stadtbaeume %tcuhna,314",
            ])
        #expect(asked.count == 6)
    }

    @Test("memory for the tags of a text of many lines")
    func tagFlood() {
        var client = Harness()
        client.enter(capabilities: "batch message-tags draft/multiline")
        client.line(":anna!a@h JOIN #stadtbaeume", "@msgid=1 :anna!a@h BATCH +x draft/multiline #stadtbaeume")
        for index in 0..<50 {
            client.line("@batch=x;a=\(String(repeating: "x", count: 4000)) :anna!a@h PRIVMSG #stadtbaeume :\(index)")
        }
        client.forget()
        client.line("BATCH -x")
        guard case .message(let message)? = client.delivered.first else {
            Issue.record("nothing came")
            return
        }
        #expect(message.text == (0..<50).map(String.init).joined(separator: " "))
        #expect(message.id == "1")
    }

    @Test("another way of comparing names in the middle of a conversation")
    func caseMapping() {
        var client = Harness()
        client.enter()
        client.line(":b[1]!b@h JOIN #stadtbaeume", ":s.x 005 lotse CASEMAPPING=rfc1459 :are supported")
        client.forget()
        client.line(":B[1]!b@h PRIVMSG #STADTBAEUME :da", ":b{1}!x@y PRIVMSG #stadtbaeume :auch")
        let senders = client.delivered.compactMap { if case .message(let message) = $0 { message.sender } else { nil } }
        #expect(senders.map(\.identity) == [2, 3].map { Harness.sender($0, "").identity })
        // The next connection begins as a new one does.
        client.handle(.disconnected(jitter: 0.5))
        client.handle(.connected(.secure))
        client.line(":s.x 001 lotse :hi", ":lotse!l@h JOIN #stadtbaeume", ":s.x 353 lotse = #stadtbaeume :lotse B[1]")
        client.forget()
        client.line(":b{1}!b@h PRIVMSG #stadtbaeume :da")
        #expect(client.delivered.count == 1)
        client.handle(.elapsed(.arrival("#stadtbaeume")))
        guard case .present(_, let senders, _)? = client.delivered.last else {
            Issue.record("nobody is present")
            return
        }
        #expect(senders.count == 1)
    }

    @Test("two people under one nick")
    func renamedOnto() {
        var client = Harness()
        client.enter()
        client.line(":bernd!b@h JOIN #stadtbaeume")
        client.forget()
        client.line(":bernd!b@h NICK anna")
        let at = client.moment.date
        #expect(
            client.delivered == [
                .left(room, Harness.sender(1, "").identity, at: at),
                .renamed(Harness.sender(2, "").identity, to: "anna", at: at),
            ])
    }

    @Test("an end to looking for the nick that the network keeps back", arguments: ["433", "437"])
    func nickKeptBack(numeric: String) {
        var client = Harness()
        client.handle(.connected(.secure))
        client.line(":s.x 433 * lotse :in use", ":s.x 001 lotse_ :hi", ":s.x 005 lotse_ MONITOR=100 :are supported")
        #expect(client.handle(.elapsed(.nick)) == ["MONITOR + lotse"])
        #expect(client.line(":s.x 731 lotse_ :lotse") == ["NICK lotse"])
        client.line(":s.x \(numeric) lotse_ lotse :not now")
        #expect(client.handle(.elapsed(.nick)) == ["ISON lotse"])
        #expect(client.line(":s.x 303 lotse_ :") == ["NICK lotse"])
    }

    @Test("a login that ends in the middle, and lasts for ever")
    func loginWithdrawn() {
        for isRequired in [true, false] {
            var client = Harness {
                $0.sasl = SASLAccount(name: "user", password: "pencil", isRequired: isRequired)
            }
            client.handle(.connected(.secure))
            client.line(":s.x CAP * LS :sasl cap-notify")
            #expect(client.line(":s.x CAP * ACK :cap-notify sasl") == ["AUTHENTICATE SCRAM-SHA-256"])
            #expect(client.line(":s.x CAP * DEL :sasl") == [isRequired ? "QUIT" : "CAP END"])
            #expect(client.others.contains(.report(.saslNotOffered)))
        }
    }

    @Test("texts that others get only in part, because the host that they see has changed")
    func hosts() {
        let host = String(repeating: "h", count: 60)
        let text = String(repeating: "x", count: 2000)
        for line in [
            ":s.x 396 lotse \(host) :is now your displayed host",
            ":lotse!~lotse@bot.example.org CHGHOST ~lotse \(host)",
            ":lotse!~lotse@\(host) PRIVMSG #stadtbaeume :an echo",
        ] {
            var client = Harness()
            client.enter()
            client.line(line)
            let first = client.say(text).first ?? ""
            #expect((":lotse!~lotse@\(host) " + first + "\r\n").utf8.count == 512)
        }
    }

    @Test("a report about every word of a server that is given up")
    func lastWords() {
        var client = Harness()
        client.enter()
        for _ in 1...100 { client.line("ERROR :go away") }
        #expect(client.others == [.report(.serverError("go away")), .close])
    }
}
