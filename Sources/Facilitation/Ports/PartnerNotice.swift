public import DialogEngine
public import FoundationEssentials
public import Wording

/// What one partner is told of a change: stored together with it, delivered afterwards.
public struct PartnerNotice: Hashable, Sendable {
    /// The same over all attempts to deliver it, and never given to another notice.
    public let id: String
    /// The partner's name in the configuration.
    public let partner: String
    /// What happened, such as `answer.agreed`.
    public let type: String
    public let at: Date
    /// What happened, as a sentence for people.
    public let text: String
    /// What happened, as a JSON object for programs; the store does not look into it.
    public let data: String

    public init(id: String, partner: String, type: String, at: Date, text: String, data: String) {
        self.id = id
        self.partner = partner
        self.type = type
        self.at = at
        self.text = text
        self.data = data
    }
}

/// Knows the partners, and what each of them may hear.
public protocol PartnerDesk: Sendable {
    /// Whether anybody hears of `group`.
    func hear(of group: String) -> Bool

    /// Looks at `session` before `event` changes it. Returns what partners are told, asked of the session that the event has
    /// changed; nil where the event concerns nobody.
    func news(
        of event: Event, in group: String, before session: Session, by interpreter: Interpreter
    ) -> ((Session) -> [PartnerNotice])?

    /// Notices were stored and can be delivered.
    func noticesStored()
}
