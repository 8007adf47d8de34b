import Foundation
import LoopbackTesting
import Testing

/// Twenty groups of six on the listener, led by one person through an evening.
@Suite("A workshop of twenty groups of six", .timeLimit(.minutes(5)))
struct ManyGroupsTests {
    private static let names = ["bernd", "ceyda", "dirk", "elif", "frank", "greta"]

    /// One group at its table.
    private struct Table: Sendable {
        let number: Int
        let people: [ChatClient]

        var name: String { "Gruppe \(number)" }
        var place: String { MunicipalCase.places[number - 1] }
        var room: String { "#g\(number)" }
        var matter: MunicipalCase { MunicipalCase.all[number % MunicipalCase.all.count] }

        func local(_ text: String) -> String { text.replacingOccurrences(of: "@", with: place) }

        func say(_ person: Int, _ text: String) async throws {
            try await people[person].say(local(text), in: room)
        }

        func say(_ person: Int, privately text: String) async throws {
            try await people[person].say(local(text), in: "lotse")
        }

        /// Waits until the bot has said it where `person` hears it.
        func wait(_ person: Int, for text: String) async {
            let line = await people[person].line { $0.text.contains(text) }
            #expect(line != nil, "\(name) waited for: \(text)")
        }
    }

    @Test(
        "Silence, dots, rounds, a gallery walk and the end: each group's outcome holds its own answers and nobody else's"
    )
    func evening() async throws {
        let workplace = try Workplace()
        let port = try await FreePort.find()
        let file = workplace.folder + "/lotse.yaml"
        try configuration(workplace.folder, port: port).write(toFile: file, atomically: true, encoding: .utf8)
        try await withProgram(["serve", "--config", file]) { program in
            #expect(await program.errorLine(containing: "listening") != nil)
            let mona = try await ChatClient("mona", port: port)
            for number in 1...20 { try await begin(number, mona) }
            let tables = try await tables(port)
            try await lead(tables, mona)
            program.signal(SIGTERM)
            #expect(await program.ending().code == 0)
        }
        try await checkOutcomes(workplace.folder)
    }

    // MARK: The evening

    private func lead(_ tables: [Table], _ mona: ChatClient) async throws {
        try await inAll("!alle !still 5", mona)
        try await each(tables) { table in
            for (person, text) in table.matter.contributions.enumerated() {
                try await table.say(person, privately: text)
                await table.wait(person, for: "sichtbar nach !aufdecken")
            }
        }
        try await inAll("!alle !aufdecken", mona)
        try await inAll("!alle !punkte 2", mona)
        try await each(tables) { table in
            try await table.say(4, privately: "!punkt B1 B2")
            await table.wait(4, for: "Ihre Punkte liegen auf B1, B2")
        }
        try await inAll("!alle !punkte aus", mona)
        try await each(tables, decide)
        try await inAll("!alle !beschluss", mona)
        try await walk(tables, mona)
        try await inAll("!alle Noch fünf Minuten", mona)
        try await inAll("!alle !weiter wirklich", mona)
        try await mona.say("!gruppen", in: "#g1")
        #expect(await mona.line { $0.target == "mona" }?.text == "20 Gruppen: 20 bei »innovation«")
        try await mona.say("!gruppen problem", in: "#g1")
        let answer = await mona.line { $0.text.hasPrefix("Gruppe 1: ") }?.text
        #expect(answer == "Gruppe 1: \(tables[0].local(tables[0].matter.problem)) (vereinbart)")
        try await inAll("!alle !ende wirklich", mona)
    }

    /// A proposal, an objection that stays, consent, and an open point that somebody asks about.
    private func decide(_ table: Table) async throws {
        try await table.say(0, "= \(table.matter.problem)")
        await table.wait(1, for: "Vorschlag zu »problem«")
        try await table.say(1, "!ok")
        await table.wait(1, for: "Zustimmung zu »problem« ist notiert")
        try await table.say(2, "!einwand \(table.matter.objection)")
        await table.wait(2, for: "Einwand zu »problem« ist notiert")
        try await table.say(3, "? \(table.matter.openPoint)")
        await table.wait(3, for: "K1 ist offen")
        try await table.say(3, "!experte K1 \(table.matter.expert) bis in 3 Tagen")
        await table.wait(3, for: "K1: \(Self.names[3])\(table.number) fragt")
        try await table.say(5, "Das ist nur so dahingesagt")
    }

