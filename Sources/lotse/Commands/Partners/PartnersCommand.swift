import ArgumentParser

/// `lotse partners`: those who are told by webhook.
struct PartnersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "partners",
        abstract: "Partners who are told by webhook; also while Lotse is running.",
        subcommands: [
            PartnersListCommand.self, PartnersLogCommand.self, PartnersTestCommand.self, PartnersReplayCommand.self,
            PartnersEnableCommand.self, PartnersRotateCommand.self,
        ])
}
