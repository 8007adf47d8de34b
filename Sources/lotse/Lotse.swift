import ArgumentParser
import DialogFiles
import Foundation
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

            \(ExitReason.explanation)
            """,
        version: "0.1.0",
        subcommands: [
            RunCommand.self, ServeCommand.self, RehearseCommand.self, CheckCommand.self, SessionsCommand.self,
            ShowCommand.self, ExportCommand.self, WorksheetCommand.self, CaptureCommand.self,
            EraseCommand.self, BackupCommand.self, RestoreCommand.self, CodeCommand.self, ReloadCommand.self,
            AccountCommand.self, PartnersCommand.self,
        ],
        defaultSubcommand: RunCommand.self)

    static func main() async {
        CrashReport.keepMemoryOut()
        // Standard output belongs to the conversation.
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var command: (any ParsableCommand)?
        do {
            try Mistyping.check(CommandLine.arguments.dropFirst())
            let parsed = try parseAsRoot()
            command = parsed
            try await run(parsed)
        } catch let problems as FileProblems {
            // Each names its place and calls itself an error already.
            FileHandle.standardError.write(Data("\(problems)\n".utf8))
            exit(withError: ExitCode(ExitReason(problems).rawValue))
        } catch {
            guard exitCode(for: error) == .failure, !(error is ExitCode) else { exit(withError: error) }
            let object = (command as? any StoreCommand)?.object(of: error).map { "\($0): " } ?? ""
            FileHandle.standardError.write(Data("Error: \(object)\(error)\n".utf8))
            exit(withError: ExitCode(ExitReason(error).rawValue))
        }
    }

    private static func run(_ command: any ParsableCommand) async throws {
        var command = command
        if var asynchronous = command as? any AsyncParsableCommand {
            try await asynchronous.run()
        } else {
            try command.run()
        }
    }
}
