import ArgumentParser

/// `lotse partners rotate`: another key, without an interruption.
struct PartnersRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Give a partner a new key; the first one is made in the same way.",
        discussion: """
            The new key is shown once, for you to hand over in a safe way. From now on the old key and the new one both \
            sign, in a running Lotse within a second. When the partner uses the new one: \
            lotse partners rotate PARTNER --finish

            Keys that are made here are kept in the folder `keys` of the state, also where key_file is a credential of \
            systemd; key_file itself is never changed, and signs until the change is finished.
            """)

    @Argument(help: "The partner's name.")
    var partner: String

    @Flag(name: .long, help: "Make an Ed25519 key, of which the partner gets the public half.")
    var ed25519 = false

    @Flag(name: .long, help: "Drop the old keys.")
    var finish = false

    @OptionGroup var place: PlaceOptions

    func run() async throws {
        try await place.lotse().ask(RotateOperation(partner: partner, isPublic: ed25519, finishes: finish))
    }
}
