import DialogEngine
import Facilitation
import IRCAdapter
import IRCProtocol
import Testing

@Suite("Registering with the listener")
struct ServerRegistrationTests {
    @Test("NICK and USER lead to a welcome, in order")
    func welcome() {
        var server = ServerHarness()
        #expect(server.open(1) == [])
        #expect(server.line(1, "NICK anna") == [])
        let lines = server.line(1, "USER anna 0 * :Anna")
        #expect(lines.first == "1> :lotse.local 001 anna :Welcome to the Lotse IRC network, anna!~anna@1.lotse.local")
        let numerics = lines.map { String($0.split(separator: " ")[2]) }
        #expect(
            numerics == [
                "001", "002", "003", "004", "005", "005", "005", "251", "252", "253", "254", "255", "265", "266", "422",
            ])
    }

    @Test("CAP holds the welcome back until CAP END")
    func capabilities() {
        var server = ServerHarness()
        server.open(1)
        let all =
            "account-notify account-tag away-notify batch cap-notify chghost draft/chathistory "
            + "draft/multiline=max-bytes=4096,max-lines=32 echo-message extended-join extended-monitor invite-notify "
            + "labeled-response message-tags multi-prefix sasl=PLAIN,SCRAM-SHA-256 server-time setname "
            + "standard-replies userhost-in-names"
        #expect(server.line(1, "CAP LS 302") == ["1> :lotse.local CAP * LS :\(all)"])
        server.line(1, "NICK anna")
        #expect(server.line(1, "USER a 0 * a") == [])
        #expect(
            server.line(1, "CAP REQ :server-time nonsense") == ["1> :lotse.local CAP anna NAK :server-time nonsense"])
        #expect(server.line(1, "CAP REQ :server-time echo-message").last?.contains("ACK") == true)
        #expect(server.line(1, "CAP LIST") == ["1> :lotse.local CAP anna LIST :cap-notify echo-message server-time"])
        #expect(server.line(1, "CAP FOO") == ["1> :lotse.local 410 anna FOO :Invalid CAP command"])
        #expect(server.line(1, "CAP END").first?.contains(" 001 ") == true)
    }

    @Test(
        "A command that is wrong or too early gets its numeric",
        arguments: [
            ("JOIN #x", "451 * :You have not registered"),
            ("NICK", "431 * :No nickname given"),
            ("NICK 1anna", "432 * 1anna :Erroneous nickname"),
            ("NICK :an na", "432 * an_na :Erroneous nickname"),
            ("NICK lotse", "433 * lotse :Nickname is already in use"),
            ("NICK LOTSE", "433 * LOTSE :Nickname is already in use"),
            ("USER a", "461 * USER :Not enough parameters"),
            ("PASS", "461 * PASS :Not enough parameters"),
            ("PING x", "PONG lotse.local x"),
        ])
    func tooEarly(line: String, reply: String) {
        var server = ServerHarness()
        server.open(1)
        #expect(server.line(1, line) == ["1> :lotse.local \(reply)"])
    }

    @Test("Who registers first gets the nick; a half-open peer holds none")
    func squatting() {
        var server = ServerHarness()
        server.open(1)
        server.open(2)
        server.line(1, "NICK anna")
        #expect(server.line(2, "NICK Anna") == [])
        #expect(server.line(2, "USER b 0 * b").first?.contains(" 001 Anna ") == true)
        #expect(server.line(1, "USER a 0 * a") == ["1> :lotse.local 433 * anna :Nickname is already in use"])
        #expect(server.line(1, "NICK bernd").first?.contains(" 001 bernd ") == true)
        #expect(server.line(1, "NICK ANNA") == ["1> :lotse.local 433 bernd ANNA :Nickname is already in use"])
        server.line(2, "QUIT")
        #expect(server.line(1, "NICK ANNA") == ["1> :bernd!~a@1.lotse.local NICK ANNA"])
    }

    @Test("A wrong password ends the connection, the right one does not")
    func password() {
        var server = ServerHarness(password: "geheim")
        for (number, password) in [(1, "falsch"), (2, "geheim")] {
            server.open(number)
            server.line(number, "PASS \(password)")
            server.line(number, "NICK anna")
        }
        #expect(
            server.line(1, "USER a 0 * a") == [
                "1> :lotse.local 464 anna :Password incorrect",
                "1> ERROR :Closing link: anna (Password incorrect)", "1 closed",
            ])
        #expect(server.line(2, "USER a 0 * a").first?.contains(" 001 ") == true)
        #expect(server.line(2, "PASS x") == ["2> :lotse.local 462 anna :You may not reregister"])
    }

    @Test("Whoever does not register in 30 seconds is dropped")
    func timeout() {
        var server = ServerHarness()
        server.open(1)
        server.line(1, "NICK anna")
        #expect(server.pass(.seconds(29)) == [])
        #expect(
            server.pass(.seconds(1)) == ["1> ERROR :Closing link: anna (Registration timed out)", "1 closed"])
    }

    @Test("Silence is asked after for 90 seconds and ends at 150")
    func ping() {
        var server = ServerHarness()
        server.enter(1, "anna")
        server.enter(2, "bernd")
        #expect(server.pass(.seconds(90)) == ["1> PING lotse.local", "2> PING lotse.local"])
        #expect(server.line(1, "PONG lotse.local") == [])
        #expect(server.pass(.seconds(59)) == [])
        #expect(
            server.pass(.seconds(1)) == [
                "2> ERROR :Closing link: bernd (Ping timeout)", "2 closed",
                "1> :bernd!~bernd@2.lotse.local QUIT :Ping timeout",
            ])
    }

    @Test("Half-open peers give way to newcomers, registered ones do not")
    func limits() {
        var server = ServerHarness(maximumConnections: 3, maximumConnectionsPerAddress: 2)
        server.open(1, from: "192.0.2.1")
        server.open(2, from: "192.0.2.1")
        #expect(
            server.open(3, from: "192.0.2.1") == [
                "1> ERROR :Closing link: * (Too many connections from your address)", "1 closed",
            ])
        server.enter(4, "anna")
        server.enter(5, "bernd")
        server.enter(6, "ceyda")
        // 2 and 3 had to go for those; now all three places are taken by people.
        #expect(server.open(7) == ["7> ERROR :Closing link: * (Too many connections)", "7 closed"])
    }

    @Test("A browser that was lured here gets no command through")
    func browser() {
        var server = ServerHarness()
        server.open(1)
        #expect(server.line(1, "POST / HTTP/1.1") == ["1> ERROR :Closing link: * (This is IRC)", "1 closed"])
        #expect(server.line(1, "NICK anna") == [])
    }

    @Test("A bad line is refused and the connection stays")
    func badLines() {
        var server = ServerHarness()
        server.enter(1, "anna")
        let id = ConnectionID(1)
        #expect(server.handle(.frame(id, .tooLong)) == ["1> :lotse.local 417 anna :Input line was too long"])
        let notUTF8 = IRCFrame.notUTF8(IRCMessage("PRIVMSG", ["#stadtbaeume", "\u{FFFD}"]))
        #expect(server.handle(.frame(id, notUTF8)).first?.hasPrefix("1> :lotse.local FAIL * INVALID_UTF8 :") == true)
        #expect(server.handle(.frame(id, .malformed(.nul))).first?.contains("FAIL * INVALID_LINE") == true)
        // What was lost without its sender having to know the protocol is told to her by the bot as well.
        #expect(
            server.delivered
                == [Loss.tooLong, .notUTF8].map {
                    .lost($0, of: Identity(rawValue: "local/connection/x1-1"), adapter: "local", at: server.moment.date)
                })
        #expect(server.line(1, "PING x") == ["1> :lotse.local PONG lotse.local x"])
    }
}
