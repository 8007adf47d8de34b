package import DialogEngine
package import Facilitation
import FoundationEssentials
package import Wording

/// Writes the notices of a change for every partner that it concerns.
package final class PartnerNotices: PartnerDesk {
    private let partners: [Partner]
    private let stored: @Sendable () -> Void
    private let encoder = PartnerData.encoder

    /// - Parameter stored: told when there is something to deliver.
    package init(partners: [Partner], stored: @escaping @Sendable () -> Void) {
        self.partners = partners
        self.stored = stored
    }

    package func hear(of group: String) -> Bool {
        partners.contains { $0.view.groups.contains(group) }
    }

    package func noticesStored() {
        stored()
    }

    package func notices(
        of events: [Event], in group: String, from session: Session, by interpreter: Interpreter
    ) -> [PartnerNotice] {
        let partners = partners.filter { $0.view.groups.contains(group) }
        guard !partners.isEmpty, events.contains(where: \.mayConcernPartners) else { return [] }
        var notices: [PartnerNotice] = []
        var before = session
        for event in events {
            var after = before
            // What was decided on this session can be applied to it.
            guard (try? after.apply(event)) != nil else { return notices }
            for partner in partners where event.mayConcernPartners {
                let language = partner.view.language ?? after.language
                let window = PartnerWindow(
                    view: partner.view, group: group, language: language,
                    someone: interpreter.text(Line(.someone), in: language), before: before, after: after)
                notices += window.events(of: event).map {
                    notice($0, for: partner, at: event.at, text: interpreter.text($0.line, in: language))
                }
            }
            before = after
        }
        return notices
    }

    private func notice(_ event: PartnerEvent, for partner: Partner, at moment: Date, text: String) -> PartnerNotice {
        PartnerNotice(
            id: WebhookBody.makeID(), partner: partner.name, type: event.kind.rawValue, at: moment, text: text,
            data: event.data.json(encoder))
    }
}

extension Event {
    /// Whether there is any use in asking a ``PartnerWindow``.
    fileprivate var mayConcernPartners: Bool {
        switch kind {
        case .started, .paused, .resumed, .ended, .agreed, .ruledOut, .proposed, .contributed, .contributionEdited,
            .silenceEnded, .openPointRaised, .openPointCleared, .actionAssigned, .actionHanded, .reminded:
            true
        default: false
        }
    }
}
