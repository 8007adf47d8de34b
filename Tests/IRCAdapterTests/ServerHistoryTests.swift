import Facilitation
import FoundationEssentials
import Testing

@testable import IRCAdapter

/// CHATHISTORY; see <https://ircv3.net/specs/extensions/chathistory>.
@Suite("The listener's history")
struct ServerHistoryTests {
    private static let caps = "batch draft/chathistory message-tags server-time"
    private static let room = Room(adapter: "local", name: "#stadtbaeume")

    /// At 19:00:00.125, 19:00:01.125 and so on.
    private static func line(_ number: Int, _ text: String = "", of name: String = "bernd") -> PublicLine {
        PublicLine(
            id: "m\(number)", at: Date(timeIntervalSince1970: 1_795_374_000.125 + Double(number)), name: name,
            text: text.isEmpty ? "+ \(number)" : text)
    }

    private static func server(_ lines: [PublicLine] = (0..<6).map { line($0) }) -> ServerHarness {
        var server = ServerHarness()
        server.history = [room: lines]
        server.enter(1, "anna", caps: caps)
        return server
    }

    /// What was said in the batch that answers, without what surrounds it.
    private static func texts(_ lines: [String]) -> [String] {
        lines.compactMap { $0.components(separatedBy: " :").dropFirst(2).first }
    }

