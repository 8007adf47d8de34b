import DialogEngine
import Wording

/// Stands in where a group's session can be neither read nor kept: tells everybody who has a line for it.
struct Refusal {
    let group: Group
    let services: GroupConversation.Services
    let announcer: Announcer

    /// Refuses what comes until the mailbox is closed and empty.
    func run(_ mailbox: Mailbox) async {
        while let deliveries = await mailbox.next() {
            for delivery in deliveries {
                switch delivery {
                case .message(let message, _):
                    if isMeantForBot(message) { refuse(message) }
                    services.finish(message, after: announcer)
                case .circular(let letter): letter.answer(.none, of: group.name)
                case .errand(let errand): await errand.perform(in: services.store)
                default: break
                }
            }
        }
    }

    private func isMeantForBot(_ message: IncomingMessage) -> Bool {
        guard case .room(let room) = message.place, services.adapters[room.adapter]?.source != .console else {
            return true
        }
        return services.interpreter().read(message.text, at: message.at, in: group.language).isMeantForBot
    }

    private func refuse(_ message: IncomingMessage) {
        services.notKept(message.id, over: message.place.adapter)
        let destination: Destination =
            switch message.place {
            case .room(let room): .room(room)
            case .privately(let adapter): .person(message.sender.identity, adapter: adapter)
            }
        let line = Line(.notKept, [.name: .text(message.sender.name)])
        announcer.announce([
            .init(
                destination: destination, manner: .speech,
                content: .text(services.interpreter().text(line, in: group.language)), inReplyTo: message.id)
        ])
    }
}
