@testable import IRCAdapter

import DialogEngine
import Facilitation
import FoundationEssentials
import IRCProtocol
import Testing

@Suite("The rooms of the listener belong to their groups")
struct ServerRoomTests {
    private static let room = Room(adapter: "local", name: "#stadtbaeume")

    private func identity(_ account: String) -> Identity { Identity(rawValue: "local/account/\(account)") }

    private func setFacilitators(_ accounts: Set<String>, in server: inout ServerHarness) -> [String] {
        server.handle(.facilitators(Set(accounts.map(identity)), of: "#Stadtbaeume"))
    }

    // MARK: - Facilitators

    @Test(
        "Who facilitates becomes an operator of the room, when she is there and when she comes, and everybody sees it")
    func facilitators() {
        var server = ServerHarness()
        server.enter(1, "a", account: "anna")
        server.enter(2, "b")
        #expect(
            setFacilitators(["anna"], in: &server) == [
                "1> :lotse!lotse@lotse.local MODE #stadtbaeume +o a",
                "2> :lotse!lotse@lotse.local MODE #stadtbaeume +o a",
            ])
        #expect(setFacilitators(["anna"], in: &server) == [])
        server.line(1, "QUIT")
        server.enter(3, "c", account: "anna", channel: nil)
        #expect(server.line(3, "JOIN #stadtbaeume").last == "3> :lotse!lotse@lotse.local MODE #stadtbaeume +o c")
        #expect(server.line(3, "MODE #stadtbaeume +k x").count == 2)
    }

    @Test("Who signs in while she is in the room is known from then on")
    func later() {
        var server = ServerHarness()
        server.enter(1, "a", caps: "sasl")
        _ = setFacilitators(["anna"], in: &server)
        #expect(server.signIn(1, "anna").last == "1> :lotse!lotse@lotse.local MODE #stadtbaeume +o a")
    }

    @Test("Whose role ends is no operator any more, over all her connections; others keep what they have")
    func roleEnds() {
        var server = ServerHarness()
        for (number, account) in [(1, "anna"), (2, "anna"), (3, "bernd")] {
            server.enter(number, "n\(number)", account: account)
        }
        server.enter(4, "gast")
        _ = setFacilitators(["anna", "bernd"], in: &server)
        server.line(1, "MODE #stadtbaeume +o gast")
        #expect(
            setFacilitators(["bernd"], in: &server).first
                == "1> :lotse!lotse@lotse.local MODE #stadtbaeume -oo n1 n2")
        #expect(server.line(1, "MODE #stadtbaeume +i").first?.contains(" 482 ") == true)
        #expect(server.line(3, "NAMES #stadtbaeume").first?.hasSuffix(":@lotse n1 n2 @n3 @gast") == true)
    }

    @Test(
        "What a facilitator needs works, and nobody else has it",
        arguments: [
            "MODE #stadtbaeume +k geheim", "MODE #stadtbaeume +i", "MODE #stadtbaeume +b c!*@*",
            "KICK #stadtbaeume c :so", "TOPIC #stadtbaeume :Bäume", "MODE #stadtbaeume +im-t",
        ])
    func powers(line: String) {
        var server = ServerHarness()
        server.enter(1, "a", account: "anna")
        server.enter(2, "b", account: "bernd")
        server.enter(3, "c")
        _ = setFacilitators(["anna"], in: &server)
        #expect(server.line(2, line) == ["2> :lotse.local 482 b #stadtbaeume :You're not channel operator"])
        #expect(server.line(1, line).count == 3)
    }

    @Test("Invited by a facilitator one enters a room that is closed by +i, others do not")
    func invitation() {
        var server = ServerHarness()
        server.enter(1, "a", account: "anna")
        server.enter(2, "b", channel: nil)
        server.enter(3, "c", channel: nil)
        _ = setFacilitators(["anna"], in: &server)
        server.line(1, "MODE #stadtbaeume +i")
        #expect(server.line(2, "JOIN #stadtbaeume")[0].contains(" 473 "))
        server.line(1, "INVITE b #stadtbaeume")
        #expect(server.line(2, "JOIN #stadtbaeume").count > 2)
        #expect(server.line(3, "JOIN #stadtbaeume")[0].contains(" 473 "))
    }

    // MARK: - Closed rooms

    /// `#stadtbaeume` is open to anna and bernd; in it are anna and words of hers.
    private func closed() -> ServerHarness {
        var server = ServerHarness { $0.members = ["#stadtbaeume": ["anna", "bernd"]] }
        server.passwords["ceyda"] = "geheim"
        server.history = [
            Self.room: [
                PublicLine(id: "m1", at: server.moment.date, name: "a", text: "+ GEHEIMNIS")
            ]
        ]
        server.enter(1, "a", caps: "draft/chathistory message-tags", account: "anna")
        _ = setFacilitators(["anna"], in: &server)
        server.line(1, "TOPIC #stadtbaeume :GEHEIMNIS")
        return server
    }

    @Test("Only the accounts on the list enter; the others are told what is missing")
    func onlyListed() {
        var server = closed()
        #expect(server.line(1, "CHATHISTORY LATEST #stadtbaeume * 5").contains { $0.contains("GEHEIMNIS") })
        server.enter(2, "b", account: "bernd", channel: nil)
        #expect(server.line(2, "JOIN #STADTBAEUME").contains { $0.contains(" JOIN ") })
        server.enter(3, "c", account: "ceyda", channel: nil)
        #expect(
            server.line(3, "JOIN #stadtbaeume") == [
                "3> :lotse.local 473 c #stadtbaeume :Cannot join channel: your account is not on its list"
            ])
        server.enter(4, "anna", channel: nil)
        #expect(
            server.line(4, "JOIN #stadtbaeume") == [
                "4> :lotse.local 477 anna #stadtbaeume :Cannot join channel: sign in to your account first"
            ])
        #expect(server.line(1, "INVITE c #stadtbaeume")[0].contains(" 473 "))
        #expect(server.line(3, "JOIN #stadtbaeume")[0].contains(" 473 "))
    }

    @Test(
        "The room of a new group is closed from the moment it is opened, also to who was in it before",
        arguments: [true, false])
    func closedLater(botIsEverywhere: Bool) {
        var server = ServerHarness { $0.isBotEverywhere = botIsEverywhere }
        server.enter(1, "a", account: "anna", channel: "#laden")
        server.enter(2, "b", account: "bernd", channel: "#laden")
        server.enter(3, "c", channel: "#laden")
        let opening = ServerInput.channels(["#Laden", "#markt"], members: ["#Laden": ["Anna"], "#MARKT": ["anna"]])
        let lines = server.handle(opening)
        for number in 2...3 {
            let kick = "\(number)> :lotse.local KICK #laden \(["b", "c"][number - 2]) :"
            #expect(lines.contains { $0.hasPrefix(kick) })
            #expect(!lines.contains { $0.hasPrefix("\(number)> ") && $0.contains("lotse!") })
        }
        let names = server.line(1, "NAMES #laden").first?.split(separator: ":").last?.split(separator: " ")
        #expect(names == (botIsEverywhere ? ["@lotse", "@a"] : ["@lotse", "a"]))
        #expect(server.line(2, "JOIN #laden")[0].contains(" 473 "))
        #expect(server.line(3, "JOIN #markt")[0].contains(" 477 "))
        #expect(server.line(3, "PRIVMSG #laden :x")[0].contains(" 404 "))
        #expect(server.line(1, "JOIN #markt").contains { $0.contains(" JOIN ") })
        // A list that changes counts at once; a room whose group is gone stays closed.
        _ = server.handle(.channels(["#laden"], members: ["#laden": ["bernd"]]))
        #expect(server.line(2, "JOIN #laden").contains { $0.contains(" JOIN ") })
        #expect(server.line(1, "JOIN #laden")[0].contains(" 473 "))
        #expect(server.line(2, "JOIN #markt")[0].contains(" 473 "))
        _ = server.handle(.channels(["#laden", "#markt"], members: [:]))
        #expect(server.line(1, "JOIN #laden").contains { $0.contains(" JOIN ") })
        #expect(server.line(2, "JOIN #markt").contains { $0.contains(" JOIN ") })
    }

    @Test("A room that was closed is still closed after a restart, without words or names being kept")
    func restart() {
        var server = ServerHarness()
        server.enter(1, "a", account: "anna")
        _ = setFacilitators(["anna"], in: &server)
        server.line(1, "MODE #stadtbaeume +ikb geheim x!*@*")
        server.line(1, "TOPIC #stadtbaeume :Bäume")
        let kept = KeptRoom(name: "#stadtbaeume", flags: "int", key: "geheim", limit: nil)
        #expect(server.kept == [kept])
        var again = ServerHarness()
        again.restore([kept, KeptRoom(name: "#fort", flags: "", key: nil, limit: nil)])
        again.enter(2, "b", channel: nil)
        #expect(again.line(2, "JOIN #stadtbaeume")[0].contains(" 475 "))
        #expect(again.line(2, "JOIN #stadtbaeume geheim")[0].contains(" 473 "))
        // Who facilitates gets in all the same, and can let the others in.
        again.enter(3, "c", account: "anna", channel: nil)
        _ = setFacilitators(["anna"], in: &again)
        #expect(again.line(3, "JOIN #stadtbaeume").last?.hasSuffix(" MODE #stadtbaeume +o c") == true)
        again.line(3, "MODE #stadtbaeume -ik geheim")
        #expect(again.line(2, "JOIN #stadtbaeume").count > 2)
        #expect(again.line(2, "JOIN #fort").count > 2)
        // What belongs to no group is gone with those who were in it.
        again.line(2, "MODE #fort +i")
        #expect(again.kept == [KeptRoom(name: "#stadtbaeume", flags: "nt", key: nil, limit: nil)])
    }

    /// Every way in which somebody might read what is said in a room, who is in it, or say something there.
    private static let ways = [
        "JOIN #stadtbaeume", "JOIN #stadtbaeume geheim", "CHATHISTORY LATEST #stadtbaeume * 50",
        "CHATHISTORY BEFORE #stadtbaeume timestamp=2100-01-01T00:00:00.000Z 50",
        "CHATHISTORY AROUND #stadtbaeume msgid=m1 50",
        "CHATHISTORY TARGETS timestamp=2000-01-01T00:00:00.000Z timestamp=2100-01-01T00:00:00.000Z 50",
        "TOPIC #stadtbaeume", "TOPIC #stadtbaeume :x", "NAMES #stadtbaeume", "WHO #stadtbaeume",
        "WHO #stadtbaeume %cna",
        "LIST", "LIST #stadtbaeume", "LIST >0", "LIST T>0", "WHOIS a", "MODE #stadtbaeume", "MODE #stadtbaeume b",
        "MODE #stadtbaeume +o c", "INVITE c #stadtbaeume", "KICK #stadtbaeume a", "PART #stadtbaeume",
        "PRIVMSG #stadtbaeume :x", "NOTICE #stadtbaeume :x", "@+typing=active TAGMSG #stadtbaeume", "MONITOR + a",
        "WHO *", "WHOWAS a", "INVITE",
    ]

    @Test(
        "Nobody outside reads a closed room's words, sees who is in it, or is heard there, in whatever way",
        arguments: ways)
    func walk(way: String) {
        for account in [nil, "ceyda"] {
            var server = closed()
            // Also where its facilitator was careless.
            server.line(1, "MODE #stadtbaeume -n")
            server.line(1, "MODE #stadtbaeume -s")
            server.enter(3, "c", caps: "draft/chathistory message-tags", account: account, channel: nil)
            let lines = server.line(3, way)
            #expect(lines.allSatisfy { $0.hasPrefix("3> ") }, "heard inside: \(lines)")
            #expect(lines.allSatisfy { !$0.contains("GEHEIMNIS") })
            let telling = [
                " 353 ", " 352 ", " 354 ", " 322 ", " 319 ", " 324 ", " 367 ", " 332 ", "CHATHISTORY TARGETS #",
            ]
            let shown = lines.filter { line in telling.contains { line.contains($0) } && line.contains("#stadtbaeume") }
            #expect(shown == [])
            #expect(server.line(1, "PRIVMSG #stadtbaeume :GEHEIMNIS").filter { $0.hasPrefix("3>") } == [])
            #expect(
                server.say("GEHEIMNIS").filter { $0.hasPrefix("3>") } == [])
        }
    }

    @Test(
        "Who was sent away, or is banned, reads no further",
        arguments: ["KICK #stadtbaeume b", "MODE #stadtbaeume +b b!*@*"])
    func sentAway(line: String) {
        var server = closed()
        server.enter(2, "b", caps: "draft/chathistory", account: "bernd")
        let ask = "CHATHISTORY LATEST #stadtbaeume * 50"
        #expect(server.line(2, ask).contains { $0.contains("GEHEIMNIS") })
        server.isRecalling = true
        #expect(server.line(2, ask) == [])
        server.line(1, line)
        // Asked before, answered after.
        #expect(server.finishRecall(of: [Self.room], for: ConnectionID(2)).allSatisfy { !$0.contains("GEHEIMNIS") })
        server.isRecalling = false
        #expect(server.line(2, ask).map { $0.contains(" FAIL CHATHISTORY INVALID_TARGET ") } == [true])
        let targets = "timestamp=2000-01-01T00:00:00.000Z timestamp=2100-01-01T00:00:00.000Z"
        #expect(server.line(2, "CHATHISTORY TARGETS \(targets) 50").allSatisfy { !$0.contains("#stadtbaeume") })
    }

    // MARK: - Nicks

    @Test("An account takes its nick back at once; its other connection goes on under another one, or soon ends")
    func takeBack() {
        var server = ServerHarness()
        server.enter(1, "anna", account: "anna")
        server.enter(2, "bernd")
        server.open(3)
        server.line(3, "CAP REQ sasl")
        // As clients do: the nick first, then the password.
        #expect(server.line(3, "NICK anna") == [])
        server.line(3, "USER anna 0 * :Anna")
        server.signIn(3, "anna")
        let lines = server.line(3, "CAP END")
        #expect(lines.contains { $0.hasPrefix("3> :lotse.local 001 anna ") })
        #expect(lines.contains("2> :anna!~anna@Anna.account.lotse.local NICK anna1"))
        // The person is still called anna.
        #expect(server.delivered.allSatisfy { if case .renamed = $0 { false } else { true } })
        #expect(server.wait(.seconds(14)) == [])
        #expect(server.pass(.seconds(2)).contains("1 closed"))
    }

    @Test("A connection that lives keeps its new nick")
    func stillThere() {
        var server = ServerHarness()
        server.enter(1, "anna", account: "anna")
        server.enter(2, "x", account: "anna")
        #expect(server.line(2, "NICK anna").contains { $0.hasSuffix(" NICK anna") })
        server.line(1, "PONG lotse.local")
        #expect(server.pass(.seconds(20)).contains("1 closed") == false)
    }

    @Test("Others do not get an account's nick, whatever they promise", arguments: ["bernd", nil])
    func notForOthers(account: String?) {
        var server = ServerHarness()
        server.enter(1, "anna", account: "anna")
        server.open(2)
        server.line(2, "CAP REQ sasl")
        server.line(2, "NICK anna")
        server.line(2, "USER x 0 * x")
        if let account { server.signIn(2, account) }
        #expect(server.line(2, "CAP END") == ["2> :lotse.local 433 * anna :Nickname is already in use"])
        #expect(server.line(2, "NICK neu").first?.contains(" 001 neu ") == true)
        #expect(server.line(2, "NICK anna").first?.contains(" 433 ") == true)
    }

    @Test(
        "Names that people elsewhere trust with their passwords are free for nobody",
        arguments: ["NickServ", "chanserv", "OPERSERV", "Global"])
    func reserved(nick: String) {
        var server = ServerHarness()
        server.open(1)
        #expect(server.line(1, "NICK \(nick)") == ["1> :lotse.local 432 * \(nick) :Nickname is reserved for services"])
        #expect(server.say("hallo", .relayed(from: nick)) == [])
        server.enter(2, "bernd")
        #expect(
            server.say("hallo", .relayed(from: nick)).first?.hasSuffix("PRIVMSG #stadtbaeume :<\(nick)> hallo") == true)
    }

    // MARK: - The letters of the protocol

    @Test("Flags do not count for the limit of MODES, masks and signs do")
    func modes() {
        var server = ServerHarness()
        server.enter(1, "anna", channel: "#eigen")
        server.line(1, "MODE #eigen +ims-nt")
        #expect(server.line(1, "MODE #eigen")[0].hasSuffix("#eigen +ims"))
        #expect(
            server.line(1, "MODE #eigen +bbbbbk-ims a b c d e geheim")
                == ["1> :anna!~anna@1.lotse.local MODE #eigen +bbbb-ims a!*@* b!*@* c!*@* d!*@*"])
    }

    @Test(
        "Words of the protocol are ASCII",
        arguments: ["prıvmsg #stadtbaeume :x", "ﬁnd x", "joın #a", "PRIVMSG\u{301} #a :x"])
    func ascii(line: String) {
        var server = ServerHarness()
        server.enter(1, "anna")
        #expect(server.line(1, line).first?.contains(" 421 ") == true)
        #expect(server.delivered == [])
    }

    @Test("What separates is a byte, whatever combines with what stands behind it")
    func bytes() {
        var server = ServerHarness()
        server.enter(1, "anna", channel: nil)
        let lines = server.line(1, "JOIN #a,\u{301}#b,#c")
        #expect(lines.filter { $0.contains(" JOIN ") }.count == 2)
        #expect(lines.contains { $0.contains(" 403 anna \u{301}#b ") })
        #expect(server.line(1, "JOIN #\u{301}d").contains { $0.contains(" JOIN #\u{301}d") })
        #expect(server.line(1, "PRIVMSG #\u{301}d :x") == [])
    }

    // MARK: - Lines that are lost

    @Test("That a line was too long or is not UTF-8 is also said in words")
    func lost() {
        var server = ServerHarness()
        server.open(1)
        _ = server.handle(.frame(ConnectionID(1), .tooLong))
        #expect(server.delivered == [])
        server.enter(2, "anna", caps: "batch draft/multiline")
        let date = server.moment.date
        let anna = Identity(rawValue: "local/connection/x1-2")
        func lost(_ loss: Loss) -> Incoming { .lost(loss, of: anna, adapter: "local", at: date) }
        _ = server.handle(.frame(ConnectionID(2), .tooLong))
        _ = server.handle(.frame(ConnectionID(2), .notUTF8(IRCMessage("PRIVMSG", ["#stadtbaeume", "\u{FFFD}"]))))
        _ = server.handle(.frame(ConnectionID(2), .notUTF8(IRCMessage("AWAY", ["\u{FFFD}"]))))
        #expect(server.delivered == [lost(.tooLong), lost(.notUTF8)])
        server.line(2, "BATCH +1 draft/multiline #stadtbaeume")
        for _ in 0...ServerLimits.multilineLines { server.line(2, "@batch=1 PRIVMSG #stadtbaeume :x") }
        #expect(server.delivered.count == 3)
        #expect(server.delivered.last == lost(.tooLong))
    }

    // MARK: - Room for newcomers

    @Test("Half-open connections give way: of the network that has most of them, the one that was silent longest")
    func halfOpen() {
        var server = ServerHarness(maximumConnections: 150, maximumConnectionsPerAddress: 100)
        server.open(1, from: "198.51.100.7")
        for number in 2...150 { server.open(number, from: "192.0.\(number % 2).1") }
        // All but number 3 speak.
        for number in 2...150 where number != 3 {
            _ = server.wait(.milliseconds(10))
            server.line(number, "PING x")
        }
        #expect((151...153).map { server.open($0, from: "203.0.113.1").last } == ["2 closed", "4 closed", "3 closed"])
        for number in 200...400 {
            let lines = server.open(number, from: "2001:db8::\(String(number, radix: 16))")
            #expect(!lines.contains("1 closed"))
        }
        server.line(1, "NICK anna")
        #expect(server.line(1, "USER a 0 * a").first?.contains(" 001 anna ") == true)
    }

    @Test("The addresses behind 64 bits of IPv6 are one peer, and an IPv4 address is the same in either form")
    func networks() {
        func network(_ address: String) -> String {
            ServerInput.Peer(address: address, isLoopback: false, isSecure: false).network
        }
        #expect(network("2001:db8:0:1::1") == network("2001:db8:0:1:ffff::2"))
        #expect(network("2001:db8:0:1::1") != network("2001:db8:0:2::1"))
        #expect(network("::ffff:192.0.2.7") == network("192.0.2.7"))
        #expect(network("192.0.2.7") != network("192.0.2.8"))
        #expect(network("fe80::1%eth0") == network("fe80::2"))
        var server = ServerHarness(maximumConnections: 1000, maximumConnectionsPerAddress: 10)
        let lines = (1...11).flatMap { server.open($0, from: "2001:db8::\($0)") }
        #expect(lines.last == "1 closed")
    }

    @Test(
        "Where the rest of Lotse needs the last descriptors, half-open peers give way, and then newcomers are refused")
    func crowded() {
        var server = ServerHarness()
        server.enter(1, "anna")
        server.open(2)
        server.open(3)
        #expect(server.handle(.crowded(ConnectionID(3))).last == "2 closed")
        #expect(server.handle(.crowded(ConnectionID(3))).last == "3 closed")
        #expect(server.handle(.crowded(ConnectionID(3))) == [])
        server.open(4)
        #expect(server.handle(.crowded(nil)).last == "4 closed")
        #expect(server.handle(.crowded(nil)) == [])
        #expect(server.line(1, "PING x").count == 1)
    }
}
