import ArgumentParser

/// `lotse code`: makes a code by which somebody becomes a facilitator.
struct CodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "code", abstract: "Make a one-time code by which somebody facilitates a group; while Lotse runs.",
        discussion: """
            Whoever writes »!mod CODE« privately to Lotse, being in the group's room, facilitates it: by IRC for as long as \
            the connection lasts, unless there is an account. A code is good for ten minutes and once; written in a room it \
            is void. Nobody has more than five wrong tries. A restart of Lotse voids all codes.
            """)

    @Option(name: .long, help: "The group, as the configuration names it; needless where there is only one.")
    var group: String?

    @OptionGroup var place: PlaceOptions

    func run() async throws {
        try await place.lotse().ask(CodeOperation(group: group))
    }
}
