import Foundation
import LoopbackTesting
import Testing

@Suite("An evening of a group, by four IRC clients", .timeLimit(.minutes(5)))
struct ScenarioTests {
    @Test("on the listener, everybody in the room sees the evening line by line")
    func listener() async throws {
        let workplace = try Workplace()
        let port = try await FreePort.find()
        try await withProgram(workplace.arguments(port: port)) { program in
            _ = await program.line(containing: "Welches Problem")
            try await Scenario.play(port: port)
        }
    }

    @Test(
        "on a network, with the bot as a client, it is the same evening",
        .enabled(if: LoopbackServer.ngircdPath != nil, "ngircd is not installed"))
    func network() async throws {
        let workplace = try Workplace()
        let server = try await LoopbackServer.ngircd()
        defer { server.stop() }
        let configuration = """
            state: \(workplace.folder)
            time_zone: \(Program.timeZone)
            facilitators: {anyone_may_start: true}
            networks:
              - {name: net, host: 127.0.0.1, port: \(server.port), tls: false, nick: lotse}
            groups:
              - {name: Stadtbäume, guide: kommunale-netzwerke, rooms: ["net/\(Scenario.room)"]}
            """
        let file = workplace.folder + "/lotse.yaml"
        try configuration.write(toFile: file, atomically: true, encoding: .utf8)
        try await withProgram(["serve", "--config", file]) { program in
            try await Scenario.play(port: server.port, isPaced: true)
            program.signal(SIGTERM)
            #expect(await program.ending().code == 0)
        }
        #expect(try await workplace.contributions()["Stadtbäume"]?.count == 2)
    }
}
