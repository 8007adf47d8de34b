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

    @Test("of others is not speech", arguments: ["active", "paused", "done"])
    func heard(state: String) {
        var client = Harness()
        client.enter(capabilities: "message-tags echo-message labeled-response batch")
        client.line(":anna!a@h JOIN #stadtbaeume")
        client.forget()
        #expect(client.line("@msgid=1;+typing=\(state) :anna!a@h TAGMSG #stadtbaeume") == [])
        #expect(client.line("@msgid=2;+typing=\(state) :anna!a@h TAGMSG lotse :+ text") == [])
        #expect(client.delivered == [])
    }
}
