import IRCAdapter
import Testing

@Suite("The listener's channel modes")
struct ServerModeTests {
    /// `#eigen` with anna as its operator, bernd in it and ceyda outside.
    private func eigen() -> ServerHarness {
        var server = ServerHarness()
        server.enter(1, "anna", channel: "#eigen")
        server.enter(2, "bernd", channel: "#eigen")
        server.enter(3, "ceyda", channel: nil)
        return server
    }

    @Test(
        "a mode keeps somebody out, and lets her in where she belongs",
        arguments: [
            ("+i", "JOIN #eigen", 473, "-i"), ("+k geheim", "JOIN #eigen", 475, "-k geheim"),
            ("+k geheim", "JOIN #eigen falsch", 475, "-k *"), ("+l 3", "JOIN #eigen", 471, "-l"),
            ("+b ceyda", "JOIN #eigen", 474, "-b CEYDA"), ("+b *!~ceyda@*", "JOIN #eigen", 474, "+e ceyda!*@*"),
            ("+i", "JOIN #eigen", 473, "+I *!*@3.lotse.local"),
        ])
    func keptOut(mode: String, join: String, numeric: Int, change: String) {
        var server = eigen()
        #expect(server.line(1, "MODE #eigen \(mode)").count == 2)
        #expect(server.line(3, join)[0].contains(" \(numeric) ceyda #eigen :"))
        #expect(server.line(1, "MODE #eigen \(change)").count == 2)
        #expect(server.line(3, "JOIN #eigen").count > 2)
    }

    @Test("the key opens, also in a list of channels")
    func key() {
        var server = eigen()
        server.line(1, "MODE #eigen +k geheim")
        #expect(server.line(1, "MODE #eigen")[0].hasSuffix(" 324 anna #eigen +ntk geheim"))
        #expect(server.line(3, "MODE #eigen")[0].hasSuffix(" 324 ceyda #eigen +ntk *"))
        #expect(server.line(3, "JOIN #a,#eigen x,geheim").filter { $0.contains(" JOIN ") }.count == 4)
    }

    @Test(
        "who may not speak is told so",
        arguments: [("+m", "2"), ("+b bernd", "2"), ("", "3"), ("-n+m", "3")])
    func silent(mode: String, number: String) {
        var server = eigen()
        server.line(1, "MODE #eigen \(mode)")
        let id = Int(number) ?? 0
        #expect(server.line(id, "PRIVMSG #eigen :x").map { $0.contains(" 404 ") } == [true])
        #expect(server.line(id, "NOTICE #eigen :x") == [])
        server.line(1, "MODE #eigen +v bernd")
        #expect(server.line(2, "PRIVMSG #eigen :x").count == 1)
    }

    @Test("a secret channel is there for its members only")
    func secret() {
        var server = eigen()
        server.line(1, "MODE #eigen +s")
        #expect(server.line(3, "LIST").contains { $0.contains("#eigen") } == false)
        #expect(server.line(3, "WHOIS anna").contains { $0.contains("#eigen") } == false)
        #expect(server.line(3, "NAMES #eigen").count == 1)
        #expect(server.line(3, "WHO #eigen").count == 1)
        #expect(server.line(2, "NAMES #eigen")[0] == "2> :lotse.local 353 bernd @ #eigen :@lotse @anna bernd")
    }

    @Test(
        "a change that cannot be is refused, the others are done",
        arguments: [
            ("+k", ["461"]), ("+k a,b", ["525"]), ("+l x", ["696"]), ("+l", ["461"]), ("+o otto", ["401"]),
            ("+o ceyda", ["441"]), ("+xv bernd", ["472", "MODE", "MODE"]), ("-k x", []), ("-o lotse", []),
            ("+oooov bernd bernd bernd bernd bernd", ["MODE", "MODE"]), ("b", ["368"]), ("+e", ["349"]),
            ("+I", ["347"]),
        ])
    func refused(mode: String, replies: [String]) {
        var server = eigen()
        #expect(server.line(1, "MODE #eigen \(mode)").map { $0.split(separator: " ")[2] } == replies.map { $0[...] })
    }

    @Test("lists are shown with who set them, and have an end")
    func lists() {
        var server = eigen()
        server.line(1, "MODE #eigen +b otto")
        #expect(
            server.line(3, "MODE #eigen b") == [
                "3> :lotse.local 367 ceyda #eigen otto!*@* anna!~anna@1.lotse.local 1795374000",
                "3> :lotse.local 368 ceyda #eigen :End of channel ban list",
            ])
        #expect(server.line(3, "MODE #eigen e")[0].contains(" 482 "))
        let replies = (1...100).flatMap { server.line(1, "MODE #eigen +b n\($0)") }
        #expect(replies.last == "1> :lotse.local 478 anna #eigen n100!*@* :Channel list is full")
    }

    @Test(
        "LIST shows what is asked for",
        arguments: [
            ("", 2), ("#e*", 1), ("!#e*", 1), (">2", 1), ("<3", 1), ("C>5", 0), ("C<5", 2), ("T<5", 1), ("#x", 0),
            ("#e*,>9", 0), (">99999999999999999999", 0),
        ])
    func list(filter: String, count: Int) {
        var server = eigen()
        server.line(1, "TOPIC #eigen :x")
        #expect(server.line(3, "LIST \(filter)").filter { $0.contains(" 322 ") }.count == count)
    }
}
