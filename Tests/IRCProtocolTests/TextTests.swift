import IRCProtocol
import SeededRandom
import Testing

@Suite("A text")
struct TextTests {
    @Test(
        "is cut at spaces, else between graphemes",
        arguments: [
            ("short", 20, ["short"]),
            ("", 20, [""]),
            ("one two three", 8, ["one two", "three"]),
            ("one two three", 7, ["one two", "three"]),
            ("onetwothree", 4, ["onet", "woth", "ree"]),
            ("a bcdefghij", 6, ["a", "bcdefg", "hij"]),
            ("ääää", 5, ["ää", "ää"]),
            ("xx👩‍🌾yy", 12, ["xx", "👩‍🌾y", "y"]),
            ("ab\u{03}04,12cd", 7, ["ab", "\u{03}04,12c", "d"]),
            ("word   next", 6, ["word  ", "next"]),
        ])
    func split(text: String, limit: Int, pieces: [String]) {
        #expect(Splitting.pieces(of: text, limit: limit) == pieces)
    }

    @Test("fits into 512 bytes as others receive it, and nothing of it is lost", arguments: [5, 6] as [UInt64])
    func splitProperty(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let source = IRCMessage.Source(nick: "lotse", user: "~lotse", host: "a.very.long.host.example.org")
        let limit = Splitting.room(source: source, command: "PRIVMSG", target: "#stadtbaeume")
        for _ in 0..<50 {
            let words = (0..<Int.random(in: 1...200, using: &generator)).map { _ in generator.message().command }
            let text = words.joined(separator: " ")
            let pieces = Splitting.pieces(of: text, limit: limit)
            #expect(pieces.allSatisfy { $0.utf8.count <= limit }, "seed \(seed)")
            #expect(pieces.joined().filter { $0 != " " } == text.filter { $0 != " " }, "seed \(seed)")
            for piece in pieces {
                let line = IRCMessage("PRIVMSG", ["#stadtbaeume", piece], source: source).description
                #expect(line.utf8.count <= 510)
            }
        }
    }

    @Test("may be a list of words, as many to a line as fit")
    func words() {
        #expect(Splitting.lines(of: ["@lotse", "anna", "bernd"], limit: 11) == ["@lotse anna", "bernd"])
        #expect(Splitting.lines(of: [], limit: 11) == [])
    }

    @Test("ends even where one grapheme is longer than a line")
    func endlessGrapheme() {
        let text = "a" + String(repeating: "\u{0301}", count: 400)
        let pieces = Splitting.pieces(of: text, limit: 100)
        #expect(pieces.count == 9)
        #expect(pieces.allSatisfy { $0.utf8.count <= 100 })
    }

    @Test(
        "loses its formatting and every control character",
        arguments: [
            ("plain ä", "plain ä"),
            ("\u{02}bold\u{0F} \u{1D}it\u{1F}\u{1E}\u{11}\u{16}", "bold it"),
            ("\u{03}4red\u{03}04,12both\u{03}end", "redbothend"),
            ("\u{03}123", "3"),
            ("\u{03}4,x", ",x"),
            ("\u{04}FF0000hex\u{04}12345no", "hex12345no"),
            ("a\tb", "a b"),
            ("\u{1B}[31mred\u{9B}x\u{07}", "[31mredx"),
        ])
    func stripped(text: String, plain: String) {
        #expect(Formatting.stripped(text) == plain)
    }

    @Test("may be a CTCP message, with or without its end")
    func ctcp() {
        #expect(CTCP(parsing: "\u{01}ACTION winkt\u{01}") == CTCP("ACTION", "winkt"))
        #expect(CTCP(parsing: "\u{01}version") == CTCP("VERSION"))
        #expect(CTCP(parsing: "hello") == nil)
        #expect(CTCP(parsing: "\u{01}\u{01}") == nil)
        #expect(CTCP("PING", "12").rendered == "\u{01}PING 12\u{01}")
    }

    @Test("is compared as the network does")
    func caseMapping() {
        #expect(CaseMapping.rfc1459.fold("Anna[]\\^") == "anna{}|~")
        #expect(CaseMapping.strictRFC1459.fold("A[]\\^") == "a{}|^")
        #expect(CaseMapping.ascii.fold("AZ[Ä") == "az[Ä")
    }

    @Test("tells what a network supports")
    func iSupport() {
        var support = ISupport()
        support.apply(["CASEMAPPING=ascii", "CHANTYPES=#", "PREFIX=(qaohv)~&@%+", "NICKLEN=30", "FOO", "BAR=x=y"])
        #expect(support.caseMapping == .ascii)
        #expect(support.prefixes == "~&@%+")
        #expect(support.prefixModes == "qaohv")
        #expect(support.nickLength == 30)
        #expect(support.isChannel("#x"))
        #expect(!support.isChannel("&x"))
    }

    @Test("matches a mask, also one made to take long")
    func masks() {
        #expect(Mask("*!*@*.example.org").matches("anna!a@host.example.org"))
        #expect(Mask("A?na[*", mapping: .rfc1459).matches("anna{x"))
        #expect(!Mask("a").matches("ab"))
        #expect(!Mask(String(repeating: "*a", count: 200)).matches(String(repeating: "a", count: 199)))
    }
}
