import ArgumentParser
import DialogEngine
import Foundation
import WebhookAdapter
import Wording

/// `lotse partners test`: whether a partner is reached.
struct PartnersTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Send a partner an event of the type partner.test at once, and show the answer.")

    @Argument(help: "The partner's name.")
    var partner: String

    @OptionGroup var partners: PartnerOptions

    func run() async throws {
        let settings = try partners.settings()
        let partner = try settings.partner(partner)
        let folder = try settings.wording ?? Places.dialogs() + "/wording"
        let language = partner.view.language ?? settings.language
        let text = try Wiring.interpreter(folder: folder, settings.timeZone)
            .text(Line(.partnerTest, [.name: .text(partner.name)]), in: language)
        let http = CurlMulti(settings.webhooks)
        defer { http.close() }
        switch await partner.value.test(text: text, by: http, at: Date()) {
        case .answered(let status, let milliseconds):
            print("\(partner.name) answered \(status) after \(milliseconds) ms.")
            guard (200..<300).contains(status) else { throw ExitCode.failure }
        case .failed(let reason):
            print("\(partner.name) was not reached: \(reason).")
            throw ExitCode.failure
        }
    }
}

extension CurlMulti {
    convenience init(_ webhooks: Configuration.Webhooks) {
        self.init(allowedNetworks: webhooks.allowedNetworks, authorities: webhooks.authorities)
    }
}

extension Configuration.Partner {
    /// The partner as the adapter knows it. Keys are read each time, so that new ones count at once.
    var value: WebhookAdapter.Partner {
        let keys = WebhookKeyFile(file: keyFile)
        return WebhookAdapter.Partner(
            name: name, url: url, allowsPlaintext: allowsPlaintext, view: view, keys: { try keys.keys() })
    }
}
