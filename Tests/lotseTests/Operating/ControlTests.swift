import DialogEngine
import Facilitation
import Foundation
import SQLiteStore
import Testing

@testable import lotse

@Suite("Commands beside a running Lotse", .timeLimit(.minutes(5)))
struct ControlTests {
    @Test("A person is erased and paper is copied while her group writes on; nothing of what it writes is lost")
    func whileEverybodyWrites() async throws {
        let workplace = try Workplace()
        let (folder, store) = (workplace.folder, workplace.store)
        let sheet = folder + "/tisch.txt"
        try "von: Tisch 3\nproblem: Der Kanal läuft über\n".write(toFile: sheet, atomically: true, encoding: .utf8)
        try await RunningLotse.serve(in: folder) { running, program in
            let anna = try await running.person("anna")
            let bernd = try await running.person("bernd")
            try await anna.say("!start Bäume", in: RunningLotse.room)
            try await bernd.say("+ Geheimnis von Bernd", in: RunningLotse.room)
            _ = await anna.line { $0.text == "B1 notiert." }
            let id = try #require(try await SQLiteStore(readingFrom: store).sessions().first?.id)
            let state = ["--state", folder]
            #expect(try await lotse(["sessions"] + state).lines.last?.hasPrefix(id) == true)
            #expect(try await lotse(["show", id] + state).lines.contains { $0.contains("bernd") })

            let copied = try await lotse(["capture", id, sheet] + state)
            #expect(copied.lines == ["\(id): 1 contributions, 0 proposals, 0 open points"])
            // The group hears of it at once.
            #expect(await anna.line { $0.text.hasPrefix("Von Papier übertragen: ein Beitrag.") } != nil)

            let asked = try await lotse(["erase", id, "--person", "bernd"] + state, typing: ["bernd"])
            #expect(asked.lines.first?.contains("2 bernd, B1") == true && asked.lines.last == "Erased.")
            try await anna.say("+ Junge Bäume vertrocknen", in: RunningLotse.room)
            #expect(await anna.line { $0.text.hasSuffix("notiert.") }?.text == "B3 notiert.")

            let exported = try await lotse(["export", id, "--format", "json"] + state)
            #expect(exported.lines.contains { $0.contains("Junge Bäume") })
            #expect(!exported.lines.contains { $0.contains("Geheimnis") })
            program.signal(SIGTERM)
            #expect(await program.ending().code == 0)
        }
        let kept = try await workplace.contributions()["Stadtbäume"]
        #expect(kept == ["B1": "", "B2": "Der Kanal läuft über", "B3": "Junge Bäume vertrocknen"])
        let sequences = try await workplace.sequences()
        #expect(sequences == sequences.map { Array(1...$0.count) })
    }

    @Test("A whole session is erased under its group, which can begin another one")
    func eraseSession() async throws {
        let workplace = try Workplace()
        let (folder, store) = (workplace.folder, workplace.store)
        try await RunningLotse.serve(in: folder) { running, _ in
            let anna = try await running.person("anna")
            try await anna.say("!start Eins", in: RunningLotse.room)
            _ = await anna.line { $0.text.contains("»problem«") }
            let id = try #require(try await SQLiteStore(readingFrom: store).sessions().first?.id)
            #expect(try await lotse(["erase", id, "--yes", "--state", folder]).lines.first == "Erased.")
            #expect(try await SQLiteStore(readingFrom: store).sessions().isEmpty)
            try await anna.say("!start Zwei", in: RunningLotse.room)
            _ = await anna.line { $0.text.contains("»problem«") }
            #expect(try await SQLiteStore(readingFrom: store).sessions().map(\.name) == ["Zwei"])
        }
    }

