import ArgumentParser
import Logging

/// The command line of Lotse; without a subcommand it begins to facilitate at once.
@main
struct Lotse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lotse",
        abstract: "Leads groups through a guide in chat and leaves them with a plan.",
        discussion: """
            Without a subcommand Lotse begins at once: in this terminal, for IRC clients on 127.0.0.1:6667, and in a \
            SQLite file in your state folder.
            """,
        version: "0.1.0",
        subcommands: [
            RunCommand.self, ServeCommand.self, RehearseCommand.self, CheckCommand.self, SessionsCommand.self,
            ShowCommand.self, ExportCommand.self,
            EraseCommand.self, CodeCommand.self,
        ],
        defaultSubcommand: RunCommand.self)

    static func main() async {
        // Standard output belongs to the conversation.
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        await main(nil)
    }
}
