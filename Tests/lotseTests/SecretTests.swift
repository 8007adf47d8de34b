import DialogFiles
import FoundationEssentials
import Testing

@testable import lotse

@Suite("Secrets")
struct SecretTests {
    private func withSecret(_ text: String, permissions: Int, _ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "lotse-\(UUID().uuidString)").path
        try Data(text.utf8).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
        try body(path)
    }

    @Test("A secret prints as three stars, also within other values")
    func printing() {
        let secret = Secret("geheim")
        let texts = ["\(secret)", String(reflecting: secret), "\([secret])", "\(Optional(secret) as Any)"]
        #expect(texts.allSatisfy { $0.contains("***") && !$0.contains("geheim") })
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("geheim"))
    }

    @Test("The line end behind a secret does not belong to it", arguments: ["geheim", "geheim\n", "geheim\r\n"])
    func reading(text: String) throws {
        try withSecret(text, permissions: 0o600) { path in
            let secret = try SecretFile(path: path).read()
            #expect(secret.revealed == "geheim")
        }
    }

    @Test("A file that others can read is refused, with what to do", arguments: [0o604, 0o644, 0o666, 0o602])
    func permissions(permissions: Int) throws {
        try withSecret("geheim", permissions: permissions) { path in
            let failure = SecretFile.Failure.readableByOthers(path: path)
            #expect(throws: failure) { try SecretFile(path: path).read() }
            #expect(failure.description == "\(path) can be read by others; run: chmod 600 \(path)")
        }
    }

    @Test("An empty and a missing secret are refused")
    func missing() throws {
        try withSecret("\n", permissions: 0o600) { path in
            #expect(throws: SecretFile.Failure.empty(path: path)) { try SecretFile(path: path).read() }
        }
        let path = "/nowhere/geheim"
        #expect(throws: SecretFile.Failure.unreadable(path: path, .missing)) { try SecretFile(path: path).read() }
    }

    @Test("A relative name is a credential of systemd's if there is one, else a file beside the configuration")
    func credentials() throws {
        try withSecret("geheim", permissions: 0o400) { path in
            let url = URL(filePath: path)
            let folder = url.deletingLastPathComponent().path
            let paths = ConfigurationPaths(
                file: "/etc/lotse/lotse.yaml", environment: ["CREDENTIALS_DIRECTORY": folder])
            #expect(paths.secret(url.lastPathComponent) == "\(folder)/\(url.lastPathComponent)")
            #expect(paths.secret("other") == "/etc/lotse/other")
            #expect(paths.secret("/run/other") == "/run/other")
        }
    }

    @Test("A secret file that is there already is looked at when the configuration is checked")
    func checked() throws {
        try withSecret("geheim", permissions: 0o644) { path in
            let text = "listener: {password_file: \(path)}\n"
            let checked = Configuration.check(Array(text.utf8), file: "/etc/x.yaml", environment: ["HOME": "/h"])
            #expect(checked.problems.map(\.what) == ["\(path) can be read by others; run: chmod 600 \(path)"])
        }
    }

    @Test(
        "The state is kept where systemd says, else where XDG says",
        arguments: [
            (["STATE_DIRECTORY": "/var/lib/lotse:/x", "HOME": "/h"], "/var/lib/lotse"),
            (["XDG_STATE_HOME": "/s", "HOME": "/h"], "/s/lotse"),
            (["XDG_STATE_HOME": "relative", "HOME": "/h"], "/h/.local/state/lotse"), ([:], nil),
        ])
    func state(environment: [String: String], path: String?) {
        #expect(ConfigurationPaths(file: "/etc/x.yaml", environment: environment).defaultState == path)
    }
}
