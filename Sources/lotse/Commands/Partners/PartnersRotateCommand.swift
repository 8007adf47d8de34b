import ArgumentParser
import Foundation
import WebhookAdapter

/// `lotse partners rotate`: another key, without an interruption.
struct PartnersRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Give a partner a new key; the first one is made in the same way.",
        discussion: """
            The new key is shown once, for you to hand over in a safe way. From now on the old key and the new one both \
            sign, also in a running Lotse. When the partner uses the new one: \
            lotse partners rotate PARTNER --finish --config FILE
            """)

    @Argument(help: "The partner's name.")
    var partner: String

    @Flag(name: .long, help: "Make an Ed25519 key, of which the partner gets the public half.")
    var ed25519 = false

    @Flag(name: .long, help: "Drop the old keys.")
    var finish = false

    @OptionGroup var partners: PartnerOptions

    func run() async throws {
        let partner = try partners.settings().partner(partner)
        let file = WebhookKeyFile(file: partner.keyFile)
        let lines = try file.lines()
        guard !finish else {
            guard let newest = lines.first else { throw CommandError("\(partner.name) has no key yet.") }
            try file.write([newest])
            return print("Only the newest key of \(partner.name) is left.")
        }
        let key = ed25519 ? WebhookKey.makePrivate() : WebhookKey.makeShared()
        try file.write([key] + lines)
        // The private half never leaves the file.
        print(try WebhookKey(key).publicKey ?? key)
        let advice = "This is the key for \(partner.name); hand it over in a safe way."
        let end = "lotse partners rotate \(partner.name) --finish --config \(partners.config)"
        let rest = lines.isEmpty ? "" : " The old one signs, too, until: \(end)"
        FileHandle.standardError.write(Data("\(advice)\(rest)\n".utf8))
    }
}
