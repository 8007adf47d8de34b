import DialogEngine
import WebhookAdapter

extension Configuration {
    /// What holds for all webhooks.
    struct Webhooks: Hashable, Sendable {
        /// Addresses that webhooks may go to although they are not globally reachable.
        var allowedNetworks: [IPNetwork] = []
        /// A PEM file with the authorities to trust; nil for those of the system.
        var authorities: String?
    }

    /// An organisation outside that is told when something concerns it.
    struct Partner: Hashable, Sendable {
        var name: String
        var url: String
        /// Whether the URL may be `http:`.
        var allowsPlaintext = false
        /// The keys, one in a line; each of them signs.
        var keyFile: SecretFile
        /// What the partner may see.
        var view: WebhookAdapter.Partner.View
    }
}
