import Foundation
import LoopbackTesting
import Testing

/// Twenty groups of six on the listener, led by one person.
@Suite("A workshop of twenty groups of six", .timeLimit(.minutes(3)))
struct ManyGroupsTests {
    private static let groups = 1...20
    private static let people = ["bernd", "ceyda", "dirk", "elif", "frank", "greta"]
    /// What the six of a group contribute.
    private static let problems = [
        "Junge Bäume vertrocknen, wir gießen mit Trinkwasser.",
        "Bei Starkregen läuft der Kanal in der Schulstraße über.",
        "Der letzte Laden im Dorf hat zugemacht.", "Abends fährt kein Bus mehr zum Bahnhof.",
        "Auf dem Friedhof gibt es keine Toilette.", "Für neue Leitungen fehlt das Geld.",
    ]

    @Test("One facilitator sees where all are, leads all at once, and reads their contributions side by side")
    func workshop() async throws {
        let workplace = try Workplace()
        let port = try await FreePort.find()
        let file = workplace.folder + "/lotse.yaml"
        try configuration(workplace.folder, port: port).write(toFile: file, atomically: true, encoding: .utf8)
        try await withProgram(["serve", "--config", file]) { program in
            #expect(await program.errorLine(containing: "listening") != nil)
            let mona = try await ChatClient("mona", port: port)
            for group in Self.groups { try await begin(group, mona) }
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for group in Self.groups { tasks.addTask { try await Self.contribute(in: group, port: port) } }
                try await tasks.waitForAll()
            }
            try await mona.say("!gruppen", in: "#g1")
            #expect(await mona.line { $0.target == "mona" }?.text == "20 Gruppen: 20 bei »problem«")
            try await mona.say("!alle !weiter wirklich", in: "#g1")
            #expect(await mona.line { $0.text.contains("erledigt.") }?.text == "In 20 Gruppen erledigt.")
            try await mona.say("!gruppen problem", in: "#g1")
            #expect(await mona.line { $0.text.contains("20 Gruppen:") }?.text == "»problem«, 20 Gruppen:")
            let first = await mona.line { $0.text.hasPrefix("Gruppe 1: ") }?.text ?? ""
            #expect(Self.problems.allSatisfy { first.contains($0) })
            program.signal(SIGTERM)
            #expect(await program.ending().code == 0)
        }
        let stored = try await workplace.contributions()
        #expect(stored.count == 20 && stored.values.allSatisfy { $0.count == 6 })
    }

    private func configuration(_ folder: String, port: Int) -> String {
        """
        state: \(folder)
        time_zone: \(Program.timeZone)
        facilitators: {anyone_may_start: true}
        listener: {port: \(port)}
        groups:

        """
            + Self.groups.map { group in
                "  - {name: Gruppe \(group), guide: kommunale-netzwerke, rooms: [\"local/#g\(group)\"], workshop: Werkstatt}"
            }.joined(separator: "\n")
    }

    private func begin(_ group: Int, _ mona: ChatClient) async throws {
        try await mona.join("#g\(group)", with: "lotse")
        try await mona.say("!start", in: "#g\(group)")
        _ = await mona.line { $0.target == "#g\(group)" && $0.text.hasPrefix("Welches Problem") }
    }

    /// Six people come and say one thing each, one after the other.
    private static func contribute(in group: Int, port: Int) async throws {
        var here: [ChatClient] = []
        for (name, text) in zip(people, problems) {
            let client = try await ChatClient("\(name)\(group)", port: port)
            here.append(client)
            try await client.join("#g\(group)", with: "lotse")
            try await client.say("+ \(text)", in: "#g\(group)")
            _ = await client.line { $0.verb == "NOTICE" && $0.text.hasSuffix("notiert.") }
        }
    }
}
