import ArgumentParser
import DialogFiles

/// Finds a subcommand that there is not, before the one that is the default takes it for an argument.
enum Mistyping {
    /// Refuses the first word that should be a subcommand and is none, also behind `help`.
    static func check(_ arguments: some Sequence<String>) throws(CommandError) {
        var command: any ParsableCommand.Type = Lotse.self
        var isHelp = false
        for word in arguments {
            let configuration = command.configuration
            guard !word.hasPrefix("-"), !configuration.subcommands.isEmpty else { return }
            if word == "help", !isHelp {
                isHelp = true
                continue
            }
            let names = configuration.subcommands.map { ($0._commandName, $0) }
            guard let (_, next) = names.first(where: { $0.0 == word }) else {
                let parent = command == Lotse.self ? "lotse" : "lotse \(command._commandName)"
                // Beside what is near, all there are: whoever guesses needs the list.
                let near = word.nearest(in: names.map(\.0)).map { "; did you mean \($0)?" } ?? ";"
                let all = names.map(\.0).joined(separator: ", ")
                throw CommandError(
                    "\(parent) has no subcommand \(word)\(near) There are: \(all). See: \(parent) --help", .usage)
            }
            command = next
        }
    }
}
