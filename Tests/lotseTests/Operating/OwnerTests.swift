import Foundation
import Testing

@testable import lotse

/// The service runs as a user of its own, the operator is root; needs root to be played.
@Suite("The operator beside a service of another user", .timeLimit(.minutes(5)), .enabled(if: geteuid() == 0))
struct OwnerTests {
    private static let nobody: UInt32 = 65_534
    private static let asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]

    /// A state folder that belongs to the service's user alone, in one that everybody may enter.
    private func prepare(_ folder: String) throws -> String {
        let state = folder + "/state"
        let files = FileManager.default
        try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
        try files.createDirectory(atPath: state, withIntermediateDirectories: true)
        try files.setAttributes(
            [.posixPermissions: 0o700, .ownerAccountID: Int(Self.nobody), .groupOwnerAccountID: Int(Self.nobody)],
            ofItemAtPath: state)
        return state
    }

    private func owners(in state: String) throws -> Set<UInt32> {
        var owners: Set<UInt32> = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: state) {
            var status = stat()
            if lstat("\(state)/\(name)", &status) == 0 { owners.insert(status.st_uid) }
        }
        return owners
    }

    @Test("With the environment of the unit, root's commands reach the service, and what they leave belongs to it")
    func service() async throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        let state = try prepare(folder)
        let port = 0
        let file = try RunningLotse.write(state: nil, port: port, in: folder)
        let unit = ["STATE_DIRECTORY": state, "HOME": "/"]
        let shell = ["STATE_DIRECTORY": "", "XDG_STATE_HOME": "", "HOME": folder + "/root"]
        // Nothing is reported as done in a folder that no Lotse has.
        // Some of them need one that runs, the others a store that is there.
        let refused: [([String], Int32)] = [
            (["code"], 1), (["account", "add", "anna"], 66), (["account", "list"], 66), (["sessions"], 66),
            (["reload"], 1),
        ]
        for (arguments, code) in refused {
            let result = try await lotse(arguments + ["--config", file], typing: ["geheim"], environment: shell)
            #expect(result.code == code && result.lines.isEmpty, "\(arguments)")
            #expect(result.errors.contains("--state"), "\(arguments): \(result.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder + "/root"))
        try await withProgram(["serve", "--config", file], prefix: Self.asNobody, environment: unit) { program in
            try #require(await program.errorLine(containing: "is ready") != nil)
            let named = ["--config", file, "--state", state]
            let added = try await lotse(["account", "add", "anna"] + named, typing: ["geheim"], environment: shell)
            #expect(added.lines == ["anna was added."])
            #expect(try await lotse(["code"] + named, environment: shell).code == 0)
            #expect(try await lotse(["account", "list", "--state", state], environment: shell).lines == ["anna"])
            program.signal(SIGTERM)
            #expect(await program.ending().code == 0)
        }
        #expect(try owners(in: state) == [Self.nobody])
        // The same while it does not run; then it starts again.
        let named = ["--config", file, "--state", state]
        #expect(try await lotse(["account", "add", "bernd"] + named, typing: ["x"], environment: shell).code == 0)
        #expect(try owners(in: state) == [Self.nobody])
        try await withProgram(["serve", "--config", file], prefix: Self.asNobody, environment: unit) { program in
            try #require(await program.errorLine(containing: "is ready") != nil)
            #expect(
                try await lotse(["account", "list", "--state", state], environment: shell).lines == ["anna", "bernd"])
            program.signal(SIGTERM)
            #expect(await program.ending().code == 0)
        }
    }

    @Test("Another user is refused, by the socket's mode and by who she is")
    func strangers() async throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
        try await RunningLotse.serve(in: folder) { _, _ in
            let closed = try await lotse(["code", "--state", folder], prefix: Self.asNobody)
            #expect(closed.code == 77 && closed.errors.contains("as that user or as root"))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o666], ofItemAtPath: "\(folder)/control.sock")
            let refused = try await lotse(["code", "--state", folder], prefix: Self.asNobody)
            #expect(refused.code == 77 && refused.lines.isEmpty)
            #expect(refused.errors.contains("only root and the user of the running Lotse"))
            #expect(try await lotse(["code", "--state", folder]).code == 0)
        }
    }

    @Test("Root's files are given to the owner of the folder, never what a link or a second name leads to")
    func links() throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        let state = try prepare(folder)
        let outside = folder + "/outside"
        let files = FileManager.default
        for path in [outside, state + "/accounts"] { #expect(files.createFile(atPath: path, contents: Data())) }
        try files.createSymbolicLink(atPath: state + "/link", withDestinationPath: outside)
        try files.linkItem(atPath: outside, toPath: state + "/name")
        FolderOwner(of: state)?.giveAll()
        var status = stat()
        #expect(stat(outside, &status) == 0 && status.st_uid == 0)
        #expect(stat(state + "/accounts", &status) == 0 && status.st_uid == Self.nobody)
    }
}
