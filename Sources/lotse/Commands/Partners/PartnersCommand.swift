import ArgumentParser
import DialogFiles
import Foundation

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

/// The configuration in which partners stand.
struct PartnerOptions: ParsableArguments {
    @Option(name: .long, help: "The configuration file.")
    var config: String

    func settings() throws -> Configuration {
        let checked = Configuration.start(config, environment: ProcessInfo.processInfo.environment)
        guard let settings = checked.value else {
            throw CommandError("\(FileProblems(checked.problems))")
        }
        return settings
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
