import DialogFiles
import Facilitation
import FoundationEssentials
import Testing

@testable import lotse

/// The top folder of the sources.
private let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

@Suite("The configuration")
struct ConfigurationTests {
    private static let environment = ["HOME": "/home/lotse"]

    /// A good configuration, as if it stood in `Config/`, to be broken in tests.
    private static let text = """
        dialogs: ../Dialogs
        wording: ../Dialogs/wording
        facilitators: {anyone_may_start: true}
        listener:
          address: 127.0.0.1
          port: 6667
        networks:
          - name: libera
            host: irc.libera.chat
            tls: true
            sasl: {account: lotse, password_file: nowhere}
        groups:
          - name: Bäume
            guide: kommunale-netzwerke
            rooms: ["local/#baeume", "libera/#baeume"]
            facilitators: [libera/anna]
          - name: Rückblick
            guide: retrospektive
            rooms: ["local/#rueckblick"]

        """

    private static func check(_ text: String) -> Checked<Configuration> {
        Configuration.check(Array(text.utf8), file: "\(top)/Config/test.yaml", environment: environment)
    }

    private static func headings(_ text: String) -> [String] {
        check(text).problems.map {
            "\($0.position?.line ?? 0):\($0.position?.column ?? 0): \($0.severity.rawValue): \($0.path): \($0.what)"
                .replacing(top, with: "TOP")
        }
    }

