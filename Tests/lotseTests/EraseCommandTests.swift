import Facilitation
import FoundationEssentials
import SQLiteStore
import Testing

@Suite("Erasing on the command line", .timeLimit(.minutes(5)))
struct EraseCommandTests {
    private func run(_ arguments: [String], typing answer: String? = nil) async throws -> Program.Ending {
        try await withProgram(arguments) { program in
            if let answer { try program.type(answer) }
            try program.endInput()
            return await program.ending()
        }
    }

    @Test("one person is erased after her name was typed once more; the session stays")
    func onePerson() async throws {
        let workplace = try Workplace()
        try await withProgram(workplace.arguments()) { program in
            try program.type("Junge Bäume vertrocknen")
            try program.endInput()
            #expect(await program.ending().code == 0)
        }
        let session = try #require(try await SQLiteStore(readingFrom: workplace.store).sessions().first?.id)
        let erase = ["erase", session, "--state", workplace.folder, "--person"]
        #expect(try await run(erase + ["bernd"]).errors.contains("nobody called bernd"))
        #expect(try await run(erase + ["anna"], typing: "nein").code != 0)
        #expect(try await workplace.contributions() == ["lotse": ["B1": "Junge Bäume vertrocknen"]])
        #expect(try await run(erase + ["anna"], typing: "anna").code == 0)
        #expect(try await workplace.contributions() == ["lotse": ["B1": ""]])
    }

    @Test(
        "Who erases a session is told that the files that were written of it are gone, if there were any",
        arguments: [false, true])
    func exportedFiles(isExported: Bool) async throws {
        let workplace = try Workplace()
        try await withProgram(workplace.arguments()) { program in
            if isExported { try program.type("!export json") }
            try program.endInput()
            #expect(await program.ending().code == 0)
        }
        let session = try #require(try await SQLiteStore(readingFrom: workplace.store).sessions().first?.id)
        let exported = "\(workplace.folder)/exports/\(session)"
        let program = try Program(["erase", session, "--state", workplace.folder, "--yes"])
        let gone = "What Lotse had written of it is gone as well, 1 file."
        #expect(await program.remainingLines() == ["Erased."] + (isExported ? [gone] : []))
        #expect(await program.ending().code == 0)
        #expect(!FileManager.default.fileExists(atPath: exported))
    }
}
