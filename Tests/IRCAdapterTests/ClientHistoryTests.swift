import DialogEngine
import Facilitation
import FoundationEssentials
import IRCAdapter
import IRCProtocol
import Testing

@Suite("What was said while the client was away")
struct ClientHistoryTests {
    private typealias Harness = ClientHarness
    private let room = ClientHarness.room
    private static let capabilities = "batch message-tags server-time draft/chathistory"

    @Test("in a channel is fetched, each line once")
    func history() {
        var client = Harness()
        client.enter(capabilities: "batch message-tags server-time draft/chathistory", support: "CHATHISTORY=2")
        client.line(
            ":anna!a@h JOIN #stadtbaeume",
            "@msgid=1;time=2026-11-22T19:00:01.500Z :anna!a@h PRIVMSG #stadtbaeume :eins")
        client.handle(.disconnected(jitter: 0.5))
        client.forget()
        client.handle(.connected(.secure))
        client.line(
            ":s.x CAP * LS :batch message-tags server-time draft/chathistory",
            ":s.x CAP * ACK :batch message-tags server-time draft/chathistory", ":s.x 001 lotse :hi",
            ":s.x 005 lotse CHATHISTORY=2 :are supported", ":lotse!l@h JOIN #stadtbaeume",
            ":s.x 353 lotse = #stadtbaeume :lotse anna!a@h", ":s.x 366 lotse #stadtbaeume :End")
        func page(_ lines: String...) -> [String] {
            client.line("BATCH +h chathistory #stadtbaeume")
            for line in lines { client.line("@batch=h;\(line)") }
            return client.line("BATCH -h")
        }
        let question = "CHATHISTORY AFTER #stadtbaeume timestamp=2026-11-22T19:00:"
        #expect(client.line(":s.x 315 lotse #stadtbaeume :End") == ["\(question)00.500Z 2"])
        #expect(
            page(
                "msgid=1;time=2026-11-22T19:00:01.500Z :anna!a@h PRIVMSG #stadtbaeume :eins",
                "msgid=2;time=2026-11-22T19:00:02.500Z :anna!a@h PRIVMSG #stadtbaeume :zwei") == [
                    "\(question)01.500Z 2"
                ])
        #expect(page("msgid=3;time=2026-11-22T19:00:03.500Z :anna!x@stranger PRIVMSG #stadtbaeume :drei") == [])
        client.line("@msgid=3 :anna!x@stranger PRIVMSG #stadtbaeume :drei")
        #expect(client.delivered.compactMap(\.text) == ["zwei", "drei"])
        let anna = Harness.sender(2, "anna")
        #expect(client.delivered.last == .present(room, [anna], at: client.moment.date))
        #expect(client.delivered.compactMap(\.sender) == [anna, Harness.sender(3, "anna")])
    }

    @Test("before the program ran is fetched where it led a session, and nowhere else")
    func lastRun() {
        let end = Date(timeIntervalSince1970: 1_795_370_400)
        var client = Harness {
            $0.channels = ["#stadtbaeume", "#neu"]
            $0.absence = .init(since: end, channels: ["#Stadtbaeume"])
        }
        client.handle(.connected(.secure))
        client.line(
            ":s.x CAP * LS :\(Self.capabilities)", ":s.x CAP * ACK :\(Self.capabilities)", ":s.x 001 lotse :hi",
            ":s.x 005 lotse CHATHISTORY=2 CASEMAPPING=ascii :are supported")
        func enter(_ name: String) -> [String] {
            client.line(
                ":lotse!l@h JOIN \(name)", ":s.x 353 lotse = \(name) :lotse anna!a@h", ":s.x 366 lotse \(name) :End",
                ":s.x 315 lotse \(name) :End"
            ).filter { $0.hasPrefix("CHATHISTORY") }
        }
        #expect(enter("#stadtbaeume") == ["CHATHISTORY AFTER #stadtbaeume timestamp=2026-11-22T17:59:59.000Z 2"])
        client.line(
            "BATCH +h chathistory #stadtbaeume",
            "@batch=h;msgid=1;time=2026-11-22T18:30:00.000Z :anna!a@h PRIVMSG #stadtbaeume :+ inzwischen gesagt",
            "BATCH -h")
        #expect(client.delivered.compactMap(\.text) == ["+ inzwischen gesagt"])
        #expect(enter("#neu").allSatisfy { $0.hasPrefix("CHATHISTORY TARGETS") })
    }

    /// Was in the room together with anna, lost its link at 19:00:00, and comes back into the room a minute later.
    private func comeBack(_ client: inout Harness) {
        client.enter(capabilities: Self.capabilities, support: "CHATHISTORY=2 CASEMAPPING=ascii")
        client.line(":anna!a@h JOIN #stadtbaeume", ":bernd!b@h JOIN #stadtbaeume")
        client.handle(.disconnected(jitter: 0.5))
        client.pass(.seconds(60))
        client.handle(.connected(.secure))
        client.line(
            ":s.x CAP * LS :\(Self.capabilities)", ":s.x CAP * ACK :\(Self.capabilities)", ":s.x 001 lotse :hi",
            ":s.x 005 lotse CHATHISTORY=2 CASEMAPPING=ascii :are supported", ":lotse!l@h JOIN #stadtbaeume",
            ":s.x 353 lotse = #stadtbaeume :lotse anna!a@h bernd!b@h", ":s.x 366 lotse #stadtbaeume :End",
            ":s.x 315 lotse #stadtbaeume :End")
    }

    /// A batch of the server's; returns what the bot asks next.
    private func batch(_ client: inout Harness, _ kind: String, _ lines: String...) -> [String] {
        client.pass(.seconds(10))
        client.line("BATCH +h \(kind)")
        for line in lines { client.line("@batch=h;\(line)") }
        return client.line("BATCH -h")
    }

    @Test("privately is read when the rooms are settled, from each who wrote, each line once")
    func letters() {
        var client = Harness()
        comeBack(&client)
        #expect(
            batch(&client, "chathistory #stadtbaeume") == [
                "CHATHISTORY TARGETS timestamp=2026-11-22T19:03:00.000Z timestamp=2026-11-23T19:05:10.000Z 2"
            ])
        #expect(
            client.delivered.last
                == .present(room, [Harness.sender(3, "anna"), Harness.sender(4, "bernd")], at: client.moment.date))
        client.forget()
        let question = "CHATHISTORY AFTER anna timestamp=2026-11-22T19:"
        #expect(
            batch(
                &client, "draft/chathistory-targets",
                "x :s.x CHATHISTORY TARGETS #stadtbaeume 2026-11-22T19:04:00.000Z",
                "x :s.x CHATHISTORY TARGETS anna 2026-11-22T19:04:30.000Z",
                "x :s.x CHATHISTORY TARGETS Fremd 2026-11-22T19:04:40.000Z") == ["\(question)03:00.000Z 2"])
        #expect(
            batch(
                &client, "chathistory anna",
                "msgid=1;time=2026-11-22T19:04:20.000Z :anna!a@h PRIVMSG lotse :+ Junge Bäume",
                "msgid=2;time=2026-11-22T19:04:21.000Z :lotse!l@h PRIVMSG anna :B1 notiert.") == [
                    "\(question)04:21.000Z 2"
                ])
        // One line again, one that came live meanwhile, and one by somebody else under the nick.
        client.line("@msgid=3 :anna!a@h PRIVMSG lotse :!stand")
        #expect(
            batch(
                &client, "chathistory anna",
                "msgid=1;time=2026-11-22T19:04:20.000Z :anna!a@h PRIVMSG lotse :+ Junge Bäume",
                "msgid=3;time=2026-11-22T19:05:30.000Z :anna!a@h PRIVMSG lotse :!stand",
                "msgid=4;time=2026-11-22T19:05:31.000Z :anna!x@stranger PRIVMSG lotse :!ok") == [
                    "\(question)05:31.000Z 2"
                ])
        #expect(batch(&client, "chathistory anna") == ["CHATHISTORY AFTER Fremd timestamp=2026-11-22T19:03:00.000Z 2"])
        #expect(batch(&client, "chathistory Fremd") == [])
        let messages = client.delivered.compactMap { if case .message(let message) = $0 { message } else { nil } }
        #expect(messages.map(\.text) == ["+ Junge Bäume", "!stand", "!ok"])
        #expect(messages.allSatisfy { $0.place == .privately(adapter: "net") })
        #expect(messages.map(\.sender) == [3, 3, 5].map { Harness.sender($0, "anna") })
    }

    @Test("is not asked for at the first connection, and asked for again where there was no time to")
    func beginning() {
        var client = Harness()
        client.handle(.connected(.secure))
        client.line(
            ":s.x CAP * LS :\(Self.capabilities)", ":s.x CAP * ACK :\(Self.capabilities)", ":s.x 001 lotse :hi")
        #expect(client.handle(.elapsed(.letters)) == [])
        comeBack(&client)
        client.handle(.disconnected(jitter: 0.5))
        client.pass(.seconds(600))
        client.handle(.connected(.secure))
        client.line(
            ":s.x CAP * LS :\(Self.capabilities)", ":s.x CAP * ACK :\(Self.capabilities)", ":s.x 001 lotse :hi")
        // No room answers.
        let questions = client.handle(.elapsed(.letters))
        #expect(questions.first?.hasPrefix("CHATHISTORY TARGETS timestamp=2026-11-22T19:03:00.000Z ") == true)
    }

    @Test("is left alone where the network refuses", arguments: ["TARGETS", "AFTER"])
    func refused(_ refused: String) {
        var client = Harness()
        comeBack(&client)
        _ = batch(&client, "chathistory #stadtbaeume")
        if refused == "AFTER" {
            _ = batch(
                &client, "draft/chathistory-targets", "x CHATHISTORY TARGETS anna 2026-11-22T19:04:30.000Z",
                "x CHATHISTORY TARGETS bernd 2026-11-22T19:04:30.000Z")
        }
        client.pass(.seconds(10))
        let next = client.line(":s.x FAIL CHATHISTORY INVALID_TARGET \(refused) anna :no")
        #expect(next.first?.hasPrefix("CHATHISTORY AFTER bernd") ?? false == (refused == "AFTER"))
        client.line(":s.x FAIL CHATHISTORY INVALID_TARGET \(refused) bernd :no")
        client.forget()
        client.line("@msgid=9 :anna!a@h PRIVMSG lotse :hallo")
        #expect(client.delivered.count == 1)
    }
}

extension Incoming {
    fileprivate var text: String? { if case .message(let message) = self { message.text } else { nil } }
    fileprivate var sender: Sender? { if case .message(let message) = self { message.sender } else { nil } }
}
