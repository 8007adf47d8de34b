import Foundation
import LoopbackTesting
import SQLiteStore
import Testing

@testable import lotse

@Suite("Reading the configuration again", .timeLimit(.minutes(5)))
struct ReloadTests {
    private static let first = #"{name: Stadtbäume, guide: kommunale-netzwerke, rooms: ["local/#stadtbaeume"]}"#
    private static let second = #"{name: Dorfladen, guide: kommunale-netzwerke, rooms: ["local/#dorfladen"]}"#

    private func partner(_ peer: HTTPPeer) -> String {
        "partners: [{name: werke, url: \"\(peer.url)\", allow_plaintext: true, key_file: key}]"
    }

    @Test("A new group with its room and a new partner count at once, while the others go on")
    func news() async throws {
        let peer = try await HTTPPeer()
        let workplace = try Workplace()
        let (folder, store) = (workplace.folder, workplace.store)
        let networks = "webhooks: {allow_networks: [127.0.0.1]}"
        try await RunningLotse.serve(in: folder, configuration: networks) { running, _ in
            let anna = try await running.person("anna")
            try await anna.say("!start Bäume", in: RunningLotse.room)
            _ = await anna.line { $0.text.contains("»problem«") }
            // Who is in the room already, and thought it hers, is seen by the new group.
            try await anna.join("#dorfladen")
            _ = try RunningLotse.write(
                networks + "\n" + partner(peer), state: folder, port: running.port, in: folder,
                groups: "[\(Self.first), \(Self.second)]")
            let reloaded = try await lotse(["reload", "--state", folder])
            #expect(reloaded.code == 0)
            #expect(reloaded.lines.contains("new groups: Dorfladen") && reloaded.lines.contains("new partners: werke"))
            #expect(!reloaded.lines.contains { $0.contains("next start") })
            let made = try await lotse(["partners", "rotate", "werke", "--state", folder])
            #expect(made.lines.first?.hasPrefix("whsec_") == true)
            try await anna.say("!start Laden", in: "#dorfladen")
            #expect(await anna.line { $0.target == "#dorfladen" && $0.text.contains("»problem«") } != nil)
            #expect(await peer.next()[0].body.contains("session.started"))
            try await anna.say("+ Junge Bäume vertrocknen", in: RunningLotse.room)
            #expect(await anna.line { $0.text == "B1 notiert." } != nil)
            #expect(
                Set(try await SQLiteStore(readingFrom: store).sessions().map(\.group)) == ["Stadtbäume", "Dorfladen"])
            #expect(try await lotse(["code", "--group", "Dorfladen", "--state", folder]).code == 0)
        }
        await peer.close()
    }

    @Test("A facilitator who is named from now on facilitates, and one who is no longer does not")
    func facilitators() async throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        func write(_ running: RunningLotse, _ facilitator: String) throws {
            let group = Self.first.dropLast() + ", facilitators: [local/\(facilitator)]}"
            let file = try RunningLotse.write(state: folder, port: running.port, in: folder, groups: "[\(group)]")
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try text.replacingOccurrences(of: "anyone_may_start: true", with: "anyone_may_start: false")
                .write(toFile: file, atomically: true, encoding: .utf8)
        }
        try await RunningLotse.serve(in: folder) { running, _ in
            try write(running, "berta")
            #expect(try await lotse(["reload", "--state", folder]).lines.contains("groups changed: Stadtbäume"))
            let anna = try await running.person("anna")
            try await anna.say("!start Bäume", in: RunningLotse.room)
            #expect(
                await anna.line { $0.text.hasPrefix("Eine Sitzung dürfen") || $0.text.hasPrefix("Nur best") } != nil)
        }
    }

    @Test("A file with problems leaves the old one in use, and every problem is printed with its place")
    func problems() async throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        try await RunningLotse.serve(in: folder) { running, program in
            let file = try RunningLotse.write(
                "lanuage: de", state: folder, port: running.port, in: folder, groups: "[\(Self.first), \(Self.second)]")
            let result = try await lotse(["reload", "--config", file])
            #expect(result.code == 78 && result.lines.isEmpty)
            #expect(result.errors.contains("\(file):5:1: error: ") && result.errors.contains("language"))
            #expect(result.errors.hasSuffix("What was read before stays in use."))
            let code = try await lotse(["code", "--group", "Dorfladen", "--state", folder])
            #expect(code.code == 1 && code.errors.contains("there is: Stadtbäume"))
            // The signal does the same, and says it in the log.
            program.signal(SIGHUP)
            #expect(await program.errorLine(containing: "the configuration has problems") != nil)
        }
    }

    @Test("What counts from the next start only is named")
    func restart() async throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        try await RunningLotse.serve(in: folder) { running, _ in
            let other = try await FreePort.find()
            _ = try RunningLotse.write("monitoring: {port: \(other)}", state: folder, port: other, in: folder)
            let result = try await lotse(["reload", "--state", folder])
            #expect(result.code == 0)
            #expect(result.lines.last == "Counts from the next start only: listener, monitoring")
        }
    }

    @Test("A group that is no longer named is closed; named again it goes on where it was")
    func goneAndBack() async throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        try await RunningLotse.serve(in: folder) { running, _ in
            let anna = try await running.person("anna")
            try await anna.say("!start Bäume", in: RunningLotse.room)
            try await anna.say("+ Junge Bäume vertrocknen", in: RunningLotse.room)
            _ = await anna.line { $0.text == "B1 notiert." }
            let write = { (groups: String) in
                try RunningLotse.write(state: folder, port: running.port, in: folder, groups: groups)
            }
            _ = try write("[\(Self.second)]")
            #expect(try await lotse(["reload", "--state", folder]).lines.contains("groups gone: Stadtbäume"))
            _ = try write("[\(Self.first), \(Self.second)]")
            #expect(try await lotse(["reload", "--state", folder]).lines.contains("new groups: Stadtbäume"))
            try await anna.say("+ Der Kanal läuft über", in: RunningLotse.room)
            #expect(await anna.line { $0.text == "B2 notiert." } != nil)
        }
    }
}
