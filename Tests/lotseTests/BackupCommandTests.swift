import Foundation
import SQLiteStore
import Testing

@Suite("Backup and restore on the command line", .timeLimit(.minutes(5)))
struct BackupCommandTests {
    private func run(_ arguments: [String]) async throws -> (code: Int32?, lines: [String], errors: String) {
        let program = try Program(arguments)
        try program.endInput()
        let lines = await program.remainingLines()
        let ending = await program.ending()
        return (ending.code, lines, ending.errors)
    }

    @Test("What was acknowledged comes back in another folder, with the accounts, and Lotse goes on there")
    func thereAndBack() async throws {
        let old = try Workplace()
        let new = try Workplace()
        let (folder, moved, file) = (old.folder, new.folder + "/moved", new.folder + "/backup")
        try Data("anna:x\n".utf8).write(to: URL(filePath: folder + "/accounts"))
        try await withProgram(old.arguments()) { lotse in
            try lotse.type("Junge Bäume vertrocknen")
            #expect(await lotse.line(containing: "B1 notiert.") != nil)
            let made = try await run(["backup", file, "--state", folder])
            #expect(made.lines == ["Backed up 1 session, accounts to \(file)."], "\(made)")
            let again = try await run(["backup", file, "--state", folder])
            #expect(again.code == 73 && again.errors.contains("--replace"))
            let inUse = try await run(["restore", file, "--state", folder, "--replace"])
            #expect(inUse.code == 69 && inUse.errors.contains("another Lotse is using \(folder)"))
        }
        let checked = try await run(["restore", file, "--state", moved, "--dry-run"])
        #expect(checked.code == 0 && !FileManager.default.fileExists(atPath: moved))
        #expect(
            try await run(["restore", file, "--state", moved]).lines == ["Restored 1 session, accounts to \(moved)."])
        let occupied = try await run(["restore", file, "--state", moved])
        #expect(occupied.code == 73 && occupied.errors.contains("has 1 session"))
        #expect(try String(contentsOfFile: moved + "/accounts", encoding: .utf8) == "anna:x\n")
        let mode = try FileManager.default.attributesOfItem(atPath: moved + "/accounts")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try await withProgram(["--state", moved, "--port", "0"]) { lotse in
            _ = await lotse.line(containing: "Welches Problem")
            try lotse.type("geht weiter")
            #expect(await lotse.line(containing: "B2 notiert.") != nil)
        }
    }

    @Test("Keys go along only when that is asked for")
    func keys() async throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        try await withProgram(["--state", folder + "/state", "--port", "0"]) { lotse in
            _ = await lotse.line(containing: "Welches Problem")
            try lotse.endInput()
            _ = await lotse.remainingLines()
        }
        for (name, text) in [
            ("secret", "Geheimnis\n"), ("lotse.yaml", "state: state\nlistener: {password_file: secret}\n"),
        ] {
            try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(folder)/\(name)")
        }
        for isAsked in [false, true] {
            let file = "\(folder)/backup-\(isAsked)"
            let made = try await run(
                ["backup", file, "--config", folder + "/lotse.yaml"] + (isAsked ? ["--with-keys"] : []))
            #expect(made.code == 0, "\(made)")
            let content = try Data(contentsOf: URL(filePath: file))
            #expect((content.range(of: Data("Geheimnis".utf8)) != nil) == isAsked)
        }
        let restored = try await run(["restore", "\(folder)/backup-true", "--state", folder + "/new"])
        #expect(restored.lines.last?.contains("was \(folder)/secret") == true, "\(restored)")
        #expect(try String(contentsOfFile: folder + "/new/keys/secret", encoding: .utf8) == "Geheimnis\n")
    }
}
