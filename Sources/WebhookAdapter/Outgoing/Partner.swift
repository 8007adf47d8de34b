package import DialogEngine

/// An organisation outside that is told when something concerns it.
package struct Partner: Sendable {
    /// What a partner may see; whatever is not listed stays with the group.
    package struct View: Hashable, Sendable {
        /// The groups whose sessions it hears of.
        package var groups: Set<String>
        /// What it wants to hear of.
        package var types: Set<PartnerEvent.Kind>
        /// Whether people are called by name.
        package var withNames: Bool
        /// The organisation whose tasks are its own.
        package var organisation: String?
        /// The language that it reads; nil for the session's.
        package var language: Language?

        package init(
            groups: Set<String>, types: Set<PartnerEvent.Kind> = Set(PartnerEvent.Kind.allCases),
            withNames: Bool = false, organisation: String? = nil, language: Language? = nil
        ) {
            self.groups = groups
            self.types = types
            self.withNames = withNames
            self.organisation = organisation
            self.language = language
        }
    }

    package var name: String
    package var url: String
    /// Whether the URL may be `http:`.
    package var allowsPlaintext: Bool
    package var view: View
    /// The keys at this moment; several while they change.
    package var keys: @Sendable () throws -> [WebhookKey]

    package init(
        name: String, url: String, allowsPlaintext: Bool = false, view: View,
        keys: @escaping @Sendable () throws -> [WebhookKey]
    ) {
        self.name = name
        self.url = url
        self.allowsPlaintext = allowsPlaintext
        self.view = view
        self.keys = keys
    }
}
