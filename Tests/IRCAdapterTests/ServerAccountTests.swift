@testable import IRCAdapter

import DialogEngine
import Facilitation
import IRCProtocol
import Testing

@Suite("Signing in to the listener")
struct ServerAccountTests {
    private let room = Room(adapter: "local", name: "#stadtbaeume")

    private func open(_ number: Int, caps: String = "sasl", in server: inout ServerHarness) {
        server.open(number)
        server.line(number, "CAP REQ :\(caps)")
    }

    @Test("PLAIN makes the account the identity, before the first line is said")
    func plain() {
        var server = ServerHarness()
        open(1, in: &server)
        #expect(server.line(1, "AUTHENTICATE PLAIN") == ["1> AUTHENTICATE +"])
        let payload = SASLPlain(account: "anna", password: "geheim").payload[0]
        #expect(
            server.line(1, "AUTHENTICATE \(payload)") == [
                "1> :lotse.local 900 * *!~@Anna.account.lotse.local Anna :You are now logged in as Anna",
                "1> :lotse.local 903 * :SASL authentication successful",
            ])
        server.line(1, "NICK a")
        server.line(1, "USER a 0 * a")
        server.line(1, "CAP END")
        server.line(1, "JOIN #stadtbaeume")
        let sender = Sender(identity: Identity(rawValue: "local/account/anna"), name: "a", account: "Anna")
        #expect(server.delivered == [.joined(room, sender, at: server.moment.date)])
    }

    @Test("SCRAM-SHA-256 proves the password without telling it, and the server proves that it knows it")
    func scram() throws {
        var server = ServerHarness()
        open(1, in: &server)
        server.line(1, "AUTHENTICATE SCRAM-SHA-256")
        var client = try SCRAMClient(account: "Anna", password: "geheim", nonce: "CLIENT")
        func send(_ text: String) -> String {
            let lines = SASLPayload.parameters(of: Array(text.utf8)).flatMap { server.line(1, "AUTHENTICATE \($0)") }
            let words = (lines.first ?? "").split(separator: " ")
            return SCRAM.bytes(base64: String(words.last ?? "")).map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
        let first = send(client.firstMessage)
        #expect(first.hasPrefix("r=CLIENTSERVER,s="))
        let final = send(try client.finalMessage(answering: first))
        try client.verify(final)
        #expect(server.line(1, "AUTHENTICATE +").map { $0.contains(" 900 ") || $0.contains(" 903 ") } == [true, true])
    }

    @Test("a wrong proof fails, for a name that exists and for one that does not", arguments: ["Anna", "otto"])
    func wrongProof(account: String) throws {
        var server = ServerHarness()
        open(1, in: &server)
        server.line(1, "AUTHENTICATE SCRAM-SHA-256")
        var client = try SCRAMClient(account: account, password: "falsch", nonce: "CLIENT")
        let first = server.line(1, "AUTHENTICATE \(SCRAM.base64(Array(client.firstMessage.utf8)))")[0]
        let challenge = SCRAM.bytes(base64: String(first.split(separator: " ")[2])) ?? []
        let final = try client.finalMessage(answering: String(decoding: challenge, as: UTF8.self))
        #expect(
            server.line(1, "AUTHENTICATE \(SCRAM.base64(Array(final.utf8)))") == [
                "1> :lotse.local 904 * :Signing in failed"
            ])
    }

    @Test(
        "what does not lead in gets its numeric",
        arguments: [
            (["AUTHENTICATE FOO"], ["908 * PLAIN,SCRAM-SHA-256 :are available SASL mechanisms", "904 *"]),
            (["AUTHENTICATE"], ["461 * AUTHENTICATE :Not enough parameters"]),
            (["AUTHENTICATE *"], ["906 *"]),
            (["AUTHENTICATE PLAIN", "AUTHENTICATE *"], ["906 *"]),
            (["AUTHENTICATE PLAIN", "AUTHENTICATE !!!"], ["904 *"]),
            (["AUTHENTICATE PLAIN", "AUTHENTICATE +"], ["904 *"]),
            (["AUTHENTICATE PLAIN", "AUTHENTICATE " + String(repeating: "A", count: 401)], ["905 *"]),
            (["AUTHENTICATE SCRAM-SHA-256", "AUTHENTICATE biws"], ["904 *"]),
        ])
    func refused(lines: [String], replies: [String]) {
        var server = ServerHarness()
        open(1, in: &server)
        let last = lines.reduce([]) { server.line(1, $1) }
        #expect(last.count == replies.count)
        for (line, reply) in zip(last, replies) { #expect(line.hasPrefix("1> :lotse.local \(reply)")) }
    }

    @Test("without the capability, or twice, nobody signs in")
    func notAllowed() {
        var server = ServerHarness()
        server.open(1)
        #expect(server.line(1, "AUTHENTICATE PLAIN")[0].contains(" 904 "))
        server.line(1, "CAP REQ sasl")
        server.signIn(1, "anna")
        #expect(server.line(1, "AUTHENTICATE PLAIN")[0].contains(" 907 "))
    }

    @Test("a password in clear is not taken where others could read it")
    func inClear() {
        var server = ServerHarness()
        server.open(1, from: "192.0.2.1")
        #expect(server.line(1, "CAP LS 302")[0].contains(" sasl=SCRAM-SHA-256 "))
        server.line(1, "CAP REQ sasl")
        #expect(server.line(1, "AUTHENTICATE PLAIN").last?.contains(" 904 ") == true)
        server.open(2, from: "192.0.2.1", isSecure: true)
        server.line(2, "CAP REQ sasl")
        #expect(server.line(2, "AUTHENTICATE PLAIN") == ["2> AUTHENTICATE +"])
    }

    @Test("where there are no accounts, SASL is not offered")
    func noAccounts() {
        var server = ServerHarness { $0.hasAccounts = false }
        server.open(1)
        #expect(server.line(1, "CAP LS 302")[0].contains("sasl") == false)
        #expect(server.line(1, "CAP REQ sasl")[0].contains("NAK"))
    }

    @Test("the third wrong password ends the connection")
    func guessing() {
        var server = ServerHarness()
        open(1, in: &server)
        let tries = (1...3).map { _ in server.signIn(1, "anna", password: "falsch") }
        #expect(tries.map(\.count) == [1, 1, 3])
        #expect(tries[2].last == "1 closed")
    }

    @Test("who signs in later is told of, and stays the same person under her account")
    func later() {
        var server = ServerHarness()
        server.enter(1, "anna", caps: "sasl chghost")
        server.enter(2, "bernd", caps: "account-notify account-tag extended-join")
        let lines = server.signIn(1, "Anna").dropFirst(2)
        #expect(
            Array(lines) == [
                "2> @account=Anna :anna!~anna@1.lotse.local ACCOUNT Anna",
                "1> :anna!~anna@1.lotse.local CHGHOST ~anna Anna.account.lotse.local",
            ])
        let sender = Sender(identity: Identity(rawValue: "local/account/anna"), name: "anna", account: "Anna")
        let old = Identity(rawValue: "local/connection/x1-1")
        #expect(server.delivered == [.identified(old, as: sender, at: server.moment.date)])
        #expect(server.line(1, "PRIVMSG #stadtbaeume :x")[0].hasPrefix("2> @account=Anna :anna!~anna@Anna.account."))
        #expect(server.line(2, "WHOIS anna")[1] == "2> :lotse.local 330 bernd anna Anna :is logged in as")
        #expect(server.line(2, "WHO anna %na")[0] == "2> :lotse.local 354 bernd anna Anna")
        server.line(1, "PART #stadtbaeume")
        #expect(
            server.line(1, "JOIN #stadtbaeume")[1]
                == "2> @account=Anna :anna!~anna@Anna.account.lotse.local JOIN #stadtbaeume Anna ANNA")
    }

    @Test("two connections of one account are one person, who goes when both are gone")
    func twoConnections() {
        var server = ServerHarness()
        for number in 1...2 {
            open(number, in: &server)
            server.signIn(number, "anna")
            server.line(number, "NICK anna\(number)")
            server.line(number, "USER a 0 * a")
            server.line(number, "CAP END")
            server.line(number, "JOIN #stadtbaeume")
        }
        let identity = Identity(rawValue: "local/account/anna")
        #expect(server.delivered.count == 1)
        #expect(server.handle(.say(OutgoingMessage("psst"), to: .person(identity, adapter: "local"))).count == 2)
        server.line(1, "QUIT")
        #expect(server.delivered.count == 1)
        server.line(2, "QUIT")
        #expect(server.delivered.last == .left(room, identity, at: server.moment.date))
    }

    @Test("whose account is removed has to go")
    func removed() {
        var server = ServerHarness()
        server.enter(1, "anna", caps: "sasl")
        server.enter(2, "bernd", caps: "sasl")
        server.signIn(1, "anna")
        server.signIn(2, "bernd")
        let lines = server.handle(.accounts(["bernd"]))
        #expect(lines.filter { $0.hasSuffix("closed") } == ["1 closed"])
    }

    @Test("an account that is named operator can end connections, others cannot")
    func operators() {
        var server = ServerHarness()
        server.enter(1, "anna")
        server.enter(2, "bernd")
        #expect(
            server.line(1, "KILL bernd :x") == [
                "1> :lotse.local 481 anna :Permission Denied- You're not an IRC operator"
            ])
        #expect(server.line(2, "OPER bernd geheim") == ["2> :lotse.local 464 bernd :Password incorrect"])
        #expect(server.line(1, "OPER anna falsch") == ["1> :lotse.local 464 anna :Password incorrect"])
        #expect(
            server.line(1, "OPER anna geheim") == [
                "1> :lotse.local 381 anna :You are now an IRC operator", "1> :anna!~anna@1.lotse.local MODE anna +o",
            ])
        #expect(server.line(1, "KILL lotse :x")[0].contains(" 483 "))
        #expect(
            server.line(1, "KILL bernd :so") == [
                "2> :anna!~anna@1.lotse.local KILL bernd so",
                "2> ERROR :Closing link: bernd (Killed (anna (so)))", "2 closed",
                "1> :bernd!~bernd@2.lotse.local QUIT :Killed (anna (so))",
            ])
        #expect(server.line(1, "MODE anna -o") == ["1> :anna!~anna@1.lotse.local MODE anna -o"])
    }
}
