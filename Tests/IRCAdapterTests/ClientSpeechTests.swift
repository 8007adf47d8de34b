import DialogEngine
import Facilitation
import FoundationEssentials
import IRCAdapter
import IRCProtocol
import SeededRandom
import Testing

@Suite("What the client hears and says")
struct ClientSpeechTests {
    private typealias Harness = ClientHarness
    private let room = ClientHarness.room

    @Test("reaches the inbox from rooms and in private, NOTICE never")
    func hearing() {
        var client = Harness()
        client.enter()
        client.line(
            ":anna!a@h PRIVMSG #STADTBAEUME :\u{02}+ Text\u{02}", ":anna!a@h PRIVMSG lotse :!hilfe",
            ":anna!a@h PRIVMSG #stadtbaeume :\u{01}ACTION winkt\u{01}", ":anna!a@h NOTICE lotse :!hilfe",
            ":s.x PRIVMSG lotse :from a server", ":lotse!l@h PRIVMSG #stadtbaeume :ourselves",
            ":anna!a@h PRIVMSG #other :elsewhere", ":fremd!f@h PRIVMSG lotse :hallo", ":fremd!f@h PRIVMSG lotse :du")
        let lines: [(String, IncomingMessage.Place, Sender)] = [
            ("+ Text", .room(room), Harness.sender(1, "anna")),
            ("!hilfe", .privately(adapter: "net"), Harness.sender(1, "anna")),
            ("winkt", .room(room), Harness.sender(1, "anna")),
            ("hallo", .privately(adapter: "net"), Harness.sender(2, "fremd")),
            ("du", .privately(adapter: "net"), Harness.sender(2, "fremd")),
        ]
        #expect(
            client.delivered
                == lines.map {
                    .message(IncomingMessage(place: $0.1, sender: $0.2, text: $0.0, at: client.moment.date))
                })
    }

    @Test("carries the network's id and time where it gives them")
    func tags() {
        var client = Harness()
        client.handle(.connected(.secure))
        client.line(
            ":s.x CAP * LS :message-tags server-time", ":s.x CAP * ACK :message-tags server-time",
            ":s.x 001 lotse :hi", ":lotse!l@h JOIN #stadtbaeume", ":anna!a@h JOIN #stadtbaeume")
        client.forget()
        client.line("@msgid=abc;time=2026-11-22T19:00:01.500Z :anna!a@h PRIVMSG #stadtbaeume :hallo")
        let at = Date(timeIntervalSince1970: 1_795_374_001.5)
        #expect(
            client.delivered == [
                .message(
                    IncomingMessage(
                        place: .room(room), sender: Harness.sender(1, "anna"), text: "hallo", id: "abc", at: at))
            ])
    }

    @Test("is answered to CTCP five times in ten seconds, by NOTICE")
    func ctcp() {
        var client = Harness { $0.pace = .init(burst: 100, interval: .zero) }
        client.enter()
        let answers = (1...7).map { client.line(":anna!a@h PRIVMSG lotse :\u{01}PING \($0)\u{01}") }
        #expect(answers[0] == ["NOTICE anna :\u{01}PING 1\u{01}"])
        #expect(answers.map(\.isEmpty) == [false, false, false, false, false, true, true])
        client.pass(.seconds(10))
        #expect(
            client.line(":anna!a@h PRIVMSG #stadtbaeume :\u{01}VERSION\u{01}") == [
                "NOTICE anna :\u{01}VERSION Lotse\u{01}"
            ])
    }

    @Test("leaves as speech, notice or under somebody's name")
    func manners() {
        var client = Harness()
        client.enter()
        #expect(client.say("Guten Abend.") == ["PRIVMSG #stadtbaeume :Guten Abend."])
        #expect(client.say("B1 notiert.", .notice, ticket: 2) == ["NOTICE #stadtbaeume :B1 notiert."])
        #expect(client.say("hallo", .relayed(from: "Dirk M."), ticket: 3) == ["PRIVMSG #stadtbaeume :<Dirk M.> hallo"])
        #expect(client.done == [1, 2, 3])
    }

    @Test("goes to a person under her present nick, and to nobody once she is gone")
    func persons() {
        var client = Harness { $0.pace = .init(burst: 1, interval: .seconds(2)) }
        client.enter()
        client.line(":anna!a@h NICK ann")
        let anna = Destination.person(Harness.sender(1, "").identity, adapter: "net")
        #expect(client.handle(.say(OutgoingMessage("psst"), to: anna, ticket: 1)) == ["PRIVMSG ann :psst"])
        client.handle(.say(OutgoingMessage("waits"), to: anna, ticket: 2))
        client.line(":ann!a@h NICK anna")
        client.pass(.seconds(2))
        #expect(client.handle(.elapsed(.sending)) == ["PRIVMSG anna :waits"])
        client.handle(.say(OutgoingMessage("not for the next anna"), to: anna, ticket: 3))
        client.line(":anna!a@h QUIT :bye", ":anna!x@y JOIN #stadtbaeume")
        #expect(client.done == [1, 2, 3])
        client.pass(.seconds(10))
        #expect(client.handle(.elapsed(.sending)) == [])
        #expect(client.handle(.say(OutgoingMessage("gone"), to: anna, ticket: 4)) == [])
        #expect(client.done == [1, 2, 3, 4])
    }

    @Test("leaves in bursts of four, then one line in two seconds, facilitators first")
    func pace() {
        var client = Harness()
        client.enter()
        let sent = (1...7).flatMap { client.say("\($0)", ticket: $0) }
        #expect(sent.count == 4)
        #expect(client.done == [1, 2, 3, 4])
        #expect(client.others.contains(.schedule(.sending, after: .seconds(2))))
        let anna = Destination.person(Harness.sender(1, "").identity, adapter: "net")
        client.handle(.say(OutgoingMessage("anna first", urgency: .facilitator), to: anna, ticket: 8))
        var later: [String] = []
        for _ in 1...4 {
            client.pass(.seconds(2))
            later += client.handle(.elapsed(.sending))
        }
        #expect(later == ["PRIVMSG anna :anna first"] + (5...7).map { "PRIVMSG #stadtbaeume :\($0)" })
        #expect(client.done == [1, 2, 3, 4, 8, 5, 6, 7])
        #expect(client.handle(.elapsed(.sending)) == [])
    }

    @Test("gives way when too much waits: the new line, or a room's for a facilitator's")
    func capacity() {
        var client = Harness { $0.pace = .init(burst: 1, interval: .seconds(2), capacity: 2) }
        client.enter()
        for ticket in 1...4 { client.say("\(ticket)", ticket: ticket) }
        #expect(client.done == [1, 4])
        let anna = Destination.person(Harness.sender(1, "").identity, adapter: "net")
        client.handle(.say(OutgoingMessage("x", urgency: .facilitator), to: anna, ticket: 5))
        #expect(client.done == [1, 4, 3])
        #expect(client.others.filter { $0 == .report(.dropped) }.count == 2)
    }

    @Test("keeps no room waiting behind the greetings of thirty newcomers")
    func greetings() {
        var client = Harness()
        client.enter()
        let anna = Destination.person(Harness.sender(1, "").identity, adapter: "net")
        for ticket in 1...30 {
            client.handle(.say(OutgoingMessage("welcome", urgency: .greeting), to: anna, ticket: ticket))
        }
        // Whenever the room speaks, in three lines as `!weiter` has them, it is heard within two seconds.
        for round in 1...5 {
            for line in 1...3 { client.say("\(round).\(line)", ticket: 100 + round * 10 + line) }
            var waited = Duration.zero
            while !client.done.contains(100 + round * 10 + 3) {
                client.pass(.milliseconds(500))
                waited += .milliseconds(500)
                client.handle(.elapsed(.sending), isStale: true)
            }
            #expect(waited <= .seconds(2))
            for _ in 1...20 {
                client.pass(.milliseconds(500))
                client.handle(.elapsed(.sending), isStale: true)
            }
        }
        for _ in 1...60 {
            client.pass(.seconds(1))
            client.handle(.elapsed(.sending), isStale: true)
        }
        #expect(Set(1...30).isSubset(of: client.done))
    }

    @Test("is split to lines that reach others whole, and waits for the last of them")
    func splitting() {
        var client = Harness()
        client.enter()
        let lines = client.say(String(repeating: "Straßenbäume ", count: 150))
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { (":lotse!~lotse@bot.example.org " + $0).utf8.count <= 510 })
        #expect(client.done == [])
    }

    private static let atoms = [
        "ä", "👩‍🌾", "e\u{0301}", "\u{03}04,12", "\u{04}FF0000", "\r\n", "\n", "\0", " ", "  ", "Straßenbäume", "🇩🇪", "x",
    ]

    @Test(
        "leaves whole whatever is in it: within 512 bytes, no character or colour code cut, no line break",
        arguments: [7, 8, 9] as [UInt64], ["", "batch message-tags draft/multiline=max-bytes=99999,max-lines=999"])
    func anyText(seed: UInt64, capabilities: String) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<30 {
            var client = Harness { $0.pace = .init(burst: 1000, interval: .seconds(2)) }
            client.enter(capabilities: capabilities)
            let text = (0..<Int.random(in: 1...400, using: &generator)).map { _ in generator.pick(Self.atoms) }.joined()
            let lines = client.say(text)
            #expect(lines.allSatisfy { !$0.unicodeScalars.contains { "\r\n\0".unicodeScalars.contains($0) } })
            let messages = lines.compactMap { IRCMessage(parsing: Array($0.utf8)) }
            for message in messages {
                let bare = IRCMessage(message.command, message.parameters).description
                #expect((":lotse!~lotse@bot.example.org " + bare).utf8.count <= 510, "seed \(seed)")
            }
            let pieces = messages.filter { $0.verb == "PRIVMSG" }.compactMap { $0.parameter(1) }
            let breaks: Set<Unicode.Scalar> = [" ", "\r", "\n", "\0"]
            let wanted = String(String.UnicodeScalarView(text.unicodeScalars.filter { !breaks.contains($0) }))
            #expect(pieces.flatMap(Array.init).filter { $0 != " " } == Array(wanted), "seed \(seed)")
            for code in ["\u{03}04,12", "\u{04}FF0000"] {
                let count = pieces.reduce(0) { $0 + $1.ranges(of: code).count }
                #expect(count == text.ranges(of: code).count, "seed \(seed)")
            }
        }
    }

    @Test("is refused by notice when the inbox is full")
    func overloaded() {
        var client = Harness()
        client.enter()
        client.isOverloaded = true
        #expect(client.line(":anna!a@h PRIVMSG #stadtbaeume :+ x") == ["NOTICE anna :too busy"])
    }
}
