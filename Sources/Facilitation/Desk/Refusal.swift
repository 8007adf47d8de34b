import DialogEngine
import Wording

/// Stands in where a group's session can be neither read nor kept, and where Lotse ends before a line was begun: tells
/// everybody who has a line for it.
struct Refusal {
    let group: Group
    let services: GroupConversation.Services
    let announcer: Announcer

    /// Refuses what comes until the mailbox is closed and empty.
    func run(_ mailbox: Mailbox) async {
        while let deliveries = await mailbox.next() {
            for delivery in deliveries {
                if case .errand(let errand) = delivery {
                    await errand.perform(in: services.store)
                } else {
                    refuse(delivery) { Line(.notKept, [.name: .text($0.sender.name)]) }
                }
            }
        }
    }

    /// Refuses what was not begun when Lotse was told to end. Whoever wrote several lines is told once: the last lines of a
    /// stop have little time.
    func refuse(notBegun deliveries: some Sequence<GroupConversation.Delivery>, telling told: inout Set<Identity>) {
        for delivery in deliveries {
            refuse(delivery) { message in
                guard told.insert(message.sender.identity).inserted else { return nil }
                return Line(.notBegun, [.name: .text(message.sender.name)])
            }
        }
    }

    private func refuse(_ delivery: GroupConversation.Delivery, _ line: (IncomingMessage) -> Line?) {
        switch delivery {
        case .message(let message, _):
            if isMeantForBot(message) { refuse(message, line(message)) }
            services.finish(message, after: announcer)
        case .circular(let letter): letter.answer(.none, of: group.name)
        // An errand that nobody runs tells whoever waits for it.
        default: break
        }
    }

    private func isMeantForBot(_ message: IncomingMessage) -> Bool {
        guard case .room(let room) = message.place, services.adapters[room.adapter]?.source != .console else {
            return true
        }
        return services.interpreter().read(message.text, at: message.at, in: group.language).isMeantForBot
    }

    private func refuse(_ message: IncomingMessage, _ line: Line?) {
        services.notKept(message.id, over: message.place.adapter)
        guard let line else { return }
        announcer.announce([
            .init(
                destination: message.answerPlace, manner: .speech,
                content: .text(services.interpreter().text(line, in: group.language)), inReplyTo: message.id)
        ])
    }
}
