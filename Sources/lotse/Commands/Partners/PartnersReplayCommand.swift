import ArgumentParser
import Foundation

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

    @OptionGroup var place: PlaceOptions

    func validate() throws {
        guard (id == nil) != (since == nil) else { throw ValidationError("Give either --id or --since.") }
    }

    func run() async throws {
        try await place.lotse().ask(ReplayOperation(partner: partner, id: id, since: try moment()))
    }

    private func moment() throws -> Date? {
        guard let since else { return nil }
        guard let date = try? Date(since, strategy: .iso8601) else {
            throw CommandError("Write the time like 2026-11-22T18:00:00Z.")
        }
        return date
    }
}

/// `lotse partners enable`: a partner that was turned off is told again.
struct PartnersEnableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Tell a partner again that was turned off, beginning with what waits.")

    @Argument(help: "The partner's name.")
    var partner: String

    @OptionGroup var place: PlaceOptions

    func run() async throws {
        try await place.lotse().ask(EnablePartnerOperation(partner: partner))
    }
}
