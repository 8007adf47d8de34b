import ArgumentParser

/// `lotse sessions`: what is in the store.
struct SessionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions", abstract: "List all sessions, the latest first; also while Lotse is running.")

    @OptionGroup var place: PlaceOptions

    func run() async throws {
        try await place.lotse().ask(SessionsOperation())
    }
}

/// `lotse show`: how far a session is.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show how far a session is, and what is open in it.")

    @Argument(help: "The session, as `lotse sessions` lists it.")
    var session: String

    @OptionGroup var place: PlaceOptions
    @OptionGroup var dialogs: DialogOptions

    func run() async throws {
        try await place.lotse(dialogs: dialogs).ask(ShowOperation(session: session))
    }
}

/// `lotse reload`: a running Lotse reads its files again.
struct ReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload", abstract: "Let a running Lotse read its configuration, guides and wording again.",
        discussion: """
            The same as SIGHUP, with an answer: what has changed, and what counts from the next start only. Where a file has \
            problems, each is printed as file:line:column, and what was read before stays in use.

            Exit codes: 0 everything is in use, 78 a file has problems, 1 no Lotse runs there.
            """)

    @OptionGroup var place: PlaceOptions

    func run() async throws {
        try await place.lotse().ask(ReloadOperation())
    }
}
