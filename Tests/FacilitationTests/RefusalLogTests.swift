import DialogEngine
import FacilitationTesting
import Logging
import Synchronization
import Testing

@testable import Facilitation

@Suite("What the operator reads of refusals")
struct RefusalLogTests {
    @Test(
        "A refused right is logged with the account that asked, else with the connection, and never with what was said",
        arguments: ["!start Geheim", "!ende wirklich", "!alle Geheim", "!protokoll", "!mod Geheim"])
    func account(line: String) async throws {
        var stage = try Stage()
        stage.groups[0].anyoneMayStart = false
        stage.groups[0].facilitators = ["test/anna"]
        let log = NoticeLog()
        let guest = Sender(identity: Identity(rawValue: "test/connection/3"), name: "Geheimrat")
        stage.inbox.deliver(line == "!start Geheim" ? Stage.line("bernd", "hallo") : Stage.line("anna", "!start Probe"))
        stage.inbox.deliver(Stage.line("bernd", line))
        stage.inbox.deliver(
            .message(.init(place: .room(Stage.room), sender: guest, text: line, at: Stage.evening)))
        stage.inbox.finish()
        try await Facilitator(
            .init(groups: stage.groups), inbox: stage.inbox, store: stage.store, adapters: [stage.adapter],
            outcomes: NoFiles(), interpreter: stage.interpreter, logger: Logger(label: "test", factory: { _ in log })
        ).run()
        let lines = log.lines.filter { $0.hasPrefix("a right was refused") }
        #expect(lines.count == 2)
        #expect(lines.first?.contains("account=test/bernd") == true && lines.first?.contains("group=eins") == true)
        #expect(lines.last?.contains("identity=test/connection/3") == true)
        #expect(!log.lines.contains { $0.contains("Geheim") })
    }
}

/// A log that a test reads afterwards, each line with its metadata.
private final class NoticeLog: LogHandler {
    private let noted = Mutex<[String]>([])

    var lines: [String] { noted.withLock(\.self) }

    func log(event: LogEvent) {
        let metadata = (event.metadata ?? [:]).map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
        noted.withLock { $0.append("\(event.message) \(metadata)") }
    }

    // A shared log keeps no metadata of its own and takes every level.
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
}
