import ArgumentParser
import DialogFiles
import Foundation
import IRCAdapter

/// `lotse account`: who can sign in to the IRC listener.
struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Add, list and remove accounts of the IRC listener.",
        discussion: """
            Whoever signs in to an account (SASL) is the same person after every reconnect. A Lotse that is running \
            learns of changes by itself.
            """,
        subcommands: [AddCommand.self, ListCommand.self, RemoveCommand.self])

    struct AddCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Add an account, or give it another password.",
            discussion: "The password is one line of the standard input; only what it can be checked by is kept.")

        @Argument(help: "The name: letters, digits and -_.")
        var name: String

        @OptionGroup var place: AccountPlace

        func run() throws {
            let file = try place.file()
            var accounts = try file.read()
            guard let password = password() else { throw CommandError("No password came; nothing was changed.") }
            let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
            let account = try Account(name: name, password: password, salt: salt)
            let known = accounts.contains { $0.isNamed(name) }
            accounts.removeAll { $0.isNamed(name) }
            try file.write(accounts + [account])
            print(known ? "\(name) has a new password." : "\(name) was added.")
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

    struct ListCommand: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List all accounts.")

        @OptionGroup var place: AccountPlace

        func run() throws {
            let names = try place.file().read().map(\.name)
            print(names.isEmpty ? "There is no account. See: lotse account add --help" : names.joined(separator: "\n"))
        }
    }

    struct RemoveCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Remove an account; who is signed in to it is disconnected.")

        @Argument(help: "The name, as `lotse account list` shows it.")
        var name: String

        @OptionGroup var place: AccountPlace

        func run() throws {
            let file = try place.file()
            let accounts = try file.read()
            let others = accounts.filter { !$0.isNamed(name) }
            guard others.count < accounts.count else {
                throw CommandError("There is no account \(name). See: lotse account list")
            }
            try file.write(others)
            print("\(name) was removed.")
        }
    }
}

/// Where the accounts are kept.
struct AccountPlace: ParsableArguments {
    @Option(name: .long, help: "The configuration file of `lotse serve`, which says where the accounts are.")
    var config: String?

    @OptionGroup var store: StoreOptions

    func file() throws -> AccountFile {
        guard let config else { return AccountFile(path: store.folder + "/accounts") }
        let checked = Configuration.start(config, environment: ProcessInfo.processInfo.environment)
        guard let settings = checked.value else { throw FileProblems(checked.problems) }
        return AccountFile(path: settings.accountsPath)
    }
}
