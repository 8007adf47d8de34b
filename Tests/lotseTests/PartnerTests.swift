import Foundation
import LoopbackTesting
import Synchronization
import Testing

@Suite("Partners, by the program itself", .timeLimit(.minutes(5)))
struct PartnerTests {
    private static let room = "#stadtbaeume"

    /// Writes a configuration with one partner, and gives its path.
    private func configuration(
        _ workplace: borrowing Workplace, port: Int, monitoringPort: Int = 0, partnerURL: String
    ) throws -> String {
        let text = """
            state: \(workplace.folder)
            facilitators: {anyone_may_start: true}
            listener: {port: \(port)}
            groups:
              - {name: Stadtbäume, guide: kommunale-netzwerke, rooms: ["local/\(Self.room)"]}
            webhooks: {allow_networks: [127.0.0.1]}
            monitoring: {port: \(monitoringPort)}
            partners:
              - {name: stadtwerke, url: "\(partnerURL)", allow_plaintext: true, key_file: key}
            """
        let file = workplace.folder + "/lotse.yaml"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }

    /// Runs a subcommand to its end and gives what it printed.
    private func run(_ arguments: String...) async throws -> (code: Int32?, lines: [String], errors: String) {
        let program = try Program(arguments)
        let lines = await program.remainingLines()
        let ending = await program.ending()
        return (ending.code, lines, ending.errors)
    }

    @Test("A partner without a key is named by check, at the start and in the list, until it has one")
    func tellsOfMissingKey() async throws {
        let workplace = try Workplace()
        let file = try configuration(workplace, port: 0, partnerURL: "http://127.0.0.1:9/T0k3n")
        let remedy = "lotse partners rotate stadtwerke --config \(file)"
        let keys = "\(workplace.folder)/keys/stadtwerke"
        let checked = try await run("check", file)
        #expect(checked.code == 0)
        #expect(checked.errors.contains("warning: partners[0].key_file: ") && checked.errors.contains(remedy))
        #expect(checked.lines.first?.hasSuffix("groups Stadtbäume, partners stadtwerke") == true)
        try await withProgram(["serve", "--config", file]) { program in
            #expect(await program.errorLine(containing: remedy) != nil)
            program.signal(SIGTERM)
            let log = await program.ending()
            #expect(log.code == 0 && !log.errors.contains("T0k3n"))
        }
        #expect(try await run("partners", "list", "--config", file).lines.last?.contains("  no key  ") == true)
        let first = try await run("partners", "rotate", "stadtwerke", "--config", file)
        #expect(first.lines.count == 1)
        #expect(
            first.errors == "This is the key for stadtwerke; hand it over in a safe way. It is kept in \(keys).")
        let second = try await run("partners", "rotate", "stadtwerke", "--config", file)
        #expect(second.lines.count == 1 && second.lines != first.lines)
        #expect(second.errors.hasSuffix(" until: lotse partners rotate stadtwerke --finish"))
        #expect(try await run("partners", "list", "--config", file).lines.last?.contains("  on  ") == true)
        #expect(try await run("check", file).errors.contains("key_file") == false)
    }

    @Test("Killed between commit and delivery, it delivers everything after the restart, in sequence and signed")
    func survivesKill() async throws {
        let isHanging = Mutex(true)
        let peer = try await HTTPPeer { _, _ in isHanging.withLock { $0 } ? .hang : .answer(204) }
        let workplace = try Workplace()
        let port = try await FreePort.find()
        let file = try configuration(workplace, port: port, partnerURL: peer.url)
        let made = try await run("partners", "rotate", "stadtwerke", "--config", file)
        #expect(made.code == 0)
        #expect(made.lines.first?.hasPrefix("whsec_") == true)
        try await withProgram(["serve", "--config", file]) { program in
            #expect(await program.errorLine(containing: "listening") != nil)
            let anna = try await ChatClient("anna", port: port)
            try await anna.join(Self.room, with: "lotse")
            for line in ["!start Bäume", "= Regenwasser fehlt.", "!beschluss"] {
                try await anna.say(line, in: Self.room)
            }
            _ = await anna.line { $0.text.hasPrefix("»problem« ist vereinbart") }
            #expect(await peer.next().map(\.body).allSatisfy { $0.contains("session.started") })
            program.signal(SIGKILL)
            _ = await program.ending()
        }
        isHanging.withLock { $0 = false }
        try await withProgram(["serve", "--config", file]) { program in
            let received = await peer.next(2)
            #expect(received.map { $0.body.contains("\"seq\":1") } == [true, false])
            #expect(received.map { $0.body.contains("answer.agreed") } == [false, true])
            #expect(received[0].headers["webhook-id"] == peer.requests[0].headers["webhook-id"])
            #expect(received.allSatisfy { $0.headers["webhook-signature"]?.hasPrefix("v1,") == true })
            program.signal(SIGTERM)
            #expect(await program.ending().code == 0)
        }
        await peer.close()
    }

    @Test("The operator tests a partner, changes its key and sees how it is doing")
    func administers() async throws {
        let peer = try await HTTPPeer()
        let workplace = try Workplace()
        let file = try configuration(workplace, port: 0, partnerURL: peer.url)
        let unkeyed = try await run("partners", "test", "stadtwerke", "--config", file)
        #expect(unkeyed.code == 1)
        #expect(unkeyed.lines.first?.hasSuffix("key no such file.") == true)
        let keys = workplace.folder + "/keys/stadtwerke"
        for _ in 1...2 { _ = try await run("partners", "rotate", "stadtwerke", "--config", file) }
        let attributes = try FileManager.default.attributesOfItem(atPath: keys)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let tested = try await run("partners", "test", "stadtwerke", "--config", file)
        #expect(tested.code == 0)
        #expect(tested.lines.first?.hasPrefix("stadtwerke answered 204 after") == true)
        #expect(peer.requests.first?.headers["webhook-signature"]?.split(separator: " ").count == 2)
        #expect(peer.requests.first?.body.contains("partner.test") == true)
        _ = try await run("partners", "rotate", "stadtwerke", "--finish", "--config", file)
        let left = try String(contentsOfFile: keys, encoding: .utf8).split(separator: "\n")
        #expect(left.count { !$0.hasPrefix("#") } == 1)
        let listed = try await run("partners", "list", "--config", file)
        #expect(
            listed.lines == [
                "partner     host       state  waiting  next try  dead",
                "stadtwerke  127.0.0.1  on     0                  0",
            ])
        let unknown = try await run("partners", "enable", "nobody", "--config", file)
        #expect(unknown.code == 1)
        await peer.close()
    }
}
