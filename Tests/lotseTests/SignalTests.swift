import Foundation
import LoopbackTesting
import Testing

/// Signals that come as soon as the program is there.
///
/// The warning about a group that nobody may facilitate is written before the wording is read and the listener opens.
@Suite("A signal in the midst of the start", .timeLimit(.minutes(5)))
struct SignalTests {
    @Test("SIGHUP ends nothing and is not lost: the files are read again")
    func hangUp() async throws {
        let workplace = try Workplace()
        let file = try await configuration(workplace)
        try await withProgram(["serve", "--config", file]) { program in
            #expect(await program.errorLine(containing: "nobody may start a session") != nil)
            program.signal(SIGHUP)
            #expect(await program.errorLine(containing: "the guides were read again") != nil)
            program.signal(SIGTERM)
            #expect(await program.ending().code == 0)
        }
    }

    @Test("SIGTERM and SIGINT end it in order", arguments: [SIGTERM, SIGINT])
    func end(signal: Int32) async throws {
        let workplace = try Workplace()
        let file = try await configuration(workplace)
        try await withProgram(["serve", "--config", file]) { program in
            #expect(await program.errorLine(containing: "nobody may start a session") != nil)
            program.signal(signal)
            #expect(await program.ending().code == 0)
        }
    }

    @Test("Where it crashes, no bytes of its memory are shown, unless somebody asked for them")
    func crash() async throws {
        let workplace = try Workplace()
        let file = try await configuration(workplace)
        try await withProgram(["serve", "--config", file], prefix: ["-u", "SWIFT_BACKTRACE"]) { program in
            #expect(await program.errorLine(containing: "listening") != nil)
            program.signal(SIGILL)
            let ending = await program.ending()
            #expect(ending.code == nil)
            #expect(!ending.errors.contains("Registers:"))
        }
    }

    private func configuration(_ workplace: borrowing Workplace) async throws -> String {
        let file = workplace.folder + "/lotse.yaml"
        let text = """
            state: \(workplace.folder)
            listener: {address: 127.0.0.1, port: \(try await FreePort.find())}
            groups: [{name: Bäume, guide: kommunale-netzwerke, rooms: ["local/#baeume"]}]
            """
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }
}
