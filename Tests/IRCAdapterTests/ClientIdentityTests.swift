import DialogEngine
import Facilitation
import IRCAdapter
import IRCProtocol
import SeededRandom
import Testing

@Suite("Who is who")
struct ClientIdentityTests {
    private typealias Harness = ClientHarness

    private func identity(of text: String, in client: Harness) -> Identity? {
        client.messages.last { $0.text == text }?.sender.identity
    }

    @Test(
        "is the same after a KICK, in whatever order names, hosts, nicks and lines come",
        arguments: 1...300 as ClosedRange<UInt64>)
    func orders(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var client = Harness()
        client.enter()
        client.line(
            ":bernd!b@h2 JOIN #stadtbaeume", ":anna!a@h PRIVMSG #stadtbaeume :ich",
            ":bernd!b@h2 PRIVMSG lotse :auch ich")
        let anna = try #require(identity(of: "ich", in: client))
        let bernd = try #require(identity(of: "auch ich", in: client))
        client.line(":op!o@h KICK #stadtbaeume lotse :weg")
        client.handle(.elapsed(.rejoin("#stadtbaeume")))
        client.line(":lotse!~lotse@bot.example.org JOIN #stadtbaeume")
        client.forget()

        let isRenamed = Bool.random(using: &generator)
        // What the network tells stays in sequence; what people do comes in between, wherever it likes.
        let names = Int.random(in: 0...5, using: &generator)
        var nick = "bernd"
        var network: [(String) -> String] = [
            { ":s 353 lotse = #stadtbaeume :lotse anna \($0)" }, { _ in ":s 366 lotse #stadtbaeume :End" },
            { _ in ":s 352 lotse #stadtbaeume a h s anna H :0 Anna" },
            { ":s 352 lotse #stadtbaeume b h2 s \($0) H :0 B" }, { _ in ":s 315 lotse #stadtbaeume :End" },
        ]
        var people: [(inout Harness) -> Void] = [
            { $0.line(":anna!a@h PRIVMSG #stadtbaeume :+ laut") },
            { $0.line(":anna!a@h PRIVMSG lotse :+ leise") },
            { $0.line(":\(nick)!b@h2 PRIVMSG #stadtbaeume :+ auch") },
        ]
        people.shuffle(using: &generator)
        if isRenamed {
            people.insert(
                {
                    $0.line(":bernd!b@h2 NICK berta")
                    nick = "berta"
                }, at: Int.random(in: 0...people.count, using: &generator))
        }
        var step = 0
        while !network.isEmpty || !people.isEmpty {
            if people.isEmpty || (!network.isEmpty && Bool.random(using: &generator)) {
                client.line(network.removeFirst()(nick))
            } else {
                people.removeFirst()(&client)
            }
            step += 1
            if step == names { client.pass(.seconds(1)) }
        }
        #expect(identity(of: "+ laut", in: client) == anna)
        #expect(identity(of: "+ leise", in: client) == anna)
        #expect(identity(of: "+ auch", in: client) == bernd)
        let present = client.delivered.compactMap { news -> Set<Identity>? in
            if case .present(_, let senders, _) = news { Set(senders.map(\.identity)) } else { nil }
        }
        #expect(present == [[anna, bernd]])
        client.pass(.seconds(60))
        let answers = client.handle(.say(OutgoingMessage("für dich"), to: .person(anna, adapter: "net"), ticket: 9))
        #expect(answers.contains("PRIVMSG anna :für dich"))
        client.pass(.seconds(60))
        let others = client.handle(.say(OutgoingMessage("und dich"), to: .person(bernd, adapter: "net"), ticket: 10))
        #expect(others.contains("PRIVMSG \(nick) :und dich"))
    }

    @Test("never goes by the nick: who comes from elsewhere under a nick that was here is somebody else")
    func strangers() throws {
        var client = Harness()
        client.enter()
        client.line(":anna!a@h PRIVMSG #stadtbaeume :ich")
        let anna = try #require(identity(of: "ich", in: client))
        client.line(":op!o@h KICK #stadtbaeume lotse :weg")
        client.line(":anna!x@elsewhere PRIVMSG lotse :nicht ich")
        client.handle(.elapsed(.rejoin("#stadtbaeume")))
        client.line(
            ":lotse!~lotse@bot.example.org JOIN #stadtbaeume", ":s 353 lotse = #stadtbaeume :lotse anna",
            ":anna!x@elsewhere PRIVMSG #stadtbaeume :ich auch nicht")
        #expect(identity(of: "nicht ich", in: client) != anna)
        #expect(identity(of: "ich auch nicht", in: client) != anna)
    }

    @Test(
        "outlasts the bot's own link where the host is a cloak of one person, and nowhere else",
        arguments: [
            ("user/anna", 60, true), ("stadt/bauamt/anna", 800, true), ("user/anna", 1000, false),
            ("host.example.org", 60, false), ("gateway/web/irc/x-1", 60, false), ("user/anna/ip.192.0.2.1", 60, false),
        ])
    func cloaks(host: String, seconds: Int, isSame: Bool) throws {
        var client = Harness()
        client.enter(capabilities: "multi-prefix")
        client.line(":anna!a@\(host) JOIN #stadtbaeume", ":anna!a@\(host) PRIVMSG #stadtbaeume :ich")
        let anna = try #require(identity(of: "ich", in: client))
        client.handle(.disconnected(jitter: 0.5))
        client.pass(.seconds(seconds))
        client.handle(.connected(.secure))
        client.line(
            ":s 001 lotse :hi", ":lotse!~lotse@bot.example.org JOIN #stadtbaeume",
            ":s 353 lotse = #stadtbaeume :lotse anna", ":s 366 lotse #stadtbaeume :End",
            ":s 352 lotse #stadtbaeume a \(host) s anna H :0 Anna", ":s 315 lotse #stadtbaeume :End",
            ":anna!a@\(host) PRIVMSG #stadtbaeume :wieder ich")
        #expect((identity(of: "wieder ich", in: client) == anna) == isSame)
    }
}