    @Test("Paper that cannot be read is named by its place, and the running group hears nothing of it")
    func badPaper() async throws {
        let workplace = try Workplace()
        let (folder, store) = (workplace.folder, workplace.store)
        try await RunningLotse.serve(in: folder) { running, _ in
            let anna = try await running.person("anna")
            try await anna.say("!start Eins", in: RunningLotse.room)
            _ = await anna.line { $0.text.contains("»problem«") }
            let id = try #require(try await SQLiteStore(readingFrom: store).sessions().first?.id)
            let result = try await lotse(["capture", id, "--state", folder], typing: ["porblem: Text"])
            #expect(result.code == 1 && result.lines.isEmpty)
            #expect(
                result.errors.hasPrefix("standard input:1:1: error: there is no question \"porblem\"; did you mean"))
            _ = try await anna.barrier()
            #expect(try await SQLiteStore(readingFrom: store).load(id)?.contributions.isEmpty == true)
        }
    }

    @Test("A code is taken by the running Lotse at once, and refused where none runs")
    func code() async throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        let refused = try await lotse(["code", "--state", folder])
        #expect(refused.code == 1 && refused.lines.isEmpty)
        #expect(refused.errors.contains("no Lotse runs in \(folder)") && refused.errors.contains("--state"))
        try await RunningLotse.serve(in: folder) { running, _ in
            let made = try await lotse(["code", "--state", folder])
            let code = try #require(made.lines.first)
            #expect(made.errors.hasPrefix("Good for »Stadtbäume« for 10 minutes, once."))
            let unknown = try await lotse(["code", "--group", "Nord", "--state", folder])
            #expect(unknown.code == 1 && unknown.errors.contains("there is: Stadtbäume"))
            let anna = try await running.person("anna")
            try await anna.send("PRIVMSG lotse :mod \(code.lowercased())")
            let accepted = "Sie moderieren jetzt diese Gruppe, solange Sie verbunden sind"
            #expect(await anna.line { $0.text.hasPrefix(accepted) } != nil)
            try await anna.send("PRIVMSG lotse :!mod \(code)")
            #expect(await anna.line { $0.text.hasPrefix("Dieser Code ist ungültig") } != nil)
        }
    }

    @Test("Somebody who holds the socket open and says nothing, too much or nonsense keeps nobody from being answered")
    func hostileClients() async throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        try await RunningLotse.serve(in: folder) { _, program in
            let path = "\(folder)/control.sock"
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
            var silent: [RawSocket] = []
            for _ in 0..<8 { silent.append(try RawSocket(path)) }
            #expect(try await lotse(["sessions", "--state", folder]).code == 0)
            let nonsense = try RawSocket(path)
            nonsense.send("{\"version\":1}\n")
            #expect(nonsense.readToEnd() == "")
            let other = try RawSocket(path)
            other.send(#"{"version":2,"operation":"sessions","arguments":"e30="}"# + "\n")
            #expect(other.readToEnd().contains("of another version"))
            #expect(try await lotse(["sessions", "--state", folder]).code == 0)
            for socket in silent { socket.close() }
            program.signal(SIGTERM)
            #expect(await program.ending().code == 0)
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("The socket of a Lotse that was killed is no hindrance, neither to commands nor to the next start")
    func stale() async throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        try await RunningLotse.serve(in: folder) { _, program in
            program.signal(SIGKILL)
            _ = await program.ending()
        }
        #expect(FileManager.default.fileExists(atPath: "\(folder)/control.sock"))
        #expect(try await lotse(["sessions", "--state", folder]).code == 0)
        try await RunningLotse.serve(in: folder) { _, _ in
            let made = try await lotse(["code", "--state", folder])
            #expect(made.code == 0)
        }
    }

    @Test("A folder whose path is longer than an address of a socket has a socket all the same")
    func longPath() async throws {
        let workplace = try Workplace()
        let folder = workplace.folder + "/" + String(repeating: "lang/", count: 30) + "ende"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await RunningLotse.serve(in: folder) { _, _ in
            let made = try await lotse(["code", "--state", folder])
            #expect(made.code == 0)
        }
    }

    @Test("The embedded default listens to commands, too")
    func embedded() async throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        try await withProgram(workplace.arguments()) { program in
            _ = await program.line(containing: "Problem")
            let made = try await lotse(["code", "--state", folder])
            #expect(made.errors.hasPrefix("Good for »lotse«"))
            let reloaded = try await lotse(["reload", "--state", folder])
            #expect(reloaded.code == 0)
        }
    }
}

/// A connection to a Unix domain socket, as anybody could make one.
struct RawSocket {
    private let descriptor: CInt

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        try #require(result == 0)
    }

    func send(_ text: String) {
        _ = text.utf8CString.dropLast().withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }

    /// What comes until the other end closes.
    func readToEnd() -> String {
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count > 0 else { break }
            text += chunk[..<count]
        }
        return String(decoding: text, as: UTF8.self)
    }

    func close() {
        Glibc.close(descriptor)
    }
}
