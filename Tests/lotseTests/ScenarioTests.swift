import Foundation
import Testing

@Suite("An evening of a group, by four IRC clients", .timeLimit(.minutes(2)))
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
}
