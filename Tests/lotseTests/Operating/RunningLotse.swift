import Foundation
import LoopbackTesting
import Testing

@testable import lotse

/// A `lotse serve` with one group, under way; its people and commands are real.
struct RunningLotse {
    static let room = "#stadtbaeume"
    let port: Int
    let configuration: String

    /// Writes the configuration of a Lotse whose state is in `folder`, and gives its path.
    static func write(
        _ configuration: String = "", state: String?, port: Int, in folder: String, groups: String? = nil
    ) throws -> String {
        let file = folder + "/lotse.yaml"
        let own = "[{name: Stadtbäume, guide: kommunale-netzwerke, rooms: [\"local/\(room)\"]}]"
        let text = """
            \(state.map { "state: \($0)" } ?? "")
            facilitators: {anyone_may_start: true}
            listener: {port: \(port)}
            groups: \(groups ?? own)
            \(configuration)
            """
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }

    /// Runs one in `folder` while `body` works with it.
    static func serve(
        in folder: String, configuration: String = "", prefix: [String] = [], environment: [String: String] = [:],
        isNamed: Bool = true, _ body: (RunningLotse, Program) async throws -> Void
    ) async throws {
        let port = try await FreePort.find()
        let file = try write(configuration, state: isNamed ? folder : nil, port: port, in: folder)
        try await withProgram(["serve", "--config", file], prefix: prefix, environment: environment) { program in
            try #require(await program.errorLine(containing: "is ready") != nil)
            try await body(RunningLotse(port: port, configuration: file), program)
        }
    }

    /// Somebody in the group's room.
    func person(_ nick: String) async throws -> ChatClient {
        let client = try await ChatClient(nick, port: port)
        try await client.join(Self.room, with: "lotse")
        return client
    }
}
