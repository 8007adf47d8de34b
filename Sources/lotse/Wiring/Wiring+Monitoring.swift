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
        monitoring.map { address in
            Monitor(
                host: address.address, port: address.port, limits: address.limits, reserve: reserve, logger: logger,
                health: { Health(trouble: store.trouble?.description) },
                metrics: { await Self.metrics(store, inbox, facilitator, deliverer) })
        }
    }

    private static func metrics(
        _ store: SQLiteStore, _ inbox: BoundedInbox, _ facilitator: Facilitator, _ deliverer: Deliverer?
    ) async -> [Metric] {
        var metrics = [
            Metric("lotse_messages_total", .counter, "Lines that were taken in.", Double(inbox.takenCount)),
            Metric("lotse_messages_waiting", .gauge, "Lines not dealt with yet.", Double(inbox.waitingCount)),
            Metric(
                "lotse_message_seconds", "From a line to the moment when what came of it was stored.", inbox.durations),
            Metric("lotse_commits_total", .counter, "Transactions that were committed.", Double(store.commitCount)),
            Metric("lotse_commit_seconds", "How long transactions took, with their sync.", store.commitDurations),
            Metric("lotse_changes_waiting", .gauge, "Changes waiting to be written.", Double(store.waitingCount)),
            Metric(
                "lotse_lines_waiting", .gauge, "Lines that an adapter has not said yet.", by: "adapter",
                facilitator.waitingLines),
        ]
        guard let deliverer else { return metrics }
        let counts = deliverer.counts.now
        let health = (try? await store.partnerHealth()) ?? []
        let waiting = Dictionary(health.map { ($0.name, $0.waiting) }, uniquingKeysWith: { $1 })
        let dead = Dictionary(health.map { ($0.name, $0.dead) }, uniquingKeysWith: { $1 })
        metrics += [
            Metric(
                "lotse_deliveries_total", .counter, "Attempts to tell partners, by outcome.", by: "outcome",
                counts.attempts),
            Metric("lotse_delivery_seconds", "How long attempts took.", counts.durations),
            Metric(
                "lotse_deliveries_under_way", .gauge, "Attempts that are not answered yet.", Double(counts.underWay)),
            Metric("lotse_notices_waiting", .gauge, "Notices that wait for a partner.", by: "partner", waiting),
            Metric("lotse_dead_letters", .gauge, "Notices that failed ten times.", by: "partner", dead),
        ]
        return metrics
    }
}