    @Test("The samples in Config/ are good, without a warning")
    func samples() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(top)/Config").filter {
            $0.hasSuffix(".yaml")
        }
        #expect(names.count >= 2)
        for name in names {
            let checked = Configuration.check("\(top)/Config/\(name)", environment: Self.environment)
            #expect(checked.problems.map(\.description) == [])
        }
    }

    @Test("What is not said has its default")
    func defaults() throws {
        let configuration = try Self.check("listener: {}\n").get()
        #expect(configuration.state == "/home/lotse/.local/state/lotse")
        #expect(configuration.exports == "/home/lotse/.local/state/lotse/exports")
        #expect(configuration.timeZone.identifier == "Europe/Berlin")
        #expect(configuration.retentionMonths == 6)
        #expect(!configuration.anyoneMayStart)
        #expect(configuration.listener == Configuration.Listener())
        #expect(configuration.dialogs == nil)
    }

    @Test("Rooms, accounts, secrets and folders arrive as written")
    func values() throws {
        let configuration = try Self.check(Self.text).get()
        #expect(configuration.dialogs == "\(top)/Dialogs")
        #expect(configuration.networks.map(\.port) == [6697])
        #expect(configuration.networks[0].sasl?.passwordFile?.path == "\(top)/Config/nowhere")
        #expect(
            configuration.groups[0].rooms == [
                Room(adapter: "local", name: "#baeume"), Room(adapter: "libera", name: "#baeume"),
            ])
        #expect(configuration.groups[0].facilitators == ["libera/anna"])
        #expect(configuration.groups[0].members == nil)
        let closed = Self.text.replacing("facilitators: [libera/anna]", with: "members: [local/anna, local/Bernd]")
        #expect(try Self.check(closed).get().groups[0].members == ["local/anna", "local/Bernd"])
    }

    struct Breakage: Sendable, CustomTestStringConvertible {
        let old: String
        let new: String
        let problems: [String]

        init(_ old: String, _ new: String, _ problems: String...) {
            self.old = old
            self.new = new
            self.problems = problems
        }

        var testDescription: String { new }
    }

    static let breakages: [Breakage] = [
        Breakage(
            "dialogs: ../Dialogs\n", "dialogs: ../Dialog\n", "1:10: error: dialogs: there is no folder TOP/Dialog"),
        Breakage(
            "dialogs: ../Dialogs\n", "language: xx\ndialogs: ../Dialogs\ntime_zone: Mars/Nord\nretention_months: 121\n",
            "1:11: error: language: there is no wording TOP/Dialogs/wording/xx.yaml; allowed: WORDING",
            "3:12: error: time_zone: there is no time zone \"Mars/Nord\"; write it like Europe/Berlin",
            "4:19: error: retention_months: 121 is not between 1 and 120",
            "17:12: error: groups[0].guide: the guide is not written in xx, only in de, de-simple, en",
            "21:12: error: groups[1].guide: the guide is not written in xx, only in en, de"),
        Breakage(
            "{anyone_may_start: true}", "{anyone_may_start: yes}",
            "3:34: error: facilitators.anyone_may_start: expected true or false, found text",
            "17:11: warning: groups[1].name: nobody may start a session without a one-time code: name facilitators, or set facilitators.anyone_may_start"
        ),
        Breakage(
            "address: 127.0.0.1", "address: 0.0.0.0",
            "5:12: error: listener.address: 0.0.0.0 is open to other machines: set tls, or allow_plaintext: true if the network is safe"
        ),
        Breakage("address: 127.0.0.1", "address: 0.0.0.0\n  allow_plaintext: true"),
        Breakage(
            "port: 6667", "port: 6667\n  operators: [anna]\n  accounts_file: x\n  lines_per_second: 0",
            "9:21: error: listener.lines_per_second: 0 is not between 1 and 1000000"),
        Breakage(
            "port: 6667", "port: 65536\n  max_connections: 0",
            "6:9: error: listener.port: 65536 is not between 0 and 65535",
            "7:20: error: listener.max_connections: 0 is not between 1 and 1000000"),
        Breakage(
            "port: 6667", "tls: {certificate: nix.pem}", "6:8: error: listener.tls.key: is missing",
            "6:22: error: listener.tls.certificate: there is no file TOP/Config/nix.pem that can be read"),
        Breakage("tls: true", "tls: false"),
        Breakage(
            "tls: true\n    sasl: {", "tls: false\n    sasl: {mechanisms: [PLAIN, XX], ",
            "11:11: error: networks[0].sasl: needs tls: the password would be sent in plain text",
            "11:32: error: networks[0].sasl.mechanisms[1]: unknown value \"XX\"; allowed: EXTERNAL, SCRAM-SHA-256, PLAIN"
        ),
        Breakage(
            "tls: true\n    sasl: {account: lotse, password_file: nowhere}",
            "tls: {certificate: nix.pem, key: nix.key}\n    sasl: {account: lotse, required: false}",
            "10:24: error: networks[0].tls.certificate: there is no file TOP/Config/nix.pem that can be read"),
        Breakage(
            "tls: true", "tls: {pin_sha256: ab}",
            "10:23: error: networks[0].tls.pin_sha256: is no SHA-256: 64 hexadecimal digits"),
        Breakage(
            "tls: true", "nick: 7otse\n    channels: [hilfe]",
            "10:11: error: networks[0].nick: \"7otse\" is no nick on IRC",
            "11:16: error: networks[0].channels[0]: \"hilfe\" is no channel; channels begin with # and have no space or comma"
        ),
        Breakage(
            "name: libera", "name: local",
            "8:11: error: networks[0].name: \"local\" is the name of the listener already",
            "15:30: error: groups[0].rooms[1]: there is no network \"libera\"; allowed: local",
            "16:20: error: groups[0].facilitators[0]: there is no network \"libera\"; allowed: local"),
        Breakage(
            "facilitators: [libera/anna]",
            "facilitators: [libera/anna]\n    members: [local/bernd, libera/ceyda, dirk]",
            "17:14: warning: groups[0].members: closes rooms of the listener only; who can enter libera/#baeume reads along there",
            "17:28: error: groups[0].members[1]: \"libera/ceyda\" is no account of the listener; write it like local/anna",
            "17:42: error: groups[0].members[2]: \"dirk\" names no adapter; write it like libera/anna"),
        Breakage(
            "rooms: [\"local/#rueckblick\"]", "rooms: [\"libera/#rueckblick\"]\n    members: [local/bernd]",
            "20:14: error: groups[1].members: closes rooms of the listener (local/#…), and the group has none"),
        Breakage(
            "guide: retrospektive", "guide: retrospective",
            "18:12: error: groups[1].guide: there is no guide TOP/Dialogs/retrospective.yaml; did you mean \"retrospektive\"?"
        ),
        Breakage(
            "[\"local/#rueckblick\"]", "[\"local/#BAEUME\", \"libra/#x\", \"#y\", local/z]",
            "19:13: error: groups[1].rooms[0]: local/#BAEUME is a room of \"Bäume\" already (line 15)",
            "19:30: error: groups[1].rooms[1]: there is no network \"libra\"; did you mean \"libera\"?",
            "19:42: error: groups[1].rooms[2]: \"#y\" names no adapter; write it like local/#stadtbaeume",
            "19:48: error: groups[1].rooms[3]: \"z\" is no channel; channels begin with # and have no space or comma"),
        Breakage(
            "name: Rückblick", "name: BAEUME\n    order: sheet\n    mode: tlk\n    language: de-simple",
            "17:11: error: groups[1].name: \"BAEUME\" is the name of the group in line 13 already",
            "18:12: error: groups[1].order: the guide has no order \"sheet\"; allowed: standard",
            "19:11: error: groups[1].mode: unknown value \"tlk\"; did you mean \"talk\"?",
            "20:15: error: groups[1].language: the guide is not written in de-simple, only in en, de"),
        Breakage(
            "    rooms: [\"local/#rueckblick\"]\n",
            """
                rooms: ["local/#rueckblick"]
            webhooks: {allow_networks: [10.0.0.0/8, intern]}
            partners:
              - {name: a, url: "http://partner.example/", key_file: nowhere, groups: [Baum], events: [answer.agree]}
              - {name: a, url: "https://me@partner.example/", key_file: nowhere}
              - {name: b, url: "ftp://partner.example/", key_file: nowhere}
              - {name: c, url: "http://partner.example/", key_file: nowhere, allow_plaintext: true}

            """,
            "20:41: error: webhooks.allow_networks[1]: \"intern\" is no network; write it like 10.20.0.0/16 or fd00::/8",
            "22:20: error: partners[0].url: would be sent in plain text; use https:, or set allow_plaintext: true if the way is safe",
            "22:57: warning: partners[0].key_file: KEYLESS a",
            "22:75: error: partners[0].groups[0]: there is no group \"Baum\"; allowed: Bäume, Rückblick",
            "22:91: error: partners[0].events[0]: unknown value \"answer.agree\"; did you mean \"answer.agreed\"?",
            "23:12: error: partners[1].name: \"a\" is the name of the partner in line 22 already",
            "23:20: error: partners[1].url: has a user in it; leave out what stands before the @",
            "23:61: warning: partners[1].key_file: KEYLESS a",
            "24:20: error: partners[2].url: begins with ftp:, but only https: can be delivered to",
            "24:56: warning: partners[2].key_file: KEYLESS b",
            "25:57: warning: partners[3].key_file: KEYLESS c"),
        Breakage(
            "    rooms: [\"local/#rueckblick\"]\n",
            """
                rooms: ["local/#rueckblick"]
            chats:
              - {name: talk, system: nextcloud-talk, backend: "http://10.20.0.7/", secret_file: nowhere}
              - {name: town, system: mattermost, backend: "http://10.21.0.7/", secret_file: nowhere}
            partners:
              - {name: a, url: "https://localhost:8443/t0k3n", key_file: nowhere}
            webhooks: {allow_networks: [10.20.0.0/16]}

            """,
            "22:47: warning: chats[1].backend: 10.21.0.7 is not on the Internet; nothing is sent there unless webhooks.allow_networks names its network",
            "24:20: warning: partners[0].url: localhost is not on the Internet; nothing is sent there unless webhooks.allow_networks names its network",
            "24:62: warning: partners[0].key_file: KEYLESS a"),
    ]

    @Test("Each rule has its problem at its place", arguments: breakages)
    func rule(breakage: Breakage) throws {
        #expect(Self.text.contains(breakage.old))
        let wording = try FileManager.default.contentsOfDirectory(atPath: "\(top)/Dialogs/wording")
            .map { $0.replacing(".yaml", with: "") }.sorted().joined(separator: ", ")
        let expected = breakage.problems.map {
            $0.replacing("WORDING", with: wording).replacing(/KEYLESS (.+)/) {
                "there is no file TOP/Config/nowhere yet, so \($0.1) is told nothing; run: lotse partners rotate \($0.1) --config TOP/Config/test.yaml"
            }
        }
        let found = Self.headings(Self.text.replacing(breakage.old, with: breakage.new))
        #expect(found == expected)
    }

    @Test("A file that is none of Lotse's is not shown")
    func foreign() {
        let checked = Self.check("user: anna\nhash: abcdef\n")
        #expect(checked.problems.map(\.what) == ["is neither a guide, nor wording, nor a configuration of Lotse"])
        #expect(checked.problems.map(\.excerpt) == [nil])
    }

    @Test("A password in place of its file is not shown")
    func password() {
        let text = Self.text.replacing("password_file: nowhere", with: "password: geheim")
        #expect(!Self.check(text).problems.isEmpty)
        #expect(!Self.check(text).problems.map(\.description).joined().contains("geheim"))
    }
}