    @Test("lines come in a batch, with the time and the id that they had")
    func batch() {
        var server = Self.server([Self.line(0), Self.line(1, "= x y", of: "ceyda")])
        let source = "history@lotse.local PRIVMSG #stadtbaeume"
        #expect(
            server.line(1, "CHATHISTORY LATEST #Stadtbaeume * 50") == [
                "1> :lotse.local BATCH +b1 chathistory #stadtbaeume",
                "1> @batch=b1;msgid=m0;time=2026-11-22T19:00:00.125Z :bernd!\(source) :+ 0",
                "1> @batch=b1;msgid=m1;time=2026-11-22T19:00:01.125Z :ceyda!\(source) := x y",
                "1> :lotse.local BATCH -b1",
            ])
    }

    private static func time(_ number: Int) -> String { "timestamp=2026-11-22T19:00:0\(number).125Z" }

    @Test(
        "each subcommand selects what the specification says, by time and by id",
        arguments: [
            ("LATEST #stadtbaeume * 2", [4, 5]), ("latest #stadtbaeume \(time(3)) 50", [4, 5]),
            ("LATEST #stadtbaeume msgid=m3 1", [5]), ("LATEST #stadtbaeume msgid=m5 9", []),
            ("BEFORE #stadtbaeume \(time(3)) 2", [1, 2]), ("BEFORE #stadtbaeume msgid=m1 50", [0]),
            ("BEFORE #stadtbaeume msgid=m0 50", []), ("AFTER #stadtbaeume \(time(3)) 50", [4, 5]),
            ("AFTER #stadtbaeume msgid=m1 2", [2, 3]), ("AROUND #stadtbaeume msgid=m3 3", [2, 3, 4]),
            ("AROUND #stadtbaeume \(time(0)) 2", [0, 1]), ("AROUND #stadtbaeume msgid=m2 1", [2]),
            ("BETWEEN #stadtbaeume msgid=m1 msgid=m4 50", [2, 3]),
            ("BETWEEN #stadtbaeume msgid=m0 msgid=m5 2", [1, 2]),
            ("BETWEEN #stadtbaeume msgid=m5 msgid=m0 2", [3, 4]), ("BETWEEN #stadtbaeume msgid=m2 msgid=m2 9", []),
            ("BETWEEN #stadtbaeume \(time(4)) \(time(1)) 50", [2, 3]),
            ("BETWEEN #stadtbaeume timestamp=2020-01-01T00:00:00Z timestamp=2030-01-01T00:00:00.000Z 2", [0, 1]),
            ("BEFORE #stadtbaeume timestamp=2026-11-22T19:00:01.124Z 50", [0]),
            ("BEFORE #stadtbaeume timestamp=2026-11-22T19:00:01Z 50", [0]),
        ])
    func selecting(_ parameters: String, _ expected: [Int]) {
        var server = Self.server()
        #expect(Self.texts(server.line(1, "CHATHISTORY \(parameters)")) == expected.map { "+ \($0)" })
    }

    @Test("paging backwards by id brings every line once")
    func paging() {
        var server = Self.server(
            (0..<250).map { Self.line($0 / 3, "+ \($0)") }.enumerated().map {
                PublicLine(id: "i\($0)", at: $1.at, name: "bernd", text: $1.text)
            })
        var read = Self.texts(server.line(1, "CHATHISTORY LATEST #stadtbaeume * 1000"))
        #expect(read.count == 100)
        while let first = read.first, first != "+ 0" {
            read = Self.texts(server.line(1, "CHATHISTORY BEFORE #stadtbaeume msgid=i\(first.dropFirst(2)) 7")) + read
        }
        #expect(read == (0..<250).map { "+ \($0)" })
    }

    @Test(
        "what cannot be understood is refused, and says why",
        arguments: [
            ("", "INVALID_PARAMS *"), ("WHENEVER #stadtbaeume * 5", "INVALID_PARAMS WHENEVER"),
            ("LATEST #stadtbaeume *", "INVALID_PARAMS LATEST"), ("LATEST #stadtbaeume * 5 6", "INVALID_PARAMS LATEST"),
            ("LATEST #stadtbaeume * 0", "INVALID_PARAMS LATEST 0"),
            ("LATEST #stadtbaeume * x", "INVALID_PARAMS LATEST x"),
            ("BEFORE #stadtbaeume * 5", "INVALID_PARAMS BEFORE *"),
            ("BEFORE #stadtbaeume timestamp=yesterday 5", "INVALID_PARAMS BEFORE timestamp=yesterday"),
            ("BEFORE #stadtbaeume msgid= 5", "INVALID_PARAMS BEFORE msgid="),
            ("BEFORE #stadtbaeume seq=1 5", "INVALID_MSGREFTYPE BEFORE #stadtbaeume seq=1"),
            ("TARGETS msgid=m1 msgid=m2 5", "INVALID_MSGREFTYPE TARGETS msgid=m1"),
            ("BETWEEN #stadtbaeume msgid=m1 5", "INVALID_PARAMS BETWEEN"),
            ("LATEST #elsewhere * 5", "INVALID_TARGET LATEST #elsewhere"),
            ("LATEST nobody * 5", "INVALID_TARGET LATEST nobody"),
            ("BEFORE #stadtbaeume msgid=talk 5", "MESSAGE_ERROR BEFORE #stadtbaeume"),
        ])
    func refusing(_ parameters: String, _ expected: String) {
        var server = Self.server()
        let lines = server.line(1, "CHATHISTORY \(parameters)")
        #expect(lines.count == 1)
        #expect(lines[0].hasPrefix("1> :lotse.local FAIL CHATHISTORY \(expected) :"), "\(lines)")
    }

    @Test("only members may ask, also where somebody had to leave while it was looked up")
    func membersOnly() {
        var server = Self.server()
        server.enter(2, "eve", caps: Self.caps, channel: nil)
        let refusal = "FAIL CHATHISTORY INVALID_TARGET LATEST #stadtbaeume :Messages could not be retrieved"
        #expect(server.line(2, "CHATHISTORY LATEST #stadtbaeume * 5") == ["2> :lotse.local \(refusal)"])
        server.isRecalling = true
        #expect(server.line(1, "CHATHISTORY LATEST #stadtbaeume * 5") == [])
        server.line(1, "PART #stadtbaeume")
        #expect(server.finishRecall(of: [Self.room], for: ConnectionID(1)) == ["1> :lotse.local \(refusal)"])
    }

    @Test("what cannot be read is an error, and private windows are empty")
    func unreadable() {
        var server = Self.server()
        #expect(
            server.line(1, "CHATHISTORY LATEST lotse * 5") == [
                "1> :lotse.local BATCH +b1 chathistory lotse", "1> :lotse.local BATCH -b1",
            ])
        server.history = nil
        #expect(
            server.line(1, "CHATHISTORY LATEST #stadtbaeume * 5") == [
                "1> :lotse.local FAIL CHATHISTORY MESSAGE_ERROR LATEST #stadtbaeume :Messages could not be retrieved"
            ])
    }

    @Test("TARGETS lists the channels with something in them, by their last lines")
    func targets() {
        var server = Self.server()
        server.history?[Room(adapter: "local", name: "#zwei")] = [Self.line(2)]
        server.history?[Room(adapter: "local", name: "#fremd")] = [Self.line(3)]
        server.line(1, "JOIN #zwei,#leer")
        let all = "timestamp=2026-11-22T00:00:00.000Z timestamp=2026-11-23T00:00:00.000Z"
        #expect(
            server.line(1, "@label=t CHATHISTORY TARGETS \(all) 10") == [
                "1> :lotse.local BATCH +b1 draft/chathistory-targets",
                "1> @batch=b1 :lotse.local CHATHISTORY TARGETS #zwei 2026-11-22T19:00:02.125Z",
                "1> @batch=b1 :lotse.local CHATHISTORY TARGETS #stadtbaeume 2026-11-22T19:00:05.125Z",
                "1> :lotse.local BATCH -b1",
            ])
        #expect(server.line(1, "CHATHISTORY TARGETS \(all) 1").count == 3)
        #expect(server.line(1, "CHATHISTORY TARGETS \(Self.time(2)) \(Self.time(4)) 5").count == 2)
    }

    @Test("the label of the command is on the batch, also after a wait")
    func labelled() {
        var server = ServerHarness()
        server.enter(1, "anna", caps: Self.caps + " labeled-response")
        server.isRecalling = true
        #expect(server.line(1, "@label=a CHATHISTORY LATEST #stadtbaeume * 5") == [])
        server.history = [Self.room: [Self.line(1)]]
        let lines = server.finishRecall(of: [Self.room], for: ConnectionID(1))
        #expect(lines.first == "1> @label=a :lotse.local BATCH +b1 chathistory #stadtbaeume")
        #expect(lines.count == 3)
    }

    @Test("who has not asked for batches or tags gets the lines alone; who has not asked for history has none")
    func withoutCapabilities() {
        var server = Self.server([Self.line(1)])
        server.enter(2, "bernd", caps: "draft/chathistory")
        #expect(
            server.line(2, "CHATHISTORY LATEST #stadtbaeume * 5") == [
                "2> :bernd!history@lotse.local PRIVMSG #stadtbaeume :+ 1"
            ])
        server.enter(3, "ceyda")
        #expect(
            server.line(3, "CHATHISTORY LATEST #stadtbaeume * 5") == [
                "3> :lotse.local 421 ceyda CHATHISTORY :Unknown command"
            ])
    }

    @Test("a long line comes in pieces with one id, and who has no nick is told by the bot")
    func pieces() {
        var server = Self.server([
            Self.line(1, "+ " + String(repeating: "wort ", count: 200)), Self.line(2, of: "Frau Öz"),
        ])
        let lines = server.line(1, "CHATHISTORY LATEST #stadtbaeume * 2")
        #expect(lines.count == 6)
        #expect(lines.filter { $0.contains("msgid=m1") }.count == 1)
        #expect(lines.allSatisfy { ($0.split(separator: " :", maxSplits: 1).last?.utf8.count ?? 0) < 510 })
        #expect(lines[4].hasSuffix(" :lotse!history@lotse.local PRIVMSG #stadtbaeume :<Frau Öz> + 2"))
    }

    @Test("it is announced where there is one, and nowhere else")
    func announced() {
        var server = ServerHarness()
        server.enter(1, "anna", channel: nil)
        let tokens = server.line(1, "VERSION").joined(separator: " ").split(separator: " ")
        #expect(tokens.contains("CHATHISTORY=100") && tokens.contains("MSGREFTYPES=timestamp,msgid"))
        #expect(server.line(1, "CAP LS 302").contains { $0.contains("draft/chathistory") })
        var other = ServerHarness { $0.hasHistory = false }
        other.enter(1, "anna", channel: nil)
        #expect(!other.line(1, "VERSION").contains { $0.contains("CHATHISTORY") })
        #expect(!other.line(1, "CAP LS 302").contains { $0.contains("chathistory") })
        #expect(other.line(1, "CAP REQ draft/chathistory") == ["1> :lotse.local CAP anna NAK draft/chathistory"])
    }
}
