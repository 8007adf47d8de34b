@testable import IRCAdapter

import Foundation
import IRCProtocol
import Testing

@Suite("Signing in beside those who guess")
struct ServerSignInTests {
    /// Those who guess as fast as they can, and how long the right password takes beside them.
    private struct Guessing {
        /// What one look at a password takes.
        private static let look = Duration.milliseconds(50)
        private static let step = Duration.milliseconds(20)
        private static let person = 1_000_000

        private var server = ServerHarness(maximumConnections: 10_000, maximumConnectionsPerAddress: 10_000)
        private var next = 0
        /// The connections of the guessers, by guesser, and since when each waits for an answer.
        private var connections: [Int]
        private var waitingSince: [Int: Duration] = [:]
        private var finishing: [(id: ConnectionID, plain: SASLPlain, at: Duration)] = []
        private var answers: [String] = []
        private(set) var looks = 0
        let address: @Sendable (Int) -> String
        let account: @Sendable (Int) -> String
        /// After this long without an answer a guesser comes back over a new connection.
        let patience: Duration

        init(
            _ count: Int, address: @escaping @Sendable (Int) -> String, account: @escaping @Sendable (Int) -> String,
            patience: Duration
        ) {
            (self.address, self.account, self.patience) = (address, account, patience)
            connections = Array(repeating: 0, count: count)
            server.isChecking = true
            for guesser in 0..<count { connect(guesser) }
        }

        private mutating func connect(_ guesser: Int) {
            if connections[guesser] > 0 { take(server.handle(.closed(ConnectionID(connections[guesser])))) }
            next += 1
            connections[guesser] = next
            take(server.open(next, from: address(guesser), isSecure: true))
            take(server.line(next, "CAP REQ sasl"))
            guess(guesser)
        }

        private mutating func guess(_ guesser: Int) {
            waitingSince[connections[guesser]] = server.moment.uptime
            take(server.signIn(connections[guesser], account(guesser), password: "falsch"))
        }

        private mutating func take(_ lines: [String]) {
            answers += lines
            for check in server.checks where !finishing.contains(where: { $0.id == check.id }) {
                finishing.append((check.id, check.plain, server.moment.uptime + Self.look))
                looks += 1
            }
        }

        mutating func pass(_ duration: Duration) {
            let end = server.moment.uptime + duration
            while server.moment.uptime < end {
                take(server.wait(Self.step))
                for check in finishing where check.at <= server.moment.uptime {
                    finishing.removeAll { $0.id == check.id }
                    take(server.finishCheck(of: check.plain, for: check.id))
                }
                for line in answers {
                    guard let number = line.split(separator: ">").first.flatMap({ Int($0) }) else { continue }
                    if line.contains(" 904 ") { waitingSince[number] = nil }
                }
                let closed = Set(
                    answers.compactMap { $0.hasSuffix(" closed") ? Int($0.dropLast(" closed".count)) : nil })
                answers.removeAll { !$0.hasPrefix("\(Self.person)>") }
                for (guesser, connection) in connections.enumerated() {
                    if closed.contains(connection) {
                        connect(guesser)
                    } else if let since = waitingSince[connection] {
                        if server.moment.uptime - since > patience { connect(guesser) }
                    } else {
                        guess(guesser)
                    }
                }
            }
        }

        /// How long the right password takes, in seconds; nil where it is refused or takes longer than two minutes.
        mutating func rightPassword(of account: String, from address: String) -> Double? {
            let start = server.moment.uptime
            take(server.open(Self.person, from: address, isSecure: true))
            take(server.line(Self.person, "CAP REQ sasl"))
            take(server.signIn(Self.person, account))
            while server.moment.uptime - start < .seconds(120) {
                if answers.contains(where: { $0.contains(" 904 ") }) { return nil }
                if answers.contains(where: { $0.contains(" 903 ") }) {
                    return (server.moment.uptime - start) / .seconds(1)
                }
                pass(Self.step)
            }
            return nil
        }
    }

    private static let everyWay: [(String, @Sendable (Int) -> String, @Sendable (Int) -> String)] = [
        ("one address, her account", { _ in "192.0.2.1" }, { _ in "anna" }),
        ("one address, many accounts", { _ in "192.0.2.1" }, { "name\($0)" }),
        ("many addresses, her account", { "192.0.2.\($0)" }, { _ in "anna" }),
        ("many addresses of one network", { "2001:db8::\(String($0 + 1, radix: 16))" }, { _ in "anna" }),
        ("many addresses, many accounts", { "192.0.2.\($0)" }, { "name\($0)" }),
    ]

