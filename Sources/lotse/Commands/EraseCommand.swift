import ArgumentParser

/// `lotse erase`: removes a session, or what is about one person in it, for good.
struct EraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erase a session, or one person from it, for good; also while Lotse is running.",
        discussion: """
            Of a person go her name, her contributions, open proposals, objections, open points and parked topics, \
            and what she remarked on other groups' answers; what the group has agreed stays, without her name. What was \
            copied from paper as hers (`von: NAME`) goes by the same name.

            The files that Lotse wrote of the session, in the folder exports, go as well; `lotse export` writes them anew. \
            Backups, and copies that somebody made, are yours to delete.
            """)

    @Argument(help: "The session, as `lotse sessions` lists it.")
    var session: String

    @Option(name: .long, help: "Erase only this person: her name, or her number where several bear it.")
    var person: String?

    @OptionGroup var place: PlaceOptions

    @Flag(name: .long, help: "Do not ask again.")
    var yes = false

    func run() async throws {
        let lotse = try place.lotse()
        var operation = EraseOperation(session: session, person: person, isConfirmed: false)
        if !yes {
            let meant = try await lotse.answer(to: operation).text
            guard isConfirmed(meant) else { throw CommandError("nothing was erased") }
        }
        operation.isConfirmed = true
        try await lotse.ask(operation)
    }

    private func isConfirmed(_ what: String) -> Bool {
        let answer = person ?? session
        print("Erase \(what) for good? Type once more: \(answer)")
        return readLine() == answer
    }
}
