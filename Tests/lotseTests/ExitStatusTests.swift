import Facilitation
import Foundation
import LoopbackTesting
import SQLiteStore
import Testing

@testable import lotse

@Suite("How Lotse ends", .timeLimit(.minutes(5)))
struct ExitStatusTests {
    private static let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("The unit is not started again for what trying again does not mend")
    func unit() throws {
        let unit = try String(contentsOf: Self.top.appending(path: "Config/lotse.service"), encoding: .utf8)
        let line = try #require(unit.split(separator: "\n").first { $0.hasPrefix("RestartPreventExitStatus=") })
        let codes = line.split(separator: "=")[1].split(separator: " ").compactMap { Int32($0) }
        #expect(codes == ExitReason.allCases.filter { !$0.mayPass }.map(\.rawValue))
    }

    @Test("The operator's page and the help explain every code", arguments: ExitReason.allCases)
    func explained(_ status: ExitReason) throws {
        let page = try String(contentsOf: Self.top.appending(path: ".github/OPERATING.md"), encoding: .utf8)
        #expect(page.contains("| \(status.rawValue) |"))
        #expect(ExitReason.explanation.contains("\(status.rawValue) "))
    }

    private func end(_ arguments: [String], prefix: [String] = []) async throws -> Program.Ending {
        try await withProgram(arguments, prefix: prefix) { lotse in
            try lotse.endInput()
            _ = await lotse.remainingLines()
            return await lotse.ending()
        }
    }

    @Test(
        "A mistyped subcommand is answered with the nearest and all there are",
        arguments: [
            (["sesions"], "did you mean sessions?"), (["help", "serv"], "did you mean serve?"),
            (["partners", "lst"], "did you mean list?"), (["help", "account", "ad"], "did you mean add?"),
            (["quatsch"], "There are: run, serve"), (["help", "quatsch"], "There are: run, serve"),
            (["serve", "--confg", "x"], "--config"),
        ])
    func mistyped(_ arguments: [String], _ answer: String) async throws {
        let ending = try await end(arguments)
        #expect(ending.code == 64 && ending.errors.contains(answer), "\(ending)")
    }

    @Test("Without a terminal and without input from a pipe Lotse says what it needs, and begins nothing")
    func noInput() async throws {
        let workplace = try Workplace()
        let command = "exec \(Program.path) --state \(workplace.folder)/new --port 0 </dev/null"
        let program = try Program([], prefix: ["/bin/sh", "-c", command])
        #expect(await program.remainingLines() == [])
        let ending = await program.ending()
        #expect(ending.code == 66 && ending.errors.contains("there is no terminal"))
        #expect(!FileManager.default.fileExists(atPath: workplace.folder + "/new"))
    }

    @Test(
        "What cannot be done ends with its code and names its object",
        arguments: [
            (["sessions", "--state", "/nowhere"], 66, "/nowhere/lotse.sqlite"),
            (["backup", "/tmp/x", "--state", "/nowhere"], 66, "/nowhere/lotse.sqlite"),
            (["restore", "/nowhere/file", "--state", "/nowhere"], 66, "/nowhere/file"),
            (["restore", "/etc/passwd", "--state", "/nowhere"], 65, "/etc/passwd"),
            (["--state", "/etc/passwd/x", "--port", "0"], 73, "/etc/passwd"),
            (["check", "/nowhere"], 2, "/nowhere"),
            (["serve", "--config", "/nowhere"], 78, "/nowhere"),
            (["backup", "x", "--with-keys"], 64, "--config"),
        ] as [([String], Int32, String)])
    func codes(_ arguments: [String], _ code: Int32, _ object: String) async throws {
        let ending = try await end(arguments)
        #expect(ending.code == code && ending.errors.contains(object), "\(ending)")
    }

    @Test("A damaged store is named, and one of an earlier version is not called damaged", arguments: [true, false])
    func namesTheStore(isDamaged: Bool) async throws {
        let workplace = try Workplace()
        if isDamaged {
            try Data(repeating: 0x4C, count: 9000).write(to: URL(filePath: workplace.store))
        } else {
            let fixture = Self.top.appending(path: "Tests/SQLiteStoreTests/Fixtures/schema-1.sqlite")
            try FileManager.default.copyItem(atPath: fixture.path, toPath: workplace.store)
        }
        let ending = try await end(["sessions", "--state", workplace.folder])
        #expect(ending.code == 65 && ending.errors.contains(workplace.store), "\(ending)")
        #expect(ending.errors.contains("start Lotse once") == !isDamaged, "\(ending)")
    }

    @Test(
        "A folder in which one may not write is named",
        .enabled(if: geteuid() == 0, "only root can become somebody else"))
    func noPermission() async throws {
        let workplace = try Workplace()
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: workplace.folder)
        let ending = try await end(
            ["--state", workplace.folder + "/x", "--port", "0"], prefix: ["setpriv", "--reuid=65534", "--clear-groups"])
        #expect(ending.code == 77 && ending.errors.contains(workplace.folder), "\(ending)")
    }

    @Test("A second Lotse and a port in use can pass, so that the unit tries again")
    func unavailable() async throws {
        let workplace = try Workplace()
        let port = try await FreePort.find()
        let (arguments, store) = (workplace.arguments(), workplace.store)
        try await withProgram(workplace.arguments(port: port)) { lotse in
            _ = await lotse.line(containing: "Problem")
            let second = try await end(arguments)
            #expect(second.code == 69 && second.errors.contains("another Lotse is using \(store)"))
            let other = try Workplace()
            let taken = try await end(other.arguments(port: port))
            #expect(taken.code == 69 && taken.errors.contains("Port \(port) on 127.0.0.1 is in use"))
        }
    }
}
