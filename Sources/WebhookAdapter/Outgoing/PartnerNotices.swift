package import DialogEngine
package import Facilitation
import FoundationEssentials
import Synchronization
package import Wording

/// Writes the notices of an event for every partner that it concerns.
package final class PartnerNotices: PartnerDesk {
    private let present: Mutex<[Partner]>
    private var partners: [Partner] { present.withLock(\.self) }
    private let stored: @Sendable () -> Void
    private let encoder = PartnerData.encoder

    /// - Parameter stored: told when there is something to deliver.
    package init(partners: [Partner], stored: @escaping @Sendable () -> Void) {
        present = Mutex(partners)
        self.stored = stored
    }

    /// Tells these partners from now on.
    package func use(_ partners: [Partner]) {
        present.withLock { $0 = partners }
    }

    package func hear(of group: String) -> Bool {
        partners.contains { $0.view.groups.contains(group) }
    }

    package func noticesStored() {
        stored()
    }

    package func news(
        of event: Event, in group: String, before session: Session, by interpreter: Interpreter
    ) -> ((Session) -> [PartnerNotice])? {
        guard let before = PartnerGlance(before: event, session) else { return nil }
        return { [self] session in
            partners.filter { $0.view.groups.contains(group) }.flatMap { partner in
                let language = partner.view.language ?? session.language
                let window = PartnerWindow(
                    view: partner.view, group: group, language: language,
                    someone: interpreter.text(Line(.someone), in: language), before: before, session: session)
                return window.events(of: event).map {
                    notice($0, for: partner, at: event.at, text: interpreter.text($0.line, in: language))
                }
            }
        }
    }

    private func notice(_ event: PartnerEvent, for partner: Partner, at moment: Date, text: String) -> PartnerNotice {
        PartnerNotice(
            id: WebhookBody.makeID(), partner: partner.name, type: event.kind.rawValue, at: moment, text: text,
            data: event.data.json(encoder))
    }
}
