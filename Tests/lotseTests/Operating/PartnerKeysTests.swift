import Foundation
import Testing
import WebhookAdapter

@testable import lotse

@Suite("Keys of partners that change")
struct PartnerKeysTests {
    /// The key file that the operator wrote, or systemd's copy of it, and the keys beside it.
    private func keys(_ folder: String, given: String?) throws -> PartnerKeys {
        let file = folder + "/given"
        if let given {
            _ = FileManager.default.createFile(
                atPath: file, contents: Data(given.utf8), attributes: [.posixPermissions: 0o600])
        }
        return PartnerKeys(of: "stadt/werke", keyFile: SecretFile(path: file), state: folder)
    }

    @Test("Both keys sign until the change is finished, then the new one alone; the given file stays as it is")
    func rotation() throws {
        let workplace = try Workplace()
        let (old, new) = (WebhookKey.makeShared(), WebhookKey.makeShared())
        let keys = try keys(workplace.folder, given: old + "\n")
        #expect(try keys.lines() == [old])
        try keys.add(new)
        #expect(try keys.lines() == [new, old] && keys.keys().count == 2)
        #expect(try keys.keepNewest())
        #expect(try keys.lines() == [new] && keys.keys().count == 1)
        let next = WebhookKey.makeShared()
        try keys.add(next)
        #expect(try keys.lines() == [next, new] && keys.keys().count == 2)
        let given = try String(contentsOfFile: workplace.folder + "/given", encoding: .utf8)
        #expect(given == old + "\n")
        #expect(keys.path == workplace.folder + "/keys/stadt%2fwerke")
    }

    @Test("A key that only the service has signs on: who rotates without seeing it takes nothing away")
    func credential() throws {
        let workplace = try Workplace()
        let folder = workplace.folder
        let new = WebhookKey.makeShared()
        let elsewhere = PartnerKeys(of: "stadt/werke", keyFile: SecretFile(path: folder + "/none"), state: folder)
        #expect(throws: (any Error).self) { try elsewhere.keys() }
        try elsewhere.add(new)
        #expect(try elsewhere.keys().count == 1)
        let service = try keys(folder, given: WebhookKey.makeShared())
        #expect(try service.keys().count == 2)
        #expect(try elsewhere.keepNewest())
        #expect(try service.lines() == [new] && service.keys().count == 1)
    }

    @Test("Where there is no key at all, nothing can be finished")
    func none() throws {
        let workplace = try Workplace()
        let keys = try keys(workplace.folder, given: nil)
        #expect(try keys.lines().isEmpty)
        #expect(try !keys.keepNewest())
    }
}
