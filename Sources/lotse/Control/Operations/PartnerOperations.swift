import DialogEngine
import Facilitation
import Foundation
import SQLiteStore
import WebhookAdapter
import Wording

/// How every partner is doing.
struct ListPartnersOperation: Operation {
    static let name = "partners.list"
    static let need = OperationNeed.files

    func perform(by steward: Steward) async throws -> Answer {
        let settings = try steward.present().configuration()
        let partners = settings.partners
        guard !partners.isEmpty else { return Answer(text: "There is no partner in the configuration.") }
        var health: [String: PartnerHealth] = [:]
        let store = Place.store(in: steward.state)
        if FileManager.default.fileExists(atPath: store) {
            for partner in try await SQLiteStore(readingFrom: store).partnerHealth() { health[partner.name] = partner }
        }
        let rows = partners.map { partner in
            let health = health[partner.name]
            return [
                partner.name, WebhookURL.host(of: partner.url) ?? "", state(health, keys: settings.keys(of: partner)),
                "\(health?.waiting ?? 0)", nextAttempt(health), "\(health?.dead ?? 0)",
            ]
        }
        return Answer(
            text: Table(head: ["partner", "host", "state", "waiting", "next try", "dead"], rows: rows).text)
    }

    /// Who is off is told nothing until `lotse partners enable`.
    private func nextAttempt(_ health: PartnerHealth?) -> String {
        guard let health, health.offSince == nil else { return "" }
        return health.nextAttempt?.formatted(.iso8601) ?? ""
    }

    private func state(_ health: PartnerHealth?, keys: PartnerKeys) -> String {
        if let keys = try? keys.lines(), keys.isEmpty { return "no key" }
        if let since = health?.offSince {
            let reason = health?.reason == "gone" ? "answered 410" : "72 hours of failures"
            return "off since \(since.formatted(.iso8601)), \(reason)"
        }
        return health?.failingSince.map { "failing since \($0.formatted(.iso8601))" } ?? "on"
    }
}

/// How deliveries went.
struct PartnerLogOperation: Operation {
    static let name = "partners.log"
    static let need = OperationNeed.reading

    var partner: String
    var last: Int

    func perform(by steward: Steward) async throws -> Answer {
        let name = try steward.present().configuration().partner(partner).name
        let log = try await steward.sessions().deliveryLog(of: name, limit: max(last, 1))
        guard !log.isEmpty else { return Answer(text: "Nothing was for \(name) yet.") }
        let rows = log.map { entry in
            [
                entry.id, entry.session, "\(entry.seq)", entry.type, entry.state,
                entry.triedAt?.formatted(.iso8601) ?? "not tried yet",
                entry.status.map(String.init) ?? entry.failure ?? "",
                entry.seconds.map { "\(Int(saturating: $0 * 1000)) ms" } ?? "",
            ]
        }
        // What the letter is now, and what came of each attempt.
        let head = ["id", "session", "seq", "type", "letter is", "tried", "answer", "took"]
        return Answer(text: Table(head: head, rows: rows).text)
    }
}

/// Whether a partner is reached.
struct TestPartnerOperation: Operation {
    static let name = "partners.test"
    static let need = OperationNeed.files

    var partner: String

    func perform(by steward: Steward) async throws -> Answer {
        let means = try steward.present()
        let settings = try means.configuration()
        let partner = try settings.partner(partner)
        let language = partner.view.language ?? settings.language
        let text = try means.interpreter().text(Line(.partnerTest, [.name: .text(partner.name)]), in: language)
        let http = CurlMulti(settings.webhooks)
        defer { http.close() }
        switch await settings.value(of: partner).test(text: text, by: http, at: Date()) {
        case .answered(let status, let milliseconds):
            return Answer(
                text: "\(partner.name) answered \(status) after \(milliseconds) ms.",
                code: (200..<300).contains(status) ? 0 : 1)
        case .failed(let reason):
            return Answer(text: "\(partner.name) was not reached: \(reason).", code: 1)
        }
    }
}

/// Dead letters once more.
struct ReplayOperation: Operation {
    static let name = "partners.replay"
    static let need = OperationNeed.reading

    var partner: String
    /// One letter by its id; else all about what happened since.
    var id: String?
    var since: Date?

    func perform(by steward: Steward) async throws -> Answer {
        let name = try steward.present().configuration().partner(partner).name
        let selection = id.map { PartnerChange.Selection.id($0) } ?? .since(since ?? .distantPast)
        let store = Place.store(in: steward.state)
        let count = try SQLiteStore.change(.replay(name, selection, at: Date()), inFileAt: store)
        let done = count == 1 ? "1 letter is delivered once more." : "\(count) letters are delivered once more."
        let health = try await steward.sessions().partnerHealth()
        guard health.contains(where: { $0.name == name && $0.offSince != nil }) else { return Answer(text: done) }
        return Answer(text: "\(done)\n\(name) is off, so they wait. Run: lotse partners enable \(name)")
    }
}

/// A partner that was turned off is told again.
struct EnablePartnerOperation: Operation {
    static let name = "partners.enable"
    static let need = OperationNeed.reading

    var partner: String

    func perform(by steward: Steward) async throws -> Answer {
        let name = try steward.present().configuration().partner(partner).name
        let count = try SQLiteStore.change(.enable(name, at: Date()), inFileAt: Place.store(in: steward.state))
        return Answer(text: count == 1 ? "\(name) is on; 1 notice waits." : "\(name) is on; \(count) notices wait.")
    }
}

/// Another key, without an interruption.
struct RotateOperation: Operation {
    static let name = "partners.rotate"
    static let need = OperationNeed.files

    var partner: String
    /// Whether the key is an Ed25519 key, of which the partner gets the public half.
    var isPublic: Bool
    /// Whether the old keys are dropped, instead of making a new one.
    var finishes: Bool

    func perform(by steward: Steward) async throws -> Answer {
        let settings = try steward.present().configuration()
        let partner = try settings.partner(partner)
        let keys = settings.keys(of: partner)
        guard !finishes else {
            guard try keys.keepNewest() else { throw CommandError("\(partner.name) has no key yet.") }
            return Answer(text: "Only the newest key of \(partner.name) is left; it is in \(keys.path).")
        }
        let hadKeys = try !keys.lines().isEmpty
        let key = isPublic ? WebhookKey.makePrivate() : WebhookKey.makeShared()
        try keys.add(key)
        let advice = "This is the key for \(partner.name); hand it over in a safe way. It is kept in \(keys.path)."
        let rest = hadKeys ? " The old one signs, too, until: lotse partners rotate \(partner.name) --finish" : ""
        // The private half never leaves the file.
        return Answer(text: try WebhookKey(key).publicKey ?? key, note: advice + rest)
    }
}

extension Configuration {
    /// The partner, or an error that names those there are.
    func partner(_ name: String) throws -> Configuration.Partner {
        if let partner = partners.first(where: { $0.name == name }) { return partner }
        let known = partners.map(\.name)
        let choice = known.isEmpty ? "There is none." : "There are: \(known.joined(separator: ", "))."
        throw CommandError("There is no partner \(name) in the configuration. \(choice)")
    }
}

extension CurlMulti {
    convenience init(_ webhooks: Configuration.Webhooks) {
        self.init(allowedNetworks: webhooks.allowedNetworks, authorities: webhooks.authorities)
    }
}
