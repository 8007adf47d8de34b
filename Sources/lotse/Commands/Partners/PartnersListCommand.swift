import ArgumentParser
import DialogEngine
import Foundation
import SQLiteStore
import WebhookAdapter

/// `lotse partners list`: how every partner is doing.
struct PartnersListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List all partners: whether they are reached, what waits, what is a dead letter."
    )

    @OptionGroup var partners: PartnerOptions

    func run() async throws {
        let settings = try partners.settings()
        guard !settings.partners.isEmpty else { return print("There is no partner in \(partners.config).") }
        var health: [String: PartnerHealth] = [:]
        if FileManager.default.fileExists(atPath: settings.storePath) {
            for partner in try await SQLiteStore(readingFrom: settings.storePath).partnerHealth() {
                health[partner.name] = partner
            }
        }
        let rows = settings.partners.map { partner in
            let health = health[partner.name]
            return [
                partner.name, WebhookURL.host(of: partner.url) ?? "", state(of: partner, health),
                "\(health?.waiting ?? 0)", nextAttempt(health), "\(health?.dead ?? 0)",
            ]
        }
        print(Table(head: ["partner", "host", "state", "waiting", "next try", "dead"], rows: rows).text)
    }

    /// Who is off is told nothing until `lotse partners enable`.
    private func nextAttempt(_ health: PartnerHealth?) -> String {
        guard let health, health.offSince == nil else { return "" }
        return health.nextAttempt.map(moment) ?? ""
    }

    private func state(of partner: Configuration.Partner, _ health: PartnerHealth?) -> String {
        if let keys = try? WebhookKeyFile(file: partner.keyFile).lines(), keys.isEmpty { return "no key" }
        if let since = health?.offSince {
            let reason = health?.reason == "gone" ? "answered 410" : "72 hours of failures"
            return "off since \(moment(since)), \(reason)"
        }
        return health?.failingSince.map { "failing since \(moment($0))" } ?? "on"
    }
}

/// `lotse partners log`: how deliveries went.
struct PartnersLogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Show every attempt to deliver something to a partner, the latest first.")

    @Argument(help: "The partner's name.")
    var partner: String

    @Option(name: .long, help: "How many lines to show.")
    var last = 20

    @OptionGroup var partners: PartnerOptions

    func run() async throws {
        let settings = try partners.settings()
        let name = try settings.partner(partner).name
        let log = try await SQLiteStore(readingFrom: settings.storePath).deliveryLog(of: name, limit: max(last, 1))
        guard !log.isEmpty else { return print("Nothing was for \(name) yet.") }
        let rows = log.map { entry in
            [
                entry.id, entry.session, "\(entry.seq)", entry.type, entry.state,
                entry.triedAt.map(moment) ?? "not tried yet",
                entry.status.map(String.init) ?? entry.failure ?? "",
                entry.seconds.map { "\(Int(saturating: $0 * 1000)) ms" } ?? "",
            ]
        }
        // What the letter is now, and what came of each attempt.
        let head = ["id", "session", "seq", "type", "letter is", "tried", "answer", "took"]
        print(Table(head: head, rows: rows).text)
    }
}

func moment(_ date: Date) -> String {
    date.formatted(.iso8601)
}
