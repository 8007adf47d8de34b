import IRCProtocol
import NIOCore
import NIOTestUtils
import Testing

@Suite("The frame decoder")
struct IRCFrameDecoderTests {
    @Test("gives the same frames whether bytes come at once, one by one or cut anywhere")
    func dripFed() throws {
        let long = String(repeating: "x", count: 600)
        let longTag = "@a=" + String(repeating: "x", count: 5000)
        try ByteToMessageDecoderVerifier.verifyDecoder(
            stringInputOutputPairs: [
                ("PING :a\r\n", [.message(IRCMessage("PING", ["a"]))]),
                ("PING b\n", [.message(IRCMessage("PING", ["b"]))]),
                ("\r\n\n  \r\nNICK c\r\n", [.message(IRCMessage("NICK", ["c"]))]),
                ("PRIVMSG #r :\(long)\r\n", [.tooLong]),
                ("\(longTag) PING d\r\n", [.tooLong]),
                ("PRIVMSG #r :a\rQUIT\r\n", [.malformed(.carriageReturn)]),
                ("PRIVMSG #r :a\u{0}b\r\n", [.malformed(.nul)]),
                (":anna\r\n", [.malformed(.noCommand)]),
                (
                    "@a=b;c :anna!a@h JOIN #r\r\n",
                    [
                        .message(
                            IRCMessage("JOIN", ["#r"], source: .init(rawValue: "anna!a@h"), tags: ["a": "b", "c": ""]))
                    ]
                ),
            ]
        ) { IRCFrameDecoder(linesFrom: .client) }
    }

    @Test("takes a line of 512 bytes and refuses one of 513", arguments: [("\r\n", 510), ("\n", 511)])
    func limit(ending: String, content: Int) {
        for (count, isTooLong) in [(content, false), (content + 1, true)] {
            var decoder = IRCFrameDecoder(linesFrom: .client)
            var buffer = ByteBuffer(string: String(repeating: "x", count: count) + ending)
            #expect((decoder.decode(buffer: &buffer) == .tooLong) == isTooLong)
        }
    }

    @Test("allows a server more tags than a client")
    func tagLimits() {
        for (sender, limit) in [(IRCFrameDecoder.Sender.client, 4096), (.server, 8191)] {
            for (extra, isTooLong) in [(0, false), (1, true)] {
                var decoder = IRCFrameDecoder(linesFrom: sender)
                let tags = "@" + String(repeating: "k", count: limit - 2 + extra) + " "
                var buffer = ByteBuffer(string: tags + "PING\r\n")
                #expect((decoder.decode(buffer: &buffer) == .tooLong) == isTooLong)
            }
        }
    }

    @Test("holds no more than one line of a peer that never ends it, and recovers")
    func neverEnding() {
        var decoder = IRCFrameDecoder(linesFrom: .client)
        var buffer = ByteBuffer()
        var frames: [IRCFrame] = []
        for _ in 0..<1000 {
            buffer.writeString(String(repeating: "x", count: 100))
            while let frame = decoder.decode(buffer: &buffer) { frames.append(frame) }
            #expect(buffer.readableBytes <= IRCMessage.bodyLimit)
        }
        buffer.writeString("\nPING\n")
        while let frame = decoder.decode(buffer: &buffer) { frames.append(frame) }
        #expect(frames == [.tooLong, .message(IRCMessage("PING"))])
    }

    @Test("gives what can be read of a line that is not UTF-8")
    func notUTF8() {
        var decoder = IRCFrameDecoder(linesFrom: .server)
        var buffer = ByteBuffer(string: ":anna!a@h QUIT :Tsch")
        buffer.writeBytes([0xFC, 0x73, 13, 10])
        let readable = IRCMessage("QUIT", ["Tsch\u{FFFD}s"], source: .init(rawValue: "anna!a@h"))
        #expect(decoder.decode(buffer: &buffer) == .notUTF8(readable))
    }
}
