import IRCProtocol
import NIOCore
import SeededRandom
import Testing

@Suite("A message")
struct IRCMessageTests {
    @Test(
        "is parsed and rendered back as it was",
        arguments: [
            ("PING :a b", IRCMessage("PING", ["a b"])),
            (":anna!a@host PRIVMSG #r :+ Bäume", IRCMessage("PRIVMSG", ["#r", "+ Bäume"], source: anna)),
            (":anna!a@host PRIVMSG #r ::)", IRCMessage("PRIVMSG", ["#r", ":)"], source: anna)),
            ("@a=1;b :anna!a@host JOIN #r", IRCMessage("JOIN", ["#r"], source: anna, tags: ["a": "1", "b": ""])),
            ("@a=\\:\\s\\\\\\r\\n FOO", IRCMessage("FOO", tags: ["a": "; \\\r\n"])),
            ("TOPIC #r :", IRCMessage("TOPIC", ["#r", ""])),
            ("QUIT :Bye", IRCMessage("QUIT", ["Bye"])),
        ])
    func roundTrip(line: String, message: IRCMessage) {
        #expect(IRCMessage(parsing: Array(line.utf8)) == message)
        #expect(message.description == line)
    }

    private static let anna = IRCMessage.Source(rawValue: "anna!a@host")

    @Test(
        "never becomes two lines, whatever its parts contain",
        arguments: [
            IRCMessage("PRIVMSG", ["#r", "one\r\nQUIT"]),
            IRCMessage("PRIVMSG", ["#r\rQUIT", "one\u{0}"]),
            IRCMessage("PRIVMSG\n", ["", "x", ":y", "z"], source: .init(rawValue: "a\r\nb c")),
            IRCMessage("FOO", tags: ["k\r\n": "v\u{0}"]),
        ])
    func oneLine(message: IRCMessage) {
        var buffer = ByteBuffer()
        message.render(into: &buffer)
        let bytes = Array(buffer.readableBytesView)
        #expect(bytes.suffix(2) == [13, 10])
        #expect(!bytes.dropLast(2).contains { [0, 10, 13].contains($0) })
        #expect(IRCMessage(parsing: bytes.dropLast(2))?.parameters.count == message.parameters.count)
    }

    @Test("that is too long is cut between two scalars")
    func cut() {
        let message = IRCMessage("PRIVMSG", ["#r", String(repeating: "ä", count: 400)])
        var buffer = ByteBuffer()
        message.render(into: &buffer)
        #expect((511...512).contains(buffer.readableBytes))
        #expect(buffer.readString(length: buffer.readableBytes, encoding: UTF8.self)?.hasSuffix("ä\r\n") == true)
    }

    @Test(
        "is the same after rendering and parsing, for a thousand made up at random", arguments: [1, 2, 3] as [UInt64])
    func property(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1000 {
            let message = generator.message()
            var decoder = IRCFrameDecoder(linesFrom: .server)
            var buffer = ByteBuffer()
            message.render(into: &buffer)
            #expect(decoder.decode(buffer: &buffer) == .message(message), "seed \(seed)")
            #expect(buffer.readableBytes == 0)
        }
    }
}

extension ByteBuffer {
    fileprivate mutating func readString(length: Int, encoding: UTF8.Type) -> String? {
        readBytes(length: length).flatMap { String(validating: $0, as: encoding) }
    }
}
