import ArgumentParser
import DialogFiles
import Foundation

/// `lotse code`: makes a code by which somebody becomes a facilitator.
struct CodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "code", abstract: "Make a one-time code by which somebody facilitates a group; while Lotse runs.",
        discussion: """
            Whoever writes »!mod CODE« privately to Lotse, being in the group's room, facilitates for as long as the \
            connection lasts. A code is good for ten minutes and once; written in a room it is void.
            """)

    @Option(name: .long, help: "The group, as the configuration names it; the terminal's is called lotse.")
    var group = RunCommand.group

    @Option(name: .long, help: "The configuration file that Lotse serves.")
    var config: String?

    @OptionGroup var store: StoreOptions

    func run() throws {
        let code = try CodeFiles(folder: StoreOptions.codes(in: stateFolder())).make(for: group, at: Date())
        print(code)
        let minutes = Int(CodeFiles.lifetime / 60)
        FileHandle.standardError.write(
            Data("Good for »\(group)« for \(minutes) minutes, once. To be written privately to Lotse: !mod CODE\n".utf8)
        )
    }

    /// The state folder of the configuration, in which the group has to be; else the one of the embedded default.
    private func stateFolder() throws -> String {
        guard let config else { return store.folder }
        let checked = Configuration.start(config, environment: ProcessInfo.processInfo.environment)
        guard let settings = checked.value else { throw FileProblems(checked.problems) }
        guard settings.groups.contains(where: { $0.name == group }) else {
            let known = settings.groups.map(\.name).joined(separator: ", ")
            throw CommandError("there is no group \(group) in \(config); there is: \(known)")
        }
        return settings.state
    }
}
