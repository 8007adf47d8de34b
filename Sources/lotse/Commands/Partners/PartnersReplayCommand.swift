import ArgumentParser
import Foundation
import SQLiteStore

/// `lotse partners replay`: dead letters once more.
struct PartnersReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Deliver dead letters once more; a running Lotse begins within seconds.")

    @Argument(help: "The partner's name.")
    var partner: String

    @Option(name: .long, help: "One letter by its id, as `lotse partners log` shows it.")
    var id: String?

    @Option(name: .long, help: "All letters about what happened since then, such as 2026-11-22T18:00:00Z.")
    var since: String?

    @OptionGroup var partners: PartnerOptions

    func validate() throws {
        guard (id == nil) != (since == nil) else { throw ValidationError("Give either --id or --since.") }
    }

    func run() async throws {
        let settings = try partners.settings()
        let name = try settings.partner(partner).name
        let count = try SQLiteStore.change(.replay(name, selection(), at: Date()), inFileAt: settings.storePath)
        print(count == 1 ? "1 letter is delivered once more." : "\(count) letters are delivered once more.")
        let health = try await SQLiteStore(readingFrom: settings.storePath).partnerHealth()
        guard health.contains(where: { $0.name == name && $0.offSince != nil }) else { return }
        print("\(name) is off, so they wait. Run: lotse partners enable \(name) --config \(partners.config)")
    }

    private func selection() throws -> PartnerChange.Selection {
        if let id { return .id(id) }
        guard let date = since.flatMap({ try? Date($0, strategy: .iso8601) }) else {
            throw CommandError("Write the time like 2026-11-22T18:00:00Z.")
        }
        return .since(date)
    }
}

/// `lotse partners enable`: a partner that was turned off is told again.
struct PartnersEnableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Tell a partner again that was turned off, beginning with what waits.")

    @Argument(help: "The partner's name.")
    var partner: String

    @OptionGroup var partners: PartnerOptions

    func run() async throws {
        let settings = try partners.settings()
        let name = try settings.partner(partner).name
        let count = try SQLiteStore.change(.enable(name, at: Date()), inFileAt: settings.storePath)
        print(count == 1 ? "\(name) is on; 1 notice waits." : "\(name) is on; \(count) notices wait.")
    }
}