    @Test(
        "Beside a hundred guessers the right password gets in within seconds, from their address and from another one",
        arguments: everyWay.indices, [Duration.seconds(3600), .milliseconds(300)])
    func besideGuessers(way: Int, patience: Duration) {
        let (name, from, account) = Self.everyWay[way]
        for address in [from(1), "198.51.100.7"] {
            var guessing = Guessing(100, address: from, account: account, patience: patience)
            guessing.pass(.seconds(12))
            let seconds = guessing.rightPassword(of: "anna", from: address)
            #expect(seconds.map { $0 < 25 } == true, "\(name) from \(address): \(seconds ?? -1) s")
        }
    }

    @Test("From one address, and for one account, no more than ten passwords a second are looked at in the long run")
    func pace() {
        for (name, from, account) in Self.everyWay.prefix(4) {
            var guessing = Guessing(100, address: from, account: account, patience: .milliseconds(300))
            guessing.pass(.seconds(10))
            let before = guessing.looks
            guessing.pass(.seconds(10))
            #expect(guessing.looks - before <= 101, "\(name)")
        }
    }

    private func wrong(_ number: Int, in server: inout ServerHarness, from address: String = "192.0.2.1") -> [String] {
        server.open(number, from: address, isSecure: true)
        server.line(number, "CAP REQ sasl")
        return server.signIn(number, "anna", password: "falsch")
    }

    @Test("Three wrong ones are answered at once, further ones later and later, until they are forgotten")
    func slower() {
        var server = ServerHarness()
        let immediate = (1...3).map { wrong($0, in: &server) }
        #expect(immediate.map(\.count) == [1, 1, 1])
        for (number, seconds) in zip(4..., [1, 2, 4, 8, 8]) {
            let asked = server.moment.uptime
            #expect(wrong(number, in: &server) == [])
            #expect(server.held == [ConnectionID(number)])
            #expect(server.wakeAt.map { $0 - asked } == .seconds(seconds))
            // Asked long enough before: nothing of what came earlier is forgotten within a moment.
            #expect(server.wait(.seconds(seconds)) == ["\(number)> :lotse.local 904 * :Signing in failed"])
            #expect(server.held == [])
        }
        _ = server.wait(.seconds(200))
        #expect(wrong(20, in: &server).count == 1)
    }

    @Test("The right one is answered at once, however many wrong ones came for the account")
    func notLockable() {
        var server = ServerHarness()
        for number in 1...50 {
            _ = wrong(number, in: &server, from: "192.0.2.\(number)")
            _ = server.wait(.seconds(1))
        }
        server.open(99, from: "198.51.100.7", isSecure: true)
        server.line(99, "CAP REQ sasl")
        #expect(server.signIn(99, "anna").last?.contains(" 903 ") == true)
    }

    @Test("Where too many wait, nothing is looked at and nothing counts; others are not affected")
    func putOff() {
        var server = ServerHarness(maximumConnections: 1000, maximumConnectionsPerAddress: 1000)
        server.isChecking = true
        let full = SignInDesk.atOnce + SignInDesk.perNetwork
        for number in 1...full { #expect(wrong(number, in: &server) == []) }
        _ = wrong(full + 1, in: &server)
        for _ in 1...5 {
            #expect(
                server.signIn(full + 1, "anna") == [
                    "\(full + 1)> :lotse.local 904 * :Too many are signing in just now; try again in a moment"
                ])
        }
        #expect(server.putOffs == 6)
        server.open(999, from: "198.51.100.7", isSecure: true)
        server.line(999, "CAP REQ sasl")
        #expect(server.signIn(999, "anna") == [])
        // One of the two next looks is hers, whatever waits from the other address.
        for check in server.checks.prefix(2) { _ = server.finishCheck(of: check.plain, for: check.id) }
        #expect(server.checks.contains { $0.id == ConnectionID(999) })
        let hers = server.checks.first { $0.id == ConnectionID(999) }
        #expect(hers.map { server.finishCheck(of: $0.plain, for: $0.id).last?.contains(" 903 ") == true } == true)
    }

    @Test("A connection that ends while it waits takes nobody's turn")
    func leaving() {
        var server = ServerHarness(maximumConnections: 1000, maximumConnectionsPerAddress: 1000)
        server.isChecking = true
        for number in 1...50 { _ = wrong(number, in: &server) }
        for number in 1...50 { _ = server.handle(.closed(ConnectionID(number))) }
        for check in server.checks { _ = server.finishCheck(of: check.plain, for: check.id) }
        #expect(server.checks.isEmpty)
        server.isChecking = false
        server.open(99)
        server.line(99, "CAP REQ sasl")
        #expect(server.signIn(99, "anna").last?.contains(" 903 ") == true)
    }

