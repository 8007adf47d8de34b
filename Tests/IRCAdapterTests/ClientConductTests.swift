import DialogEngine
import Facilitation
import IRCAdapter
import IRCProtocol
import Testing

@Suite("How the client conducts itself")
struct ClientConductTests {
    private typealias Harness = ClientHarness
    private let room = ClientHarness.room

    @Test("takes its nick back as soon as it is free", arguments: [":lotse!x@y QUIT :bye", ":lotse!x@y NICK other"])
    func regain(line: String) {
        var client = Harness()
        client.handle(.connected(.secure))
        client.line(":s.x 433 * lotse :in use", ":s.x 001 lotse_ :hi", ":lotse_!l@h JOIN #stadtbaeume")
        #expect(client.others.contains(.schedule(.nick, after: .seconds(5))))
        client.line(":lotse!x@y JOIN #stadtbaeume")
        #expect(client.line(line) == ["NICK lotse"])
        client.line(":lotse_!l@h NICK lotse")
        client.forget()
        #expect(client.handle(.elapsed(.nick)) == [])
        #expect(client.others == [])
    }

    @Test("asks whether its nick is free: once where the network watches, else every minute")
    func watch() {
        var client = Harness()
        client.handle(.connected(.secure))
        client.line(":s.x 433 * lotse :in use", ":s.x 001 lotse_ :hi")
        client.forget()
        #expect(client.handle(.elapsed(.nick)) == ["ISON lotse"])
        #expect(client.others == [.schedule(.nick, after: .seconds(60))])
        #expect(client.line(":s.x 303 lotse_ :lotse") == [])
        client.line(":s.x 005 lotse_ MONITOR=100 :are supported")
        client.forget()
        #expect(client.handle(.elapsed(.nick)) == ["MONITOR + lotse"])
        #expect(client.others == [])
        #expect(client.line(":s.x 731 lotse_ :lotse!x@y") == ["NICK lotse"])
        #expect(client.line(":lotse_!l@h NICK lotse") == ["MONITOR - lotse"])
    }

    @Test(
        "says why it is not in a room, and knocks again",
        arguments: [
            ("471", Exclusion.full), ("473", .inviteOnly), ("474", .banned), ("475", .needsKey), ("477", .needsAccount),
            ("403", .refused), ("405", .refused), ("489", .refused), ("495", .refused), ("926", .refused),
        ])
    func refused(numeric: String, reason: Exclusion) {
        var client = Harness()
        client.handle(.connected(.secure))
        client.line(":s.x 001 lotse :hi")
        client.forget()
        client.line(":s.x \(numeric) lotse #Stadtbaeume :no")
        #expect(client.delivered == [.excluded(room, reason, at: client.moment.date)])
        #expect(client.others == [.report(.refused("#stadtbaeume", numeric: numeric))])
        #expect(client.handle(.elapsed(.rejoin("#stadtbaeume"))) == ["JOIN #stadtbaeume"])
        client.line(":s.x \(numeric) lotse #stadtbaeume :no")
        #expect(client.delivered.count == 1)
    }

    @Test("says once that it may not speak, until the modes change")
    func muted() {
        var client = Harness()
        client.enter()
        for _ in 1...2 { client.line(":s.x 404 lotse #stadtbaeume :Cannot send to channel") }
        #expect(client.delivered == [.excluded(room, .muted, at: client.moment.date)])
        client.line(":anna!a@h MODE #stadtbaeume +m", ":s.x 404 lotse #stadtbaeume :Cannot send to channel")
        #expect(client.delivered.count == 2)
    }

    @Test(
        "comes back later after a ban, whichever way it is told",
        arguments: [":s.x 465 lotse :You are banned", "ERROR :Closing Link: lotse (K-Lined)"])
    func ban(line: String) {
        var client = Harness()
        client.enter()
        client.line(line)
        client.handle(.disconnected(jitter: 0.5))
        #expect(client.others.contains(.report(.banned)))
        #expect(client.others.last == .reconnect(after: .seconds(900)))
    }

    @Test(
        "gets slower when the network says that it is too fast",
        arguments: ["263 lotse WHO :try again", "FAIL PRIVMSG RATE_LIMITED :slow down"])
    func slowDown(line: String) {
        var client = Harness()
        client.enter()
        client.line(":s.x \(line)")
        for ticket in 1...9 { client.say("\(ticket)", ticket: ticket) }
        let sent = client.done.count
        client.pass(.seconds(4))
        client.handle(.elapsed(.sending))
        #expect(client.done.count == sent + 1)
    }

    @Test("leaves a channel that it was only forwarded to")
    func forward() {
        var client = Harness()
        client.enter()
        #expect(client.line(":lotse!l@h JOIN ##overflow") == ["PART ##overflow"])
    }

    // MARK: - Malicious servers

    @Test("does not listen to CAP LS without end")
    func endlessCapabilities() {
        var client = Harness()
        client.handle(.connected(.secure))
        client.forget()
        for index in 0..<300 { client.line(":s.x CAP * LS * :cap\(index)") }
        #expect(client.others == [.report(.nonsense), .close])
    }

    @Test("does not try nicks without end")
    func endlessNicks() {
        var client = Harness()
        client.handle(.connected(.secure))
        client.forget()
        let tries = (1...100).flatMap { _ in client.line(":s.x 433 * x :no") }
        #expect(tries.count == 21)
        #expect(client.others == [.report(.noNick), .close])
    }

    @Test("is sent around in circles by STS three times, then waits")
    func circles() {
        var client = Harness()
        var delays: [ClientAction] = []
        for _ in 1...5 {
            client.handle(.connected(.plain))
            client.line(":s.x CAP * LS :sts=port=6697")
            client.handle(.disconnected(jitter: 0.5))
            if let last = client.others.last { delays.append(last) }
        }
        #expect(
            delays == [.zero, .zero, .zero, .seconds(1), .zero].map { .reconnect(after: $0) })
    }

    @Test("still speaks to its group while a server asks and asks")
    func pingFlood() {
        var client = Harness()
        client.enter()
        for index in 0..<1000 { client.line("PING \(index)") }
        #expect(client.say("Guten Abend.") == [])
        client.pass(.seconds(20))
        #expect(client.handle(.elapsed(.sending)) == ["PRIVMSG #stadtbaeume :Guten Abend."])
    }

    @Test("remembers no more people than a network can have")
    func namesFlood() {
        var client = Harness()
        client.handle(.connected(.secure))
        client.line(":s.x 001 lotse :hi", ":lotse!l@h JOIN #stadtbaeume")
        for index in 0..<700 {
            let nicks = (0..<100).map { "n\(index)x\($0)" }.joined(separator: " ")
            client.line(":s.x 353 lotse = #stadtbaeume :\(nicks)")
        }
        client.handle(.elapsed(.arrival("#stadtbaeume")))
        guard case .present(_, let senders, _) = client.delivered.last else {
            Issue.record("nobody is present")
            return
        }
        #expect(senders.count == 50_000)
    }

    @Test("drops a text of many lines that does not end, and says so")
    func endlessText() {
        var client = Harness()
        client.enter(capabilities: "batch message-tags draft/multiline")
        client.line(":anna!a@h BATCH +x draft/multiline #stadtbaeume")
        let line = "@batch=x :anna!a@h PRIVMSG #stadtbaeume :" + String(repeating: "x", count: 400)
        for _ in 0..<500 { client.line(line) }
        #expect(client.line("BATCH -x") == ["NOTICE anna :too busy"])
        #expect(client.delivered == [])
    }
}
