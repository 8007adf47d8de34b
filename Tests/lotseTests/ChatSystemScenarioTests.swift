import Crypto
import Foundation
import LoopbackTesting
import Testing

@testable import WebhookAdapter

@Suite("An evening in a chat system over HTTP", .timeLimit(.minutes(5)))
struct ChatSystemScenarioTests {
    private static let random = String(repeating: "0123456789abcdef", count: 4)

    private func configuration(_ workplace: borrowing Workplace, _ text: String) throws -> String {
        try "53CR3T\n".write(toFile: workplace.folder + "/secret", atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: workplace.folder + "/secret")
        let file = workplace.folder + "/lotse.yaml"
        try
            ("state: \(workplace.folder)\ntime_zone: \(Program.timeZone)\nwebhooks: {allow_networks: [127.0.0.1]}\n"
            + text)
            .write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }

    private static let http = CurlMulti(allowedNetworks: [IPNetwork("127.0.0.1")].compactMap { $0 })

    @Test("In Nextcloud Talk a moderator and two others work out an answer; answers are posted and signed")
    func talk() async throws {
        let cloud = try await HTTPPeer { _, _ in .answer(201) }
        let workplace = try Workplace()
        let port = try await FreePort.find()
        let backend = "http://127.0.0.1:\(cloud.port)"
        let file = try configuration(
            workplace,
            """
            receiver: {port: \(port)}
            chats:
              - {name: talk, system: nextcloud-talk, backend: "\(backend)", secret_file: secret}
            groups:
              - {name: Stadtbäume, guide: kommunale-netzwerke, rooms: ["talk/n3xtc10ud"], facilitators: [talk/users/x]}

            """)
        /// Says a line as somebody, and reads what Lotse posts up to a text.
        func say(_ name: String, _ text: String, type: Int = 3, id: Int, until wanted: String) async throws -> [String]
        {
            let message = try #require(
                String(data: JSONEncoder().encode(["message": text]), encoding: .utf8))
            let content = try #require(String(data: JSONEncoder().encode([message]), encoding: .utf8)).dropFirst()
                .dropLast()
            let body = """
                {"type":"Create","actor":{"type":"Person","id":"users/\(name)","name":"\(name)","talkParticipantType":"\(type)"},
                "object":{"type":"Note","id":"\(id)","name":"message","content":\(content),"mediaType":"text/markdown"},
                "target":{"type":"Collection","id":"n3xtc10ud","name":"Bäume"}}
                """
            let signature = Proof.hexadecimal(Array(Self.random.utf8), Array(body.utf8), secret: "53CR3T")
            let response = try await Self.http.send(
                HTTPRequest(
                    url: "http://127.0.0.1:\(port)/talk",
                    headers: [
                        ("content-type", "application/json"), ("x-nextcloud-talk-random", Self.random),
                        ("x-nextcloud-talk-signature", signature), ("x-nextcloud-talk-backend", backend),
                    ], body: Array(body.utf8), allowsPlaintext: true))
            #expect(response.status == 200)
            var posted: [String] = []
            while posted.last?.contains(wanted) != true {
                let request = await cloud.next()[0]
                let random = request.headers["x-nextcloud-talk-bot-random"] ?? ""
                let sent = try JSONDecoder().decode(Posted.self, from: Data(request.body.utf8))
                #expect(
                    request.headers["x-nextcloud-talk-bot-signature"]
                        == Proof.hexadecimal(Array(random.utf8), Array(sent.message.utf8), secret: "53CR3T"))
                #expect(request.path == "/ocs/v2.php/apps/spreed/api/v1/bot/n3xtc10ud/message")
                posted.append(sent.message)
            }
            return posted
        }
        try await withProgram(["serve", "--config", file]) { program in
            #expect(await program.errorLine(containing: "listening for HTTP") != nil)
            _ = try await say("ada", "!start Bäume", type: 1, id: 1, until: "Welches Problem")
            _ = try await say("bernd", "+ Junge Bäume vertrocknen.", id: 2, until: "B1 notiert.")
            _ = try await say("ada", "= Regenwasser fehlt.", type: 1, id: 3, until: "Vorschlag zu »problem« von ada")
            _ = try await say("ceyda", "!ok", id: 4, until: "»problem«")
            // Who does not moderate may not decide.
            _ = try await say("bernd", "!beschluss", id: 5, until: "ada")
            _ = try await say("ada", "!beschluss", type: 1, id: 6, until: "»problem« ist vereinbart (ada, ceyda).")
            // The same request once more is answered, and stored once.
            _ = try await say("bernd", "+ Junge Bäume vertrocknen.", id: 2, until: "nicht noch einmal")
            let refused = try await Self.http.send(
                HTTPRequest(
                    url: "http://127.0.0.1:\(port)/talk", headers: [("content-type", "application/json")],
                    body: Array("{}".utf8), allowsPlaintext: true))
            #expect(refused.status == 403)
            program.signal(SIGTERM)
            #expect(await program.ending().code == 0)
        }
        #expect(try await workplace.contributions()["Stadtbäume"]?.values.sorted() == ["Junge Bäume vertrocknen."])
        await cloud.close()
    }

    private struct Posted: Decodable {
        var message: String
        var silent: Bool
    }

    @Test(
        "In Mattermost answers are the response, private ones go to the person who asked, the rest to the incoming webhook"
    )
    func mattermost() async throws {
        let town = try await HTTPPeer { _, _ in .answer(200) }
        let workplace = try Workplace()
        let port = try await FreePort.find()
        let file = try configuration(
            workplace,
            """
            facilitators: {anyone_may_start: true}
            receiver: {port: \(port)}
            chats:
              - {name: town, system: mattermost, secret_file: secret, reply_file: reply}
            groups:
              - {name: Stadtbäume, guide: kommunale-netzwerke, rooms: [town/stadtbaeume]}

            """)
        try town.url.write(toFile: workplace.folder + "/reply", atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: workplace.folder + "/reply")
        func say(_ name: String, _ text: String, id: String, isCommand: Bool = false) async throws -> String {
            let encoded = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            let form =
                "channel_name=stadtbaeume&channel_id=C&user_id=\(name)&user_name=\(name)&text=\(encoded)"
                + (isCommand ? "&command=%2Flotse&trigger_id=\(id)" : "&token=53CR3T&post_id=\(id)")
            let response = try await Self.http.send(
                HTTPRequest(
                    url: "http://127.0.0.1:\(port)/town",
                    headers: [("content-type", "application/x-www-form-urlencoded")]
                        + (isCommand ? [("authorization", "Token 53CR3T")] : []),
                    body: Array(form.utf8), allowsPlaintext: true))
            #expect(response.status == 200)
            return String(decoding: response.body, as: UTF8.self)
        }
        try await withProgram(["serve", "--config", file]) { program in
            #expect(await program.errorLine(containing: "listening for HTTP") != nil)
            let start = try await say("anna", "!start Bäume", id: "p1")
            #expect(start.contains("Welches Problem") && start.contains("\"response_type\":\"post\""))
            // Who comes in is greeted where there is no private way to her: in the room, in one line.
            let first = try await say("bernd", "+ Bäume vertrocknen", id: "p2")
            #expect(first.contains("B1 notiert.") && first.contains("Willkommen, bernd."), "\(first)")
            #expect(try await say("bernd", "bloß geredet", id: "p3") == "{}")
            let data = try await say("bernd", "!meinedaten", id: "g1", isCommand: true)
            #expect(data.contains("\"response_type\":\"ephemeral\"") && data.contains("Bäume vertrocknen"))
            // That a consent is noted is for one person, but no secret.
            _ = try await say("anna", "= Regenwasser fehlt", id: "p6")
            let consented = try await say("bernd", "!ok", id: "p7")
            #expect(consented.contains("@bernd") && !consented.contains("nur für Sie"))
            // What is private does not go into the room.
            let asked = try await say("bernd", "!meinedaten", id: "p4")
            #expect(!asked.contains("vertrocknen") && asked.contains("@bernd"))
            // Because of newcomers the room gets one line a minute at most: dirk is greeted later.
            #expect(try await say("dirk", "hallo", id: "p5") == "{}")
            let contributed = try await say("dirk", "+ Verschwiegenes", id: "g2", isCommand: true)
            #expect(contributed.contains("ephemeral"))
            // The private contribution is shown to the room, without a name, over the incoming webhook.
            var posted = ""
            while !posted.contains("Verschwiegenes") { posted = await town.next()[0].body }
            #expect(posted.contains("\"channel\":\"stadtbaeume\"") && !posted.contains("dirk"))
            program.signal(SIGTERM)
            #expect(await program.ending().code == 0)
        }
        await town.close()
    }
}
