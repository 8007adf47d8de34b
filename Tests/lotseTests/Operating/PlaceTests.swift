import Foundation
import Testing

@testable import lotse

@Suite("Which folder is meant")
struct PlaceTests {
    private static let config = "listener: {port: 0}\n"

    private func place(
        _ folder: String, state: String? = nil, file: String? = nil, environment: [String: String]
    ) throws -> Place {
        let path = folder + "/lotse.yaml"
        if let file { try file.write(toFile: path, atomically: true, encoding: .utf8) }
        return try Place(state: state, configuration: file == nil ? nil : path, environment: environment)
    }

    @Test("--state wins over the file, the file over the environment, and nothing but the environment is a guess")
    func precedence() throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        let home = ["HOME": "/h"]
        let unit = ["STATE_DIRECTORY": "/var/lib/x", "HOME": "/"]
        let named = "state: /srv/lotse\n" + Self.config
        let rows: [(state: String?, file: String?, environment: [String: String], expected: String, isGuessed: Bool)] =
            [
                ("/o", named, unit, "/o", false), (nil, named, unit, "/srv/lotse", false),
                (nil, Self.config, unit, "/var/lib/x", false), (nil, nil, unit, "/var/lib/x", false),
                (nil, Self.config, home, "/h/.local/state/lotse", true),
                (nil, nil, home, "/h/.local/state/lotse", true),
                ("/o", nil, [:], "/o", false), ("/o", Self.config, [:], "/o", false),
            ]
        for row in rows {
            let place = try place(folder, state: row.state, file: row.file, environment: row.environment)
            #expect(place.state == row.expected, "\(row)")
            #expect(place.isGuessed == row.isGuessed, "\(row)")
        }
        #expect(throws: CommandError.self) { try place(folder, environment: [:]) }
    }

    @Test("What the configuration keeps goes to the folder of --state, unless it has a place of its own")
    func moved() throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        let own = "state: /srv/lotse\nexports: /srv/out\n" + Self.config
        let moved = try place(folder, state: "/o", file: "state: /srv/lotse\n" + Self.config, environment: [:])
            .settings()
        #expect(
            moved?.exports == "/o/exports" && moved?.storePath == "/o/lotse.sqlite"
                && moved?.accountsPath == "/o/accounts")
        #expect(try place(folder, state: "/o", file: own, environment: [:]).settings()?.exports == "/srv/out")
    }

    @Test("The folder is found in a configuration that has problems elsewhere, so that a running Lotse can be asked")
    func problems() throws {
        let workplace = try Workplace()
        let place = try place(
            workplace.folder, file: "state: /srv/lotse\nlanuage: de\n" + Self.config, environment: [:])
        #expect(place.state == "/srv/lotse")
        #expect(throws: (any Error).self) { try place.settings() }
    }

    @Test("The folder of the systemd unit is taken where it is there and may be written to")
    func service() throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        let home = ["XDG_STATE_HOME": "/x", "HOME": "/h"]
        #expect(StateFolder.usual(home, service: folder) == folder)
        #expect(StateFolder.usual(home, service: folder + "/none") == "/x/lotse")
        #expect(StateFolder.usual(["STATE_DIRECTORY": "/a:/b"], service: folder) == "/a")
    }

    @Test(
        "The help of every command about a folder names the same places",
        arguments: [
            "sessions", "show", "export", "capture", "erase", "code", "reload", "serve", "run", "account add",
            "account list", "account remove", "partners list", "partners log", "partners test", "partners replay",
            "partners enable", "partners rotate",
        ])
    func help(command: String) async throws {
        let help = try await lotse(command.split(separator: " ").map(String.init) + ["--help"]).lines
            .map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
        for place in ["--state", "$STATE_DIRECTORY", "/var/lib/lotse", "$XDG_STATE_HOME"] {
            #expect(help.contains(place), "\(place)")
        }
    }
}
