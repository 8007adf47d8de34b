import Foundation
import LoopbackTesting
import Testing

@Suite("The program at a terminal, or at a pipe in its place", .timeLimit(.minutes(5)))
struct TerminalTests {
    /// Types everything, ends the input and reads what is said.
    private func output(_ lines: [String], _ arguments: [String]) async throws -> [String] {
        try await withProgram(arguments) { program in
            for line in lines { try program.type(line) }
            try program.endInput()
            let output = await program.remainingLines()
            #expect(await program.ending().code == 0)
            return output
        }
    }

    @Test("the first question stands there at once, and the answer is kept")
    func firstQuestion() async throws {
        let workplace = try Workplace()
        let said = try await output(["Junge Bäume vertrocknen"], workplace.arguments())
        #expect(said.contains("<lotse> Welches Problem wollen wir lösen? Und für wen?"))
        #expect(said.contains("-lotse- B1 notiert."))
        #expect(try await workplace.contributions() == ["lotse": ["B1": "Junge Bäume vertrocknen"]])
    }

    @Test("a second start goes on where the first one stopped")
    func secondStart() async throws {
        let workplace = try Workplace()
        _ = try await output(["eins", "!weiter", "zwei"], workplace.arguments())
        let said = try await output(["drei"], workplace.arguments())
        #expect(said.first == "<lotse> Schritt 1 von 4 · Innovation beschreiben · Frage »innovation«")
        #expect(said.contains("<lotse> Bisher gesammelt: B2."))
        #expect(said.contains("-lotse- B3 notiert."))
        #expect(try await workplace.contributions() == ["lotse": ["B1": "eins", "B2": "zwei", "B3": "drei"]])
    }

    @Test("a pipe that is faster than the disk loses no line")
    func fastPipe() async throws {
        let workplace = try Workplace()
        _ = try await output((1...1000).map { "Beitrag \($0)" }, workplace.arguments())
        let stored = try await workplace.contributions()["lotse"] ?? [:]
        #expect((1...1000).filter { stored["B\($0)"] != "Beitrag \($0)" } == [])
    }

    @Test("a stop in the midst of a fast pipe is in order, and what was acknowledged is kept")
    func stopInFastPipe() async throws {
        let workplace = try Workplace()
        let said = try await withProgram(workplace.arguments()) { program in
            try program.type((1...1500).map { "Beitrag \($0)" }.joined(separator: "\n"))
            let first = await program.line(containing: "notiert.") ?? ""
            program.signal(SIGTERM)
            let said = await program.remainingLines()
            #expect(await program.ending().code == 0)
            return [first] + said
        }
        #expect(said.last?.hasPrefix("<lotse> Ich werde jetzt ausgeschaltet") == true)
        let stored = try await workplace.contributions()["lotse"] ?? [:]
        let acknowledged = said.filter { $0.hasSuffix("notiert.") }.flatMap { $0.matches(of: /B\d+/) }
        #expect(Set(acknowledged.map { String($0.output) }) == Set(stored.keys))
    }

    /// Gives the program a terminal of its own instead of the pipe.
    private static let terminal = [
        "TERM=xterm", "sh", "-c", "exec script --quiet --return --command \"$*\" /dev/null", "sh",
    ]

    @Test("a line of any length that is typed or pasted at a real terminal is taken whole", arguments: [40, 3000])
    func realTerminal(length: Int) async throws {
        let workplace = try Workplace()
        let text = String(repeating: "üß", count: length / 2)
        try await withProgram(workplace.arguments(), prefix: Self.terminal) { program in
            _ = await program.line(containing: "Welches Problem wollen wir lösen?")
            try program.type("falsch\u{15}" + text + "x\u{7F}")
            #expect(await program.line(containing: "notiert")?.contains("B1 notiert.") == true)
            try program.type("\u{4}")
            _ = await program.remainingLines()
            #expect(await program.ending().code == 0)
        }
        #expect(try await workplace.contributions() == ["lotse": ["B1": text]])
    }

    @Test("a second process on the same file is refused and says what to do")
    func secondProcess() async throws {
        let workplace = try Workplace()
        try await withProgram(workplace.arguments()) { first in
            _ = await first.line(containing: "Welches Problem")
            try await withProgram(workplace.arguments()) { second in
                let ending = await second.ending()
                #expect(ending.code != nil && ending.code != 0)
                #expect(ending.errors.contains("another Lotse is using \(workplace.store); stop it"))
            }
            try first.type("noch da")
            #expect(await first.line(containing: "notiert") == "-lotse- B1 notiert.")
        }
    }

    @Test("Ctrl-C and SIGTERM end it in order", arguments: [SIGINT, SIGTERM])
    func signals(signal: Int32) async throws {
        let workplace = try Workplace()
        try await withProgram(workplace.arguments(port: FreePort.find())) { program in
            try program.type("eins")
            _ = await program.line(containing: "B1 notiert.")
            program.signal(signal)
            let last = await program.remainingLines().last
            #expect(last?.hasPrefix("<lotse> Ich werde jetzt ausgeschaltet. Alles Bestätigte ist gespeichert") == true)
            #expect(await program.ending().code == 0)
        }
        #expect(try await workplace.contributions() == ["lotse": ["B1": "eins"]])
    }
}
