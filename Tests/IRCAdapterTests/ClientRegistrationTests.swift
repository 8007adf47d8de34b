import Facilitation
import IRCAdapter
import IRCProtocol
import Testing

@Suite("The client's connection")
struct ClientRegistrationTests {
    private let first = ["CAP LS 302", "NICK lotse", "USER lotse 0 * :Lotse"]

    @Test("begins with CAP, asks for what it uses, and joins its rooms")
    func register() {
        var client = ClientHarness { $0.channels = ["#b", "#a"] }
        #expect(client.handle(.connected(.secure)) == first)
        #expect(client.line(":s.x CAP * LS * :sasl=PLAIN multi-prefix") == [])
        #expect(client.line(":s.x CAP * LS :server-time foo") == ["CAP REQ :multi-prefix server-time"])
        #expect(client.line(":s.x CAP lotse ACK :multi-prefix server-time") == ["CAP END"])
        #expect(client.line(":s.x 001 lotse :Welcome") == ["JOIN #a,#b"])
        #expect(client.line("PING :abc") == ["PONG abc"])
    }

    @Test("logs in by SASL PLAIN before it registers")
    func sasl() {
        var client = ClientHarness { $0.sasl = SASLAccount(name: "lotse", password: "geheim", mechanisms: [.plain]) }
        client.handle(.connected(.secure))
        #expect(client.line(":s.x CAP * LS :sasl") == ["CAP REQ sasl"])
        #expect(client.line(":s.x CAP * ACK :sasl") == ["AUTHENTICATE PLAIN"])
        #expect(client.line("AUTHENTICATE +") == ["AUTHENTICATE bG90c2UAbG90c2UAZ2VoZWlt"])
        #expect(client.line(":s.x 903 lotse :ok") == ["CAP END"])
    }

    @Test("ends when the login is refused, and never goes on as a stranger")
    func saslFails() {
        var client = ClientHarness { $0.sasl = SASLAccount(name: "lotse", password: "falsch", mechanisms: [.plain]) }
        client.handle(.connected(.secure))
        client.line(":s.x CAP * LS :sasl", ":s.x CAP * ACK :sasl", "AUTHENTICATE +")
        client.forget()
        #expect(client.line(":s.x 904 lotse :no") == ["QUIT"])
        #expect(client.others == [.report(.saslFailed), .close])
        #expect(client.line(":s.x 001 lotse :Welcome") == [])
    }

    @Test(
        "cuts the SASL payload at 400 bytes",
        arguments: [(4, [16]), (292, [400, 1]), (293, [400, 4]), (592, [400, 400, 1])])
    func payload(length: Int, chunks: [Int]) {
        // Three bytes of name, twice, two NUL, and the password.
        let sasl = SASLPlain(account: "abc", password: String(repeating: "x", count: length))
        #expect(sasl.payload.map(\.utf8.count) == chunks)
        #expect("\(sasl)" == "***")
    }

    @Test("tries other nicks when its own is taken")
    func nicks() {
        var client = ClientHarness()
        client.handle(.connected(.secure))
        let tries = (1...4).flatMap { _ in client.line(":s.x 433 * x :Nickname is already in use") }
        #expect(tries == ["NICK lotse_", "NICK lotse__", "NICK lotse1", "NICK lotse2"])
        #expect(client.line(":s.x 001 lotse2 :Welcome") == ["JOIN #stadtbaeume"])
        client.line(":lotse2!~l@h JOIN #stadtbaeume")
        client.forget()
        client.line(":anna!a@h PRIVMSG lotse2 :!hilfe", ":anna!a@h PRIVMSG lotse :not for us")
        #expect(client.delivered.count == 1)
    }

    @Test("is given up when registration takes too long, the password is wrong or nothing is heard")
    func givingUp() {
        var client = ClientHarness { $0.password = "geheim" }
        #expect(client.handle(.connected(.secure)).contains("PASS geheim"))
        #expect(
            client.others == [.schedule(.registration, after: .seconds(60)), .schedule(.idle, after: .seconds(60))])
        client.forget()
        client.handle(.elapsed(.registration))
        #expect(client.others == [.report(.registrationTimeout), .close])

        client = ClientHarness()
        client.handle(.connected(.secure))
        client.forget()
        client.line(":s.x 464 * :Password incorrect")
        #expect(client.others == [.report(.wrongPassword), .close])

        client = ClientHarness()
        client.enter()
        client.line(":s.x NOTICE lotse :still here")
        client.pass(.seconds(40))
        #expect(client.handle(.elapsed(.idle)) == [])
        #expect(client.others == [.schedule(.idle, after: .seconds(20))])
        client.pass(.seconds(20))
        client.forget()
        #expect(client.handle(.elapsed(.idle)) == ["PING lotse"])
        #expect(client.others == [.schedule(.pong, after: .seconds(30))])
        client.pass(.seconds(30))
        client.forget()
        client.handle(.elapsed(.pong))
        #expect(client.others == [.report(.pingTimeout), .close])
    }

    @Test("comes back after 1 s, doubling to 300 s, anew after five minutes of health")
    func backoff() {
        var client = ClientHarness()
        func delay(_ jitter: Double = 0.5) -> Duration? {
            client.forget()
            client.handle(.disconnected(jitter: jitter))
            guard case .reconnect(let delay) = client.others.last else { return nil }
            return delay
        }
        #expect((1...11).map { _ in delay() } == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map { .seconds($0) })
        #expect(delay(0) == .seconds(225))
        #expect(delay(1) == .seconds(375))
        client.enter()
        client.pass(.seconds(300))
        #expect(delay() == .seconds(1))
        client.handle(.connected(.secure))
        client.line(":s.x 465 lotse :You are banned")
        #expect(delay() == .seconds(900))
    }

    @Test("ends with QUIT, and nobody waits any longer")
    func stop() {
        var client = ClientHarness()
        client.enter()
        for ticket in 1...5 { client.say("x", ticket: ticket) }
        #expect(client.done == [1, 2, 3, 4])
        client.forget()
        #expect(client.handle(.stop) == ["QUIT :Lotse is stopping"])
        #expect(client.others == [.close])
        #expect(client.done == [5])
        client.say("too late", ticket: 8)
        #expect(client.done == [5, 8])
        client.forget()
        client.handle(.disconnected(jitter: 0))
        #expect(client.others == [])
    }
}
