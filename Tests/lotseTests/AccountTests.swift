import Foundation
import Testing

@Suite("lotse account")
struct AccountTests {
    private func run(_ arguments: [String], input: String...) async throws -> (lines: [String], ending: Program.Ending)
    {
        try await withProgram(["account"] + arguments) { lotse in
            for line in input { try lotse.type(line) }
            try lotse.endInput()
            let ending = await lotse.ending()
            return (await lotse.remainingLines(), ending)
        }
    }

    @Test("adds, lists and removes; the file is the owner's alone and has no password in it")
    func wholeLife() async throws {
        let place = try Workplace()
        let state = ["--state", place.folder]
        #expect(try await run(["add", "anna"] + state, input: "geheim").lines == ["anna was added."])
        #expect(try await run(["add", "bernd"] + state, input: "geheim").lines == ["bernd was added."])
        #expect(try await run(["add", "Anna"] + state, input: "anders").lines == ["Anna has a new password."])
        #expect(try await run(["list"] + state).lines == ["Anna", "bernd"])
        let path = place.folder + "/accounts"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(!text.contains("geheim") && !text.contains("anders"))
        let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
        #expect(try await run(["remove", "ANNA"] + state).lines == ["ANNA was removed."])
        #expect(try await run(["list"] + state).lines == ["bernd"])
    }

    @Test(
        "refuses what cannot be an account, and says what to do",
        arguments: [
            (["add", "an na"], "x", "letters, digits"), (["add", "anna"], "", "The password is empty"),
            (["remove", "otto"], "", "lotse account list"),
        ])
    func refuses(arguments: [String], input: String, answer: String) async throws {
        let place = try Workplace()
        let (_, ending) = try await run(arguments + ["--state", place.folder], input: input)
        #expect(ending.code != 0)
        #expect(ending.errors.contains(answer))
    }

    @Test("refuses a file that others can read, or that is none")
    func badFile() async throws {
        let place = try Workplace()
        let path = place.folder + "/accounts"
        #expect(FileManager.default.createFile(atPath: path, contents: Data("anna:x\n".utf8)))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(try await run(["list", "--state", place.folder]).ending.errors.contains("chmod 600"))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(try await run(["list", "--state", place.folder]).ending.errors.contains("line 1, is no account"))
    }
}
