import DialogEngine
import Facilitation
import IRCAdapter
import IRCProtocol
import Testing

@Suite("Typing")
struct ClientTypingTests {
    private typealias Harness = ClientHarness
    private let text = String(repeating: "Straßenbäume ", count: 400)

    /// What leaves in `seconds`, and after how many.
    private func sent(_ client: inout Harness, seconds: Int) -> [(Int, String)] {
        (1...seconds).flatMap { second in
            client.pass(.seconds(1))
            return client.handle(.elapsed(.sending), isStale: true).map { (second, $0) }
        }
    }

    @Test("is shown while a longer answer has to wait, and takes a fifth of the pace at most")
    func shown() {
        var client = Harness()
        client.enter(capabilities: "message-tags")
        let first = client.say(text)
        #expect(first.map { $0.prefix(8) } == ["PRIVMSG ", "PRIVMSG ", "PRIVMSG ", "PRIVMSG ", "@+typing"])
        #expect(first.last == "@+typing=active TAGMSG #stadtbaeume")
        let lines = sent(&client, seconds: 60)
        let notes = lines.filter { $0.1.contains("TAGMSG") }.map(\.0)
        #expect(lines.count { $0.1.contains("PRIVMSG") } == 10)
        // The line that asks for a sign of life costs its time as well.
        #expect(notes == [10, 20])
        #expect(client.done == [1])
    }

    @Test(
        "is not shown where it cannot be, or where the wait is short",
        arguments: [("batch", "", 3000), ("message-tags", "CLIENTTAGDENY=typing", 3000), ("message-tags", "", 1800)])
    func hidden(capabilities: String, support: String, length: Int) {
        var client = Harness()
        client.enter(capabilities: capabilities, support: "CASEMAPPING=ascii \(support)")
        let lines = client.say(String(text.prefix(length))) + sent(&client, seconds: 60).map(\.1)
        #expect(lines.allSatisfy { $0.hasPrefix("PRIVMSG") })
    }

    @Test("is shown before lines that follow one by one", arguments: [(1, 0), (2, 1)])
    func announced(following: Int, notes: Int) {
        var client = Harness()
        client.enter(capabilities: "message-tags")
        for ticket in 1...4 { client.say("\(ticket)", ticket: ticket) }
        let message = OutgoingMessage("5", following: following)
        let lines = client.handle(.say(message, to: .room(ClientHarness.room), ticket: 5))
        #expect(lines == Array(repeating: "@+typing=active TAGMSG #stadtbaeume", count: notes))
    }

    @Test("of others is not speech", arguments: [("active", 1), ("paused", 0), ("done", 0)])
    func heard(state: String, news: Int) {
        var client = Harness()
        client.enter(capabilities: "message-tags echo-message labeled-response batch")
        client.line(":anna!a@h JOIN #stadtbaeume")
        client.forget()
        let seen = Incoming.typing(
            ClientHarness.room, ClientHarness.sender(1, "").identity, at: client.moment.date)
        for _ in 1...3 {
            #expect(client.line("@msgid=1;+typing=\(state) :anna!a@h TAGMSG #stadtbaeume") == [])
            #expect(client.line("@msgid=2;+typing=\(state) :anna!a@h TAGMSG lotse :+ text") == [])
            #expect(client.line("@msgid=3;+typing=\(state) :fremd!f@h TAGMSG #stadtbaeume") == [])
        }
        #expect(client.delivered == Array(repeating: seen, count: news))
    }
}
