import ArgumentParser
import Foundation
import IRCAdapter

/// `lotse account`: who can sign in to the IRC listener.
struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Add, list and remove accounts of the IRC listener.",
        discussion: """
            Whoever signs in to an account (SASL) is the same person after every reconnect. A Lotse that is running \
            learns of changes by itself.
            """,
        subcommands: [AddCommand.self, ListCommand.self, RemoveCommand.self])

    struct AddCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Add an account, or give it another password.",
            discussion: "The password is one line of the standard input; only what it can be checked by is kept.")

        @Argument(help: "The name: letters, digits and -_.")
        var name: String

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            let lotse = try place.lotse()
            guard let password = password() else { throw CommandError("No password came; nothing was changed.") }
            let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
            let account = try Account(name: name, password: password, salt: salt)
            try await lotse.ask(AddAccountOperation(line: account.line))
        }

        /// Not shown while it is typed.
        private func password() -> String? {
            guard isatty(STDIN_FILENO) == 1 else { return readLine() }
            FileHandle.standardError.write(Data("Password for \(name): ".utf8))
            var settings = termios()
            tcgetattr(STDIN_FILENO, &settings)
            var hidden = settings
            hidden.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(STDIN_FILENO, TCSANOW, &hidden)
            defer {
                tcsetattr(STDIN_FILENO, TCSANOW, &settings)
                FileHandle.standardError.write(Data("\n".utf8))
            }
            return readLine()
        }
    }

    struct ListCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List all accounts.")

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            try await place.lotse().ask(ListAccountsOperation())
        }
    }

    struct RemoveCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Remove an account; who is signed in to it is disconnected.")

        @Argument(help: "The name, as `lotse account list` shows it.")
        var name: String

        @OptionGroup var place: PlaceOptions

        func run() async throws {
            try await place.lotse().ask(RemoveAccountOperation(account: name))
        }
    }
}
