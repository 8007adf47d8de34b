import Foundation
import LoopbackTesting
import SQLiteStore
import Testing

@testable import lotse

/// What `lotse check` and `lotse serve` find before anything is opened.
@Suite("What a configuration leads to", .timeLimit(.minutes(5)))
struct SurroundingsTests {
    /// A mistake: what stands in the configuration instead, and what is said of it, with the line.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let says: String
        var isWarning = false

        init(_ name: String, _ text: String, _ says: String, isWarning: Bool = false) {
            (testDescription, self.text, self.says, self.isWarning) = (name, text, says, isWarning)
        }
    }

    private static let listener = "listener: {port: 6667}\n"
    private static func chat(_ system: String, _ more: String) -> String {
        "chats:\n  - {name: town, system: \(system), \(more)}\n"
    }

    static let mistakes = [
        Mistake(
            "secret", chat("mattermost", "secret_file: nosuch"),
            "2:51: error: chats[0].secret_file: there is no file DIR/nosuch"),
        Mistake(
            "absolute secret", chat("zulip", "secret_file: /nowhere/x"),
            "error: chats[0].secret_file: there is no file /nowhere/x"),
        Mistake(
            "reply", chat("mattermost", "secret_file: token, reply_file: nosuch"),
            "chats[0].reply_file: there is no file DIR/nosuch"),
        Mistake(
            "reply that is no URL", chat("mattermost", "secret_file: token, reply_file: token"),
            "chats[0].reply_file: the URL in DIR/token cannot be used"),
        Mistake(
            "password", "listener: {password_file: nosuch}\n",
            "1:27: error: listener.password_file: there is no file DIR/nosuch"),
        Mistake(
            "key that is none", chat("signed-json", "secret_file: token"),
            "chats[0].secret_file: the key in line 1 of DIR/token begins neither"),
        Mistake(
            "short secret", chat("nextcloud-talk", "backend: \"https://c.example\", secret_file: token"),
            "chats[0].secret_file: the secret in DIR/token has 5 characters; Nextcloud takes 40 to 128", isWarning: true
        ),
        Mistake(
            "garbage certificate", "listener: {tls: {certificate: token, key: CERTKEY}}\n",
            "listener.tls.certificate: DIR/token holds no certificate"),
        Mistake(
            "garbage key", "listener: {tls: {certificate: CERT, key: token}}\n",
            "listener.tls.key: DIR/token holds no private key"),
        Mistake(
            "key of another", "listener: {tls: {certificate: CERT, key: OTHERKEY}}\n",
            "listener.tls.key: OTHERKEY is not the key of the certificate in CERT"),
        Mistake(
            "client's key", "networks:\n  - {name: n, host: h.example, tls: {certificate: CERT, key: OTHERKEY}}\n",
            "networks[0].tls.key: OTHERKEY is not the key"),
        Mistake(
            "authorities", "networks:\n  - {name: n, host: h.example, tls: {ca: token}}\n",
            "networks[0].tls.ca: DIR/token holds no certificate"),
        Mistake(
            "webhook authorities", listener + "webhooks: {ca: token}\n",
            "2:16: error: webhooks.ca: DIR/token holds no certificate"),
        Mistake(
            "monitoring on the listener's port", listener + "monitoring: {port: 6667}\n",
            "2:13: error: monitoring: port 6667 is the port of the listener already"),
        Mistake(
            "receiver on the listener's port",
            listener + "receiver: {port: 6667}\n" + chat("zulip", "secret_file: token"),
            "receiver: port 6667 is the port of the listener already"),
        Mistake(
            "monitoring on the receiver's port", "monitoring: {port: 8065}\n" + chat("zulip", "secret_file: token"),
            "monitoring: port 8065 is the port of the receiver already"),
        Mistake(
            "everywhere", "listener: {address: 0.0.0.0, allow_plaintext: true, port: 6667}\nmonitoring: {port: 6667}\n",
            "monitoring: port 6667"),
        Mistake(
            "port 0", "listener: {port: 0}\n", "1:18: warning: listener.port: 0 is another port at each start",
            isWarning: true),
        Mistake(
            "foreign address", "listener: {address: 192.0.2.7, allow_plaintext: true}\n",
            "listener: 192.0.2.7 is no address of this machine"),
        Mistake(
            "state below a file", "state: DIR/token/state\n" + listener,
            "1:8: error: state: DIR/token/state cannot be made: DIR/token is a file"),
        Mistake("exports below a file", "exports: DIR/token/x\n" + listener, "exports: DIR/token/x cannot be made"),
        Mistake(
            "damaged store", "state: DIR/damaged\n" + listener, "state: DIR/damaged/lotse.sqlite: the file is damaged"),
        Mistake(
            "accounts", "listener: {accounts_file: open}\n", "listener.accounts_file: DIR/open can be read by others"),
        Mistake(
            "wording", "wording: DIR\n" + listener, "wording: the wording is not good; run: lotse check DIR/*.yaml"),
        Mistake("server name", "listener: {server_name: \"a..b\"}\n", "listener.server_name: \"a..b\" is no host name"),
    ]

    @Test(
        "Every mistake is found by check and by serve, at its place, before anything listens",
        .enabled(if: TestCertificate.path != nil, "openssl is not there"), arguments: mistakes)
    func found(_ mistake: Mistake) async throws {
        let workplace = try Workplace()
        let (own, other) = (try TestCertificate(), try TestCertificate())
        defer {
            own.remove()
            other.remove()
        }
        let folder = workplace.folder
        func named(_ text: String) -> String {
            text.replacing("OTHERKEY", with: other.key).replacing("CERTKEY", with: own.key)
                .replacing("CERT", with: own.certificate).replacing("DIR", with: folder)
        }
        try write("token\n", to: "\(folder)/token", 0o600)
        try write("\n", to: "\(folder)/open", 0o644)
        try FileManager.default.createDirectory(atPath: folder + "/damaged", withIntermediateDirectories: true)
        try write(String(repeating: "damaged", count: 999), to: "\(folder)/damaged/lotse.sqlite", 0o600)
        let state = mistake.text.hasPrefix("state:") ? "" : "\nstate: \(folder)/state\n"
        let file = folder + "/lotse.yaml"
        try write(named(mistake.text) + state, to: file, 0o600)
        let checked = try await end(["check", file])
        #expect(checked.code == (mistake.isWarning ? 0 : 1), "\(checked)")
        #expect(checked.errors.contains(named(mistake.says)) && checked.errors.contains("\(file):"), "\(checked)")
        #expect(!checked.errors.contains("\ntoken\n"))
        guard !mistake.isWarning else { return }
        let served = try await end(["serve", "--config", file])
        #expect(served.code == 78 && served.errors.contains(named(mistake.says)), "\(served)")
        #expect(!FileManager.default.fileExists(atPath: folder + "/state"), "nothing was made")
    }

    @Test("A port in use is found before another one is opened")
    func portInUse() async throws {
        let workplace = try Workplace()
        let (free, taken) = (try await FreePort.find(), try await FreePort.find())
        let owner = try Workplace()
        let folder = workplace.folder
        try await withProgram(owner.arguments(port: taken)) { program in
            _ = await program.line(containing: "Problem")
            let file = folder + "/lotse.yaml"
            try write(
                "state: \(folder)\nlistener: {port: \(free)}\nmonitoring: {port: \(taken)}\n", to: file, 0o600)
            #expect(try await end(["check", file]).code == 0)
            let served = try await end(["serve", "--config", file])
            #expect(served.code == 69 && served.errors.contains("Port \(taken) on 127.0.0.1 is in use"), "\(served)")
            #expect(!served.errors.contains("listening"))
        }
    }

    private func write(_ text: String, to path: String, _ mode: Int) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    private func end(_ arguments: [String]) async throws -> Program.Ending {
        try await withProgram(arguments) { lotse in
            try lotse.endInput()
            _ = await lotse.remainingLines()
            return await lotse.ending()
        }
    }
}
