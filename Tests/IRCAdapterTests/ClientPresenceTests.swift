import DialogEngine
import Facilitation
import IRCAdapter
import IRCProtocol
import Testing

@Suite("Whom the client sees")
struct ClientPresenceTests {
    private typealias Harness = ClientHarness
    private let room = ClientHarness.room

    @Test("are first those present, then everybody who comes, is renamed, goes")
    func presence() {
        var client = Harness()
        client.enter()
        client.line(
            ":bernd!b@h JOIN #stadtbaeume", ":bernd!b@h NICK otto", ":otto!b@h PART #stadtbaeume",
            ":ceyda!c@h JOIN #stadtbaeume", ":anna!a@h KICK #stadtbaeume ceyda :so", ":anna!a@h QUIT :Quit: bye")
        let at = client.moment.date
        #expect(
            client.delivered == [
                .joined(room, Harness.sender(2, "bernd"), at: at),
                .renamed(Harness.sender(2, "").identity, to: "otto", at: at),
                .left(room, Harness.sender(2, "").identity, at: at),
                .joined(room, Harness.sender(3, "ceyda"), at: at), .left(room, Harness.sender(3, "").identity, at: at),
                .left(room, Harness.sender(1, "").identity, at: at),
            ])
        client.forget()
        client.line(":anna!x@elsewhere JOIN #stadtbaeume")
        #expect(client.delivered == [.joined(room, Harness.sender(4, "anna"), at: at)])
        client.handle(.disconnected(jitter: 0.5))
        client.handle(.connected(.secure))
        client.forget()
        client.line(
            ":s.x 001 lotse :hi", ":lotse!l@h JOIN #stadtbaeume", ":s.x 353 lotse = #stadtbaeume :@lotse +anna",
            ":s.x 366 lotse #stadtbaeume :End", ":s.x 315 lotse #stadtbaeume :End")
        #expect(client.delivered == [.present(room, [Harness.sender(5, "anna")], at: at)])
    }

    @Test("keep their identity by account, over nicks and rooms, and lose it when they log out")
    func accounts() {
        var client = Harness()
        client.handle(.connected(.secure))
        client.line(
            ":s.x CAP * LS :account-tag account-notify extended-join",
            ":s.x CAP * ACK :account-notify account-tag extended-join", ":s.x 001 lotse :hi",
            ":lotse!l@h JOIN #stadtbaeume * :Lotse", ":s.x 353 lotse = #stadtbaeume :lotse bernd",
            ":s.x 366 lotse #stadtbaeume :End", ":s.x 315 lotse #stadtbaeume :End")
        client.forget()
        let at = client.moment.date
        client.line(
            ":anna!a@h JOIN #stadtbaeume Anna :Anna", ":anna!a@h NICK ann", ":ann!a@h ACCOUNT *",
            "@account=bernd :bernd!b@h PRIVMSG #stadtbaeume :hallo", ":b2!b@h JOIN #stadtbaeume bernd :B",
            ":b2!b@h QUIT :Quit: ")
        let anna = Sender(identity: Identity(rawValue: "net/account/anna"), name: "anna", account: "Anna")
        #expect(
            client.delivered == [
                .joined(room, anna, at: at), .renamed(anna.identity, to: "ann", at: at),
                .left(room, anna.identity, at: at), .joined(room, Harness.sender(3, "ann"), at: at),
                .identified(
                    Harness.sender(1, "").identity, as: Harness.sender(account: "bernd", "bernd"), at: at),
                .message(
                    IncomingMessage(
                        place: .room(room), sender: Harness.sender(account: "bernd", "bernd"), text: "hallo", at: at)),
                // Bernd with a second connection: he comes again, and does not leave with it.
                .joined(room, Harness.sender(account: "bernd", "b2"), at: at),
            ])
    }

    @Test("do not count as gone in a netsplit, and come back as themselves")
    func netsplit() {
        var client = Harness()
        client.enter()
        client.line(":bernd!b@h JOIN #stadtbaeume", ":ceyda!c@h JOIN #stadtbaeume")
        client.forget()
        for nick in ["bernd!b@h", "ceyda!c@h"] { client.line(":\(nick) QUIT :a.example.net b.example.net") }
        let at = client.moment.date
        let (bernd, ceyda) = (Harness.sender(2, "").identity, Harness.sender(3, "").identity)
        #expect(client.delivered == [.separated(room, bernd, at: at), .separated(room, ceyda, at: at)])
        #expect(client.others.first == .schedule(.lost, after: .seconds(900)))
        client.forget()
        client.line(":bernd!b@h JOIN #stadtbaeume", ":ceyda!x@stranger JOIN #stadtbaeume")
        #expect(
            client.delivered == [
                .reunited(room, bernd, at: at), .joined(room, Harness.sender(4, "ceyda"), at: at),
            ])
        client.forget()
        client.line(":bernd!b@h PRIVMSG #stadtbaeume :da")
        client.pass(.seconds(900))
        client.handle(.elapsed(.lost))
        #expect(
            client.delivered == [
                .message(
                    IncomingMessage(place: .room(room), sender: Harness.sender(2, "bernd"), text: "da", at: at)),
                .left(room, Harness.sender(3, "").identity, at: client.moment.date),
            ])
    }

    @Test("are the same again after a kick, from which the bot comes back twice")
    func kicks() {
        var client = Harness()
        client.enter()
        let anna = Harness.sender(1, "anna")
        for (index, seconds) in [2, 10].enumerated() {
            client.forget()
            client.line(":anna!a@h KICK #stadtbaeume lotse :no")
            #expect(
                client.others.suffix(2) == [
                    .report(.kicked("#stadtbaeume", willRejoin: true)),
                    .schedule(.rejoin("#stadtbaeume"), after: .seconds(seconds)),
                ])
            #expect(client.say("waits", ticket: 20 + index) == [])
            #expect(client.handle(.elapsed(.rejoin("#stadtbaeume"))) == ["JOIN #stadtbaeume"])
            let said = client.line(":lotse!l@h JOIN #stadtbaeume").filter { !$0.hasPrefix("PING") }
            #expect(said == ["PRIVMSG #stadtbaeume :waits"])
            client.line(
                ":s.x 353 lotse = #stadtbaeume :lotse @anna fremd", ":s.x 366 lotse #stadtbaeume :End",
                ":s.x 352 lotse #stadtbaeume a h s.x anna H@ :0 Anna",
                ":s.x 352 lotse #stadtbaeume f elsewhere s.x fremd H :0 F", ":s.x 315 lotse #stadtbaeume :End")
            #expect(
                client.delivered == [
                    .present(room, [anna, Harness.sender(2 * index + 3, "fremd")], at: client.moment.date)
                ])
            client.line(":fremd!f@elsewhere QUIT :bye")
            client.pass(.seconds(60))
        }
        client.forget()
        client.line(":anna!a@h KICK #stadtbaeume lotse :no")
        #expect(client.others.last == .report(.kicked("#stadtbaeume", willRejoin: false)))
        #expect(client.delivered == [.excluded(room, .removed, at: client.moment.date)])
        #expect(client.say("lost", ticket: 30) == [])
        #expect(client.done == [30])
        // Who can help is told; an invitation brings the bot back.
        let person = Destination.person(anna.identity, adapter: "net")
        #expect(client.handle(.say(OutgoingMessage("help"), to: person, ticket: 31)) == ["PRIVMSG anna :help"])
        #expect(client.line(":anna!a@h INVITE lotse #elsewhere") == [])
        client.forget()
        for _ in 1...2 { client.line(":anna!a@h INVITE lotse #stadtbaeume") }
        #expect(client.others == [.schedule(.rejoin("#stadtbaeume"), after: .seconds(2))])
        #expect(client.handle(.elapsed(.rejoin("#stadtbaeume"))) == ["JOIN #stadtbaeume"])
    }

    @Test("counts also where parting words are not UTF-8; a line that is not is refused")
    func notUTF8() {
        var client = Harness()
        client.enter()
        func unreadable(_ line: String) -> ClientInput {
            .frame(IRCMessage(parsing: Array(line.utf8)).map { .notUTF8($0) } ?? .tooLong)
        }
        #expect(
            client.handle(unreadable(":anna!a@h PRIVMSG #stadtbaeume :+ B\u{FFFD}ume")) == ["NOTICE anna :not UTF-8"])
        #expect(client.delivered == [])
        client.handle(unreadable(":anna!a@h QUIT :Tsch\u{FFFD}s"))
        #expect(client.delivered.count == 1)
    }
}
