import ArgumentParser

/// `lotse partners list`: how every partner is doing.
struct PartnersListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List all partners: whether they are reached, what waits, what is a dead letter."
    )

    @OptionGroup var place: PlaceOptions

    func run() async throws {
        try await place.lotse().ask(ListPartnersOperation())
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

    @OptionGroup var place: PlaceOptions

    func run() async throws {
        try await place.lotse().ask(PartnerLogOperation(partner: partner, last: last))
    }
}
