import ArgumentParser

/// `lotse partners test`: whether a partner is reached.
struct PartnersTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Send a partner an event of the type partner.test at once, and show the answer.")

    @Argument(help: "The partner's name.")
    var partner: String

    @OptionGroup var place: PlaceOptions

    func run() async throws {
        try await place.lotse().ask(TestPartnerOperation(partner: partner))
    }
}
