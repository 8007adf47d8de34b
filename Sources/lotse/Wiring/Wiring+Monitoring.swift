import Facilitation
import Listening
import SQLiteStore
import WebhookAdapter

extension Wiring {
    /// Answers a monitoring system, if the operator wants that.
    func monitor(
        _ store: SQLiteStore, _ inbox: BoundedInbox, _ facilitator: Facilitator, _ deliverer: Deliverer?,
        _ reserve: DescriptorReserve
    ) -> Monitor? {
        let rooms = groups.flatMap { group in group.rooms.map { ($0, group.name) } }
        let watched = Watched(
            store: store, inbox: inbox, facilitator: facilitator, deliverer: deliverer, reserve: reserve,
            groups: Dictionary(rooms, uniquingKeysWith: { $1 }))
        return monitoring.map { address in
            Monitor(
                host: address.address, port: address.port, limits: address.limits, reserve: reserve, logger: logger,
                health: { watched.health }, metrics: { await watched.metrics() })
        }
    }
}