    @Test("A wrong proof of SCRAM is slowed like a wrong password")
    func scram() throws {
        var server = ServerHarness()
        var replies: [[String]] = []
        for number in 1...4 {
            server.open(number)
            server.line(number, "CAP REQ sasl")
            server.line(number, "AUTHENTICATE SCRAM-SHA-256")
            var client = try SCRAMClient(account: "anna", password: "falsch", nonce: "CLIENT")
            let first = server.line(number, "AUTHENTICATE \(SCRAM.base64(Array(client.firstMessage.utf8)))")[0]
            let challenge = SCRAM.bytes(base64: String(first.split(separator: " ")[2])) ?? []
            let final = try client.finalMessage(answering: String(decoding: challenge, as: UTF8.self))
            replies.append(server.line(number, "AUTHENTICATE \(SCRAM.base64(Array(final.utf8)))"))
        }
        #expect(replies.map(\.count) == [1, 1, 1, 0])
        #expect(server.wait(.seconds(1)) == ["4> :lotse.local 904 * :Signing in failed"])
        #expect(server.refusals.count == 4)
    }

    @Test("A wrong password of PASS is slowed, and the right one gets in")
    func pass() {
        var server = ServerHarness(password: "sesam")
        func enter(_ number: Int, _ password: String) -> [String] {
            server.open(number, from: "192.0.2.1")
            server.line(number, "PASS \(password)")
            server.line(number, "NICK n\(number)")
            return server.line(number, "USER n 0 * n")
        }
        #expect((1...5).map { enter($0, "falsch").count } == [3, 3, 3, 0, 0])
        #expect(enter(6, "sesam").first?.contains(" 001 ") == true)
        #expect(server.wait(.seconds(1)).last == "4 closed")
        #expect(server.refusals.last == "sign-in refused: address=192.0.2.1 account=- reason=wrong-server-password")
    }

    @Test(
        "Each refused sign-in is one line in the log that names address, account and reason and nothing else",
        arguments: [
            ("192.0.2.7", "anna", "192.0.2.7", "anna"),
            ("::ffff:192.0.2.7", "Anna", "192.0.2.7", "Anna"),
            ("2001:db8::7", "otto", "2001:db8::7", "otto"),
            ("192.0.2.7", "a address=1.2.3.4\nx", "192.0.2.7", "a%20address%3D1.2.3.4%0Ax"),
            ("192.0.2.7", "ä", "192.0.2.7", "%C3%A4"),
        ])
    func log(address: String, account: String, shown: String, quoted: String) throws {
        var server = ServerHarness()
        server.open(1, from: address, isSecure: true)
        server.line(1, "CAP REQ sasl")
        server.signIn(1, account, password: "falsch")
        let line = "sign-in refused: address=\(shown) account=\(quoted) reason=wrong-password"
        #expect(server.refusals == [line])
        let filter = try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../../Config/fail2ban/filter.d/lotse.conf"), encoding: .utf8)
        let pattern = try #require(filter.split(separator: "\n").first { $0.hasPrefix("failregex = ") })
        let expression = String(pattern.dropFirst("failregex = ".count))
        let regex = try Regex(expression.replacing("<HOST>", with: "(?<host>[0-9a-fA-F:.]+)"))
        let match = try #require(
            try regex.firstMatch(in: "2026-11-28T21:00:00+0000 notice lotse: [IRCAdapter] \(line)"))
        #expect(match["host"]?.substring.map(String.init) == shown)
    }

    @Test("An account that is no operator is refused like a wrong password, and the log says why")
    func noOperator() {
        var server = ServerHarness()
        server.enter(2, "bernd")
        server.line(2, "OPER bernd geheim")
        #expect(server.refusals == ["sign-in refused: address=127.0.0.1 account=bernd reason=not-an-operator"])
    }

    @Test("Who signs in under a label and has to wait is answered under it, and later answers carry none")
    func label() {
        var server = ServerHarness()
        server.isChecking = true
        server.enter(1, "anna", caps: "sasl labeled-response batch draft/chathistory")
        server.line(1, "AUTHENTICATE PLAIN")
        let plain = SASLPlain(account: "anna", password: "geheim")
        #expect(server.line(1, "@label=x AUTHENTICATE \(plain.payload[0])") == [])
        let lines = server.finishCheck(of: plain, for: ConnectionID(1))
        #expect(lines.first?.contains("label=x") == true)
        #expect(server.line(1, "CHATHISTORY LATEST #stadtbaeume * 5").allSatisfy { !$0.contains("label=") })
    }
}
