import DialogEngine
import Facilitation
import IRCAdapter
import Testing

@Suite("The listener's channels")
struct ServerChannelTests {
    private let room = Room(adapter: "local", name: "#stadtbaeume")

    private func sender(_ number: Int, _ name: String) -> Sender {
        Sender(identity: Identity(rawValue: "local/connection/x1-\(number)"), name: name)
    }

    @Test("Who joins finds the bot there, and the inbox is told")
    func join() {
        var server = ServerHarness()
        server.enter(1, "anna", channel: nil)
        server.enter(2, "bernd", caps: "extended-join multi-prefix userhost-in-names")
        #expect(
            server.line(1, "JOIN #Stadtbaeume") == [
                "1> :anna!~anna@1.lotse.local JOIN #stadtbaeume",
                "2> :anna!~anna@1.lotse.local JOIN #stadtbaeume * ANNA",
                "1> :lotse.local 353 anna = #stadtbaeume :@lotse anna bernd",
                "1> :lotse.local 366 anna #stadtbaeume :End of NAMES list",
            ])
        #expect(server.delivered == [.joined(room, sender(1, "anna"), at: server.moment.date)])
        #expect(server.line(1, "JOIN #stadtbaeume") == [])
        #expect(
            server.line(2, "NAMES #stadtbaeume").first
                == "2> :lotse.local 353 bernd = #stadtbaeume "
                + ":@lotse!lotse@lotse.local anna!~anna@1.lotse.local bernd!~bernd@2.lotse.local")
    }

    @Test("What is said goes to the others and to the inbox, without formatting")
    func speech() {
        var server = ServerHarness()
        server.enter(1, "anna")
        server.enter(2, "bernd", caps: "server-time message-tags echo-message")
        #expect(
            server.line(1, "PRIVMSG #STADTBAEUME :+ \u{02}Junge\u{02} Bäume") == [
                "2> @msgid=x1-1;time=2026-11-22T19:00:00.000Z :anna!~anna@1.lotse.local PRIVMSG #stadtbaeume "
                    + ":+ \u{02}Junge\u{02} Bäume"
            ])
        #expect(
            server.line(2, "@+typing=done;x=y PRIVMSG #stadtbaeume ja").map { $0.prefix(20) } == [
                "1> :bernd!~bernd@2.l", "2> @+typing=done;msg",
            ])
        server.line(2, "PRIVMSG #stadtbaeume :\u{01}ACTION winkt\u{01}")
        server.line(2, "NOTICE #stadtbaeume :not for the bot")
        #expect(
            server.delivered
                == [("+ Junge Bäume", 1, "anna"), ("ja", 2, "bernd"), ("winkt", 2, "bernd")].enumerated()
                .map { index, line in
                    .message(
                        IncomingMessage(
                            place: .room(room), sender: sender(line.1, line.2), text: line.0, id: "x1-\(index + 1)",
                            at: server.moment.date))
                })
    }

    @Test("A line to the bot is private, and CTCP is answered five times in ten seconds")
    func privately() {
        var server = ServerHarness()
        server.enter(1, "anna")
        #expect(server.line(1, "PRIVMSG Lotse :!hilfe") == [])
        #expect(
            server.delivered == [
                .message(
                    IncomingMessage(
                        place: .privately(adapter: "local"), sender: sender(1, "anna"), text: "!hilfe", id: "x1-1",
                        at: server.moment.date))
            ])
        let answers = (1...7).map { server.line(1, "PRIVMSG lotse :\u{01}PING \($0)\u{01}") }
        #expect(answers[0] == ["1> :lotse!lotse@lotse.local NOTICE anna :\u{01}PING 1\u{01}"])
        #expect(answers.map(\.isEmpty) == [false, false, false, false, false, true, true])
        #expect(server.delivered.count == 1)
    }

    @Test("A line that the inbox has no room for is passed on, and its sender told")
    func overloaded() {
        var server = ServerHarness()
        server.enter(1, "anna")
        server.enter(2, "bernd")
        server.isOverloaded = true
        #expect(
            server.line(1, "PRIVMSG #stadtbaeume :+ x") == [
                "2> :anna!~anna@1.lotse.local PRIVMSG #stadtbaeume :+ x",
                "1> :lotse!lotse@lotse.local NOTICE anna :too busy",
            ])
    }

    @Test("The bot speaks, notes quietly, and shows what others said elsewhere under their names")
    func bot() {
        var server = ServerHarness()
        server.enter(1, "anna")
        #expect(server.say("Guten Abend.") == ["1> :lotse!lotse@lotse.local PRIVMSG #stadtbaeume :Guten Abend."])
        #expect(server.say("B1", .notice) == ["1> :lotse!lotse@lotse.local NOTICE #stadtbaeume :B1"])
        #expect(server.say("hallo", .relayed(from: "dirk")) == ["1> :dirk!relay@relay PRIVMSG #stadtbaeume :hallo"])
        for name in ["Anna", "lotse", "Dirk M.", "7up"] {
            #expect(
                server.say("x", .relayed(from: name)) == [
                    "1> :lotse!lotse@lotse.local PRIVMSG #stadtbaeume :<\(name)> x"
                ])
        }
        let identity = Identity(rawValue: "local/connection/x1-1")
        #expect(
            server.handle(.say(OutgoingMessage("psst"), to: .person(identity, adapter: "local"))) == [
                "1> :lotse!lotse@lotse.local PRIVMSG anna :psst"
            ])
        let long = server.say(String(repeating: "wort ", count: 200))
        #expect(long.count == 3)
        #expect(long.allSatisfy { $0.utf8.count - 3 <= 510 })
    }

    @Test("Leaving, being kicked and quitting are told once per room")
    func leaving() {
        var server = ServerHarness()
        server.enter(1, "anna", channel: "#eigen")
        server.enter(2, "bernd", channel: "#eigen")
        server.enter(3, "ceyda", channel: "#eigen")
        server.enter(4, "dirk", channel: "#eigen")
        let eigen = Room(adapter: "local", name: "#eigen")
        #expect(server.line(2, "KICK #eigen anna") == ["2> :lotse.local 482 bernd #eigen :You're not channel operator"])
        #expect(server.line(1, "KICK #eigen lotse").first?.contains(" 482 ") == true)
        #expect(
            server.line(1, "KICK #eigen bernd,nobody,dirk :so")
                == (1...4).map { "\($0)> :anna!~anna@1.lotse.local KICK #eigen bernd :so" }
                + ["1> :lotse.local 401 anna nobody :No such nick/channel"]
                + [1, 3, 4].map { "\($0)> :anna!~anna@1.lotse.local KICK #eigen dirk :so" })
        #expect(server.line(1, "KICK #eigen,#eigen lotse").first?.contains(" 461 ") == true)
        #expect(server.line(1, "KICK #eigen,#nein lotse,x").map { $0.split(separator: " ")[2] } == ["482", "403"])
        #expect(server.line(1, "KICK #eigen a,b,c,d,e").first?.contains(" 407 ") == true)
        #expect(server.line(3, "PART #eigen :Tschüs").count == 2)
        server.line(2, "NICK otto")
        server.line(1, "QUIT :weg")
        func identity(_ number: Int) -> Identity { sender(number, "").identity }
        #expect(
            server.delivered == [
                .left(eigen, identity(2), at: server.moment.date), .left(eigen, identity(4), at: server.moment.date),
                .left(eigen, identity(3), at: server.moment.date),
                .renamed(identity(2), to: "otto", at: server.moment.date),
                .left(eigen, identity(1), at: server.moment.date),
            ])
        #expect(!server.line(2, "LIST").contains { $0.contains("#eigen") })
    }

    @Test("A nick that is free again belongs to somebody new")
    func identityIsNotReused() {
        var server = ServerHarness()
        server.enter(1, "anna")
        _ = server.handle(.closed(ConnectionID(1)))
        server.enter(2, "anna")
        server.line(2, "PRIVMSG #stadtbaeume hallo")
        let at = server.moment.date
        let message = IncomingMessage(
            place: .room(room), sender: sender(2, "anna"), text: "hallo", id: "x1-1", at: at)
        #expect(server.delivered.last == .message(message))
    }

    @Test(
        "A registered client gets the right reply",
        arguments: [
            ("FOO bar", ["421 anna FOO :Unknown command"]),
            ("JOIN", ["461 anna JOIN :Not enough parameters"]),
            ("JOIN nohash", ["403 anna nohash :No such channel"]),
            ("PART #x", ["403 anna #x :No such channel"]),
            ("PRIVMSG", ["411 anna :No recipient given (PRIVMSG)"]),
            ("PRIVMSG #stadtbaeume", ["412 anna :No text to send"]),
            ("PRIVMSG nobody :x", ["401 anna nobody :No such nick/channel"]),
            ("PRIVMSG #x :x", ["403 anna #x :No such channel"]),
            ("NOTICE nobody :x", []),
            ("PRIVMSG a,b,c,d,e x", ["407 anna a,b,c,d,e :Too many targets"]),
            ("TOPIC #stadtbaeume", ["331 anna #stadtbaeume :No topic is set"]),
            ("TOPIC #stadtbaeume :x", ["482 anna #stadtbaeume :You're not channel operator"]),
            ("MODE #stadtbaeume", ["324 anna #stadtbaeume +nt", "329 anna #stadtbaeume 1795374000"]),
            ("MODE #stadtbaeume b", ["368 anna #stadtbaeume :End of channel ban list"]),
            ("MODE #stadtbaeume +o anna", ["482 anna #stadtbaeume :You're not channel operator"]),
            ("MODE #stadtbaeume +Z", ["472 anna Z :is unknown mode char to me"]),
            ("MODE anna", ["221 anna +"]),
            ("MODE lotse", ["502 anna :Can't change or view mode of other users"]),
            (
                "LIST",
                [
                    "321 anna Channel :Users  Name", "322 anna #stadtbaeume 2 :", "323 anna :End of LIST",
                ]
            ),
            (
                "WHO #stadtbaeume",
                [
                    "352 anna #stadtbaeume lotse lotse.local lotse.local lotse HB@ :0 Lotse",
                    "352 anna #stadtbaeume ~anna 1.lotse.local lotse.local anna H :0 ANNA",
                    "315 anna #stadtbaeume :End of WHO list",
                ]
            ),
            (
                "WHOIS lotse",
                [
                    "311 anna lotse lotse lotse.local * :Lotse", "335 anna lotse :is a bot on Lotse",
                    "319 anna lotse :@#stadtbaeume",
                    "312 anna lotse lotse.local Lotse", "318 anna lotse :End of WHOIS list",
                ]
            ),
            ("WHOIS nobody", ["401 anna nobody :No such nick/channel", "318 anna nobody :End of WHOIS list"]),
            ("WHOWAS x", ["406 anna x :There was no such nickname", "369 anna x :End of WHOWAS"]),
            ("ISON otto LOTSE anna", ["303 anna :lotse anna"]),
            ("USERHOST anna", ["302 anna anna=+~anna@1.lotse.local"]),
            ("AWAY :Mittag", ["306 anna :You have been marked as being away"]),
            ("AWAY", ["305 anna :You are no longer marked as being away"]),
            ("INVITE lotse #stadtbaeume", ["443 anna lotse #stadtbaeume :is already on channel"]),
            ("USER a b c d", ["462 anna :You may not reregister"]),
            ("TIME", ["391 anna lotse.local 1795374000 0 2026-11-22T19:00:00.000Z"]),
            ("NAMES #x", ["366 anna #x :End of NAMES list"]),
        ])
    func replies(line: String, replies: [String]) {
        var server = ServerHarness()
        server.enter(1, "anna")
        #expect(server.line(1, line) == replies.map { "1> :lotse.local \($0)" })
    }

    @Test("Operators of a channel of their own set topic and modes")
    func operators() {
        var server = ServerHarness()
        server.enter(1, "anna", channel: "#eigen")
        server.enter(2, "bernd", channel: "#eigen")
        #expect(
            server.line(1, "MODE #eigen +v-t+o bernd bernd")
                == (1...2).map {
                    "\($0)> :anna!~anna@1.lotse.local MODE #eigen +v-t+o bernd bernd"
                })
        #expect(server.line(1, "MODE #eigen -t") == [])
        #expect(server.line(1, "NAMES #eigen").first == "1> :lotse.local 353 anna = #eigen :@lotse @anna @bernd")
        #expect(server.line(2, "TOPIC #eigen :Bäume").count == 2)
        server.enter(3, "ceyda", channel: nil)
        #expect(server.line(3, "JOIN #eigen")[3] == "3> :lotse.local 332 ceyda #eigen :Bäume")
    }
}
