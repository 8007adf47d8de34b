import DialogEngine
import Facilitation
import IRCAdapter
import IRCProtocol
import SeededRandom
import Testing

@Suite("Whatever peers send")
struct SimulationTests {
    private static let commands = [
        "JOIN", "PART", "NICK", "USER", "QUIT", "PRIVMSG", "NOTICE", "TAGMSG", "MODE", "KICK", "INVITE", "TOPIC",
        "NAMES",
        "LIST", "WHO", "WHOIS", "WHOWAS", "AWAY", "CAP", "PASS", "PING", "PONG", "ISON", "USERHOST", "LUSERS", "MOTD",
        "VERSION", "TIME", "INFO", "HELP", "ADMIN", "MONITOR", "OPER", "KILL", "BATCH", "SETNAME", "ACCOUNT", "CHGHOST",
        "ERROR", "AUTHENTICATE", "FOO", "001", "005", "353", "366",
        "433",
        "437", "471", "903", "904", "465",
    ]
    private static let arguments = [
        "#stadtbaeume", "#a", "#b", "a", "b", "c", "lotse", "LOTSE", "#a,#b", "0", "*", "+o", "-o+v", "b", "+nt", "LS",
        "REQ",
        "END", "302", ":", ":text with spaces", ":\u{01}ACTION x\u{01}", ":\u{01}PING 1\u{01}",
        ":server-time message-tags", ":batch labeled-response draft/multiline sasl", "+k", "-k", "+l", "7", "+beI",
        "+imns",
        "+x", "-x", "draft/multiline", "anna", "geheim", "PLAIN", "SCRAM-SHA-256", "AGFubmEAZ2VoZWlt",
        "%tcuihsnfdlaor,7",
        ":echo-message extended-join away-notify", ":a.example.net b.example.net", ":@lotse +a b", "CASEMAPPING=ascii",
        ":" + String(repeating: "ü", count: 200),
    ]

    private static func line(_ generator: inout SeededGenerator) -> String {
        let count = Int.random(in: 0...4, using: &generator)
        return ([generator.pick(commands)] + (0..<count).map { _ in generator.pick(arguments) }).joined(separator: " ")
    }

    @Test(
        "the listener goes on, and tells the inbox of nobody's going before her coming",
        arguments: [1, 2, 3] as [UInt64])
    func server(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var server = ServerHarness()
        var number = 5
        for id in 1...number { server.open(id) }
        for step in 0..<4000 {
            switch Int.random(in: 0..<60, using: &generator) {
            case 0:
                number += 1
                server.open(number)
                server.line(number, "NICK \(generator.pick(["a", "b", "c", "d"]))")
                server.line(number, "USER u 0 * u")
            case 1: _ = server.handle(.closed(ConnectionID(Int.random(in: 1...number, using: &generator))))
            case 2: _ = server.pass(.seconds(20))
            case 3: _ = server.say("Guten Abend.", .relayed(from: generator.pick(["a", "e"])))
            default: server.line(number - Int.random(in: 0..<5, using: &generator), Self.line(&generator))
            }
            if step % 1000 == 999 { check(server.delivered, seed: seed) }
        }
        check(server.delivered, seed: seed)
    }

    /// Joins and leaves of each person in each room take turns, the join first.
    private func check(_ delivered: [Incoming], seed: UInt64) {
        var present: Set<String> = []
        for incoming in delivered {
            switch incoming {
            case .joined(let room, let sender, _):
                #expect(present.insert("\(room) \(sender.identity.rawValue)").inserted, "seed \(seed)")
            case .left(let room, let identity, _):
                #expect(present.remove("\(room) \(identity.rawValue)") != nil, "seed \(seed)")
            case .message(let message):
                if case .room(let room) = message.place {
                    #expect(present.contains("\(room) \(message.sender.identity.rawValue)"), "seed \(seed)")
                }
            case .identified(let old, let sender, _):
                let rooms = present.filter { $0.hasSuffix(" \(old.rawValue)") }
                present.subtract(rooms)
                for room in rooms { present.insert(room.replacing(old.rawValue, with: sender.identity.rawValue)) }
            case .present, .renamed, .typing, .separated, .reunited, .excluded, .told, .guidesRead, .lost: break
            }
        }
    }

    @Test("the client goes on, and sends no more than its pace allows", arguments: [4, 5, 6] as [UInt64])
    func client(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var client = ClientHarness()
        client.enter()
        for _ in 0..<4000 {
            switch Int.random(in: 0..<40, using: &generator) {
            case 0:
                client.handle(.disconnected(jitter: 0.5))
                client.handle(.connected(.secure))
                client.line(":s.x 001 lotse :hi", ":lotse!l@h JOIN #stadtbaeume")
            case 1: client.pass(.seconds(3))
            case 2: client.say("Guten Abend.")
            case 3: client.handle(.elapsed(.sending))
            case 4: client.handle(.elapsed(.lost))
            default:
                let source = generator.pick(["a!a@h ", "b!b@h ", "c!c@h ", "lotse!l@h ", "irc.example.net ", ""])
                let written = client.line((source.isEmpty ? "" : ":" + source) + Self.line(&generator))
                #expect(written.filter { $0.hasPrefix("PRIVMSG") || $0.hasPrefix("NOTICE") }.count <= 4, "seed \(seed)")
            }
        }
    }
}
