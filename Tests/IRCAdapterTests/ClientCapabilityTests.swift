import DialogEngine
import Facilitation
import FoundationEssentials
import IRCAdapter
import IRCProtocol
import Testing

@Suite("What the client makes of capabilities")
struct ClientCapabilityTests {
    private typealias Harness = ClientHarness
    private let room = ClientHarness.room
    /// The first label goes to the question who is in the room, which needs none.
    private let confirming = "batch labeled-response echo-message message-tags server-time"

    @Test(
        "asks for what it uses, and for nothing that lacks what it needs",
        arguments: [
            ("echo-message", "CAP END"), ("echo-message labeled-response", "CAP END"),
            ("echo-message labeled-response batch", "CAP REQ :batch echo-message labeled-response"),
            (
                "draft/multiline=max-bytes=99 draft/chathistory batch message-tags",
                "CAP REQ :batch message-tags draft/multiline"
            ),
            ("sts=duration=9 tls foo/bar=1 sasl", "CAP END"),
        ])
    func requests(offered: String, request: String) {
        var client = Harness()
        client.handle(.connected(.secure))
        #expect(client.line(":s.x CAP * LS :\(offered)") == [request])
    }

    @Test("asks one by one where a request is refused as a whole")
    func refusal() {
        var client = Harness()
        client.handle(.connected(.secure))
        client.line(":s.x CAP * LS :batch chghost setname")
        #expect(
            client.line(":s.x CAP * NAK :batch ch") == ["CAP REQ batch", "CAP REQ chghost", "CAP REQ setname"])
        #expect(client.line(":s.x CAP * ACK :batch", ":s.x CAP * NAK :chghost") == [])
        #expect(client.line(":s.x CAP * ACK :setname") == ["CAP END"])
    }

    @Test("takes what is offered later, and does without what is withdrawn")
    func notify() {
        var client = Harness()
        client.enter(capabilities: "cap-notify batch")
        #expect(
            client.line(":s.x CAP lotse NEW :labeled-response echo-message foo") == [
                "CAP REQ :echo-message labeled-response"
            ])
        client.line(":s.x CAP lotse ACK :echo-message labeled-response")
        #expect(client.say("eins") == ["@label=2 PRIVMSG #stadtbaeume :eins"])
        client.line(":s.x CAP lotse DEL :batch")
        #expect(client.say("zwei", ticket: 2) == ["PRIVMSG #stadtbaeume :zwei"])
        #expect(client.done == [2])
    }

    @Test("knows by the echo that a line went out, and says it again where none came")
    func confirmation() {
        var client = Harness()
        client.enter(capabilities: confirming)
        for ticket in 1...3 { client.say("\(ticket)", ticket: ticket) }
        #expect(client.done == [])
        client.line("@label=2 :lotse!l@h PRIVMSG #stadtbaeume :1", "@label=3 :s.x ACK")
        #expect(client.done == [1, 2])
        #expect(client.delivered == [])
        client.handle(.disconnected(jitter: 0.5))
        client.handle(.connected(.secure))
        client.line(":s.x 001 lotse :hi")
        #expect(client.line(":lotse!l@h JOIN #stadtbaeume") == ["PRIVMSG #stadtbaeume :3"])
        #expect(client.done == [1, 2, 3])
    }

    @Test("asks for a sign of life where an echo is overdue, and does not wait for ever for it")
    func noEcho() {
        var client = Harness()
        client.enter(capabilities: confirming)
        client.say("eins")
        #expect(client.others == [.schedule(.confirmation, after: .seconds(5))])
        #expect(client.handle(.elapsed(.confirmation)) == ["PING lotse-2"])
        #expect(client.done == [])
        client.say("zwei", ticket: 2)
        client.line(":s.x PONG s.x :lotse-2")
        #expect(client.done == [1])
        client.line("@label=3 :lotse!l@h PRIVMSG #stadtbaeume :zwei")
        #expect(client.done == [1, 2])
    }

    @Test(
        "notices a dead route in seconds, and says again what nothing shows to have arrived",
        arguments: ["batch labeled-response echo-message message-tags server-time", "message-tags"])
    func deadRoute(capabilities: String) {
        var client = Harness()
        client.enter(capabilities: capabilities)
        client.say("eins")
        let said = client.moment.uptime
        #expect(client.handle(.elapsed(.confirmation)) == ["PING lotse-2"])
        client.say("zwei", ticket: 2)
        client.handle(.elapsed(.pong))
        #expect(client.others.contains(.report(.pingTimeout)) && client.others.contains(.close))
        #expect(client.moment.uptime - said <= .seconds(20))
        client.say("drei", ticket: 3)
        client.handle(.disconnected(jitter: 0.5))
        client.handle(.connected(.secure))
        client.line(":s.x 001 lotse :hi")
        let lines = client.line(":lotse!l@h JOIN #stadtbaeume")
        #expect(lines == ["PRIVMSG #stadtbaeume :eins", "PRIVMSG #stadtbaeume :zwei", "PRIVMSG #stadtbaeume :drei"])
        #expect(client.done.sorted() == [1, 2, 3])
    }

    @Test("says nothing twice where a network that confirms nothing ends the link in order")
    func endInOrder() {
        var client = Harness()
        client.enter(capabilities: "message-tags")
        client.say("eins")
        client.line("ERROR :Closing link: server restarts")
        client.handle(.disconnected(jitter: 0.5))
        client.handle(.connected(.secure))
        client.line(":s.x 001 lotse :hi")
        #expect(client.line(":lotse!l@h JOIN #stadtbaeume") == [])
        #expect(client.done == [1])
    }

    @Test("hangs an answer at its line, and shows an acknowledgement as a reaction where that is wanted")
    func replies() {
        let message = OutgoingMessage("B1 notiert.", manner: .notice, inReplyTo: "abc", mark: "B1")
        func said(_ support: String, _ configure: @escaping (inout ClientSettings) -> Void = { _ in }) -> [String] {
            var client = Harness(configure)
            client.enter(capabilities: "message-tags", support: support)
            return client.handle(.say(message, to: .room(room), ticket: 1))
        }
        let plain = "NOTICE #stadtbaeume :B1 notiert."
        #expect(said("BOT=B") == ["@+draft/reply=abc \(plain)"])
        #expect(said("CLIENTTAGDENY=*,-typing") == [plain])
        #expect(said("CLIENTTAGDENY=*,-draft/reply") == ["@+draft/reply=abc \(plain)"])
        #expect(said("BOT=B") { $0.reacts = true } == ["@+draft/react=B1;+draft/reply=abc TAGMSG #stadtbaeume"])
        #expect(said("CLIENTTAGDENY=draft/react") { $0.reacts = true } == ["@+draft/reply=abc \(plain)"])
    }

    @Test("sends a long text as one, and takes one as one")
    func multiline() {
        var client = Harness()
        client.enter(capabilities: "batch message-tags draft/multiline=max-bytes=4096,max-lines=24")
        let text = String(repeating: "Straßenbäume ", count: 60).dropLast()
        let lines = client.say(String(text))
        #expect(lines.first?.hasSuffix(" draft/multiline #stadtbaeume") == true)
        #expect(lines.last?.hasPrefix("BATCH -") == true)
        let messages = lines.dropFirst().dropLast().compactMap { IRCMessage(parsing: Array($0.utf8)) }
        #expect(messages.compactMap { $0.parameter(1) }.joined() == text)
        #expect(messages.dropFirst().allSatisfy { $0.tags.keys.contains("draft/multiline-concat") })

        client.line(":anna!a@h JOIN #stadtbaeume")
        client.forget()
        client.line(
            "@msgid=m1 :anna!a@h BATCH +x draft/multiline #stadtbaeume",
            "@batch=x :anna!a@h PRIVMSG #stadtbaeume :+ Junge",
            "@batch=x :anna!a@h PRIVMSG #stadtbaeume :Bäume ver",
            "@batch=x;draft/multiline-concat :anna!a@h PRIVMSG #stadtbaeume :trocknen")
        #expect(client.delivered == [])
        client.line("BATCH -x")
        #expect(client.delivered.compactMap(\.text) == ["+ Junge Bäume vertrocknen"])
    }

    @Test("is settled also where the network answers none of its questions")
    func silence() {
        var client = Harness()
        client.handle(.connected(.secure))
        client.line(":s.x 001 lotse :hi", ":lotse!l@h JOIN #stadtbaeume", ":s.x 353 lotse = #stadtbaeume :lotse anna")
        #expect(client.delivered == [])
        client.handle(.elapsed(.arrival("#stadtbaeume")))
        #expect(client.delivered == [.present(room, [Harness.sender(1, "anna")], at: client.moment.date)])
    }

    @Test("learns accounts by WHOX before it tells who is there")
    func whox() {
        var client = Harness()
        client.handle(.connected(.secure))
        client.line(":s.x 001 lotse :hi", ":s.x 005 lotse WHOX BOT=B :are supported")
        client.line(":lotse!l@h JOIN #stadtbaeume", ":s.x 353 lotse = #stadtbaeume :lotse anna bernd")
        #expect(client.line(":s.x 366 lotse #stadtbaeume :End") == ["WHO #stadtbaeume %tcuhna,314"])
        client.line(
            ":s.x 354 lotse 314 #stadtbaeume a h anna Anna", ":s.x 354 lotse 314 #stadtbaeume b h bernd 0",
            ":s.x 354 lotse 9 something else")
        client.forget()
        client.line(":s.x 315 lotse #stadtbaeume :End")
        let anna = Sender(identity: Identity(rawValue: "net/account/anna"), name: "anna", account: "Anna")
        #expect(
            client.delivered == [.present(room, [anna, Harness.sender(2, "bernd")], at: client.moment.date)])
        // Without extended-join it has to ask again for each who comes.
        client.pass(.seconds(60))
        #expect(client.line(":ceyda!c@h JOIN #stadtbaeume") == ["WHO ceyda %tcuhna,314"])
        client.forget()
        client.line(":s.x 354 lotse 314 * c h ceyda Ceyda")
        let ceyda = Sender(identity: Identity(rawValue: "net/account/ceyda"), name: "ceyda", account: "Ceyda")
        #expect(
            client.delivered == [.identified(Harness.sender(3, "").identity, as: ceyda, at: client.moment.date)])
    }

    @Test("marks itself as a bot where the network has a mode for that")
    func botMode() {
        var client = Harness()
        client.handle(.connected(.secure))
        client.line(":s.x 001 lotse :hi")
        #expect(
            client.line(":s.x 005 lotse BOT=B WHOX :are supported", ":s.x 005 lotse NICKLEN=30 :are supported") == [
                "MODE lotse +B"
            ])
    }
}

extension Incoming {
    fileprivate var text: String? { if case .message(let message) = self { message.text } else { nil } }
    fileprivate var sender: Sender? { if case .message(let message) = self { message.sender } else { nil } }
}