    /// Every group reads two answers, leaves a remark at the first, and goes back to its question.
    private func walk(_ tables: [Table], _ mona: ChatClient) async throws {
        try await mona.say("!galerie", in: "#g7")
        let opened = await mona.line { $0.target == "mona" && $0.text.hasPrefix("Rundgang") }?.text
        #expect(opened?.hasPrefix("Rundgang mit 20 Antworten, Gruppen: 20.") == true)
        try await each(tables) { table in
            let next = table.number % 20 + 1
            await table.wait(0, for: "1 von 19 · Gruppe \(next) zu »problem«: ")
            try await table.say(0, "+ \(table.matter.remark)")
            await table.wait(0, for: "M1 bei Gruppe \(next) zu »problem« notiert.")
        }
        try await inAll("!alle !weiter wirklich", mona)
        try await each(tables) { await $0.wait(0, for: "2 von 19 · ") }
        try await inAll("!galerie ende", mona)
        try await each(tables) {
            await $0.wait(0, for: "Der Rundgang ist zu Ende. Zu Ihren Antworten gibt es eine Anmerkung")
        }
    }

    private func inAll(_ text: String, _ mona: ChatClient) async throws {
        try await mona.say(text, in: "#g1")
        let done = await mona.line { $0.target == "mona" && $0.text.hasSuffix("erledigt.") }?.text
        #expect(done == "In 20 Gruppen erledigt.", "\(text)")
    }

    private func each(_ tables: [Table], _ act: @escaping @Sendable (Table) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for table in tables { tasks.addTask { try await act(table) } }
            try await tasks.waitForAll()
        }
    }

    // MARK: What is taken home

    private func checkOutcomes(_ folder: String) async throws {
        for number in 1...20 {
            let session = "gruppe-\(number)"
            let minutes = try await export(session, from: folder)
            let table = Table(number: number, people: [])
            let (own, former) = (table.matter, Table(number: (number + 18) % 20 + 1, people: []))
            for text in own.contributions + [own.problem, own.objection, own.openPoint, own.expert] {
                #expect(minutes.contains(table.local(text)), "\(table.name) lacks: \(text)")
            }
            #expect(minutes.contains("M1 \(former.name): \(former.matter.remark)"), "\(table.name)")
            #expect(!minutes.contains("dahingesagt"))
            let others = MunicipalCase.places.filter { $0 != table.place && minutes.contains($0) }
            #expect(others.isEmpty, "\(table.name) has answers of others")
        }
    }

    private func export(_ stem: String, from folder: String) async throws -> String {
        let listed = try await output(["sessions", "--state", folder])
        let words = listed.split(whereSeparator: \.isWhitespace).map(String.init)
        let id = try #require(words.first { $0.hasPrefix(stem + "-20") })
        return try await output(["export", id, "--format", "md", "--state", folder])
    }

    private func output(_ arguments: [String]) async throws -> String {
        try await withProgram(arguments) { lotse in
            try lotse.endInput()
            return await lotse.remainingLines().joined(separator: "\n")
        }
    }

    // MARK: Before it begins

    private func configuration(_ folder: String, port: Int) -> String {
        """
        state: \(folder)
        time_zone: \(Program.timeZone)
        facilitators: {anyone_may_start: true}
        listener: {port: \(port)}
        groups:

        """
            + (1...20).map { group in
                "  - {name: Gruppe \(group), guide: kommunale-netzwerke, rooms: [\"local/#g\(group)\"], workshop: Werkstatt}"
            }.joined(separator: "\n")
    }

    private func begin(_ group: Int, _ mona: ChatClient) async throws {
        try await mona.join("#g\(group)", with: "lotse")
        try await mona.say("!start", in: "#g\(group)")
        _ = await mona.line { $0.target == "#g\(group)" && $0.text.hasPrefix("Welches Problem") }
    }

    private func tables(_ port: Int) async throws -> [Table] {
        try await withThrowingTaskGroup(of: Table.self) { tasks in
            for number in 1...20 {
                tasks.addTask {
                    var people: [ChatClient] = []
                    for name in Self.names {
                        let client = try await ChatClient("\(name)\(number)", port: port)
                        try await client.join("#g\(number)", with: "lotse")
                        people.append(client)
                    }
                    return Table(number: number, people: people)
                }
            }
            return try await tasks.reduce(into: []) { $0.append($1) }.sorted { $0.number < $1.number }
        }
    }
}
