import ArgumentParser
import Facilitation
import Listening
import SQLiteStore
import WebhookAdapter

/// What a monitoring system is told of.
struct Watched {
    let store: SQLiteStore
    let inbox: BoundedInbox
    let facilitator: Facilitator
    let deliverer: Deliverer?
    let reserve: DescriptorReserve
    /// The groups of the configuration, by their rooms.
    let groups: [Room: String]

    /// For how long a line may be under way, in seconds, before its group counts as busy.
    private static let patience = 5.0

    // MARK: Health

    var health: Health {
        var warnings = facilitator.figures.sorted { $0.key < $1.key }.filter { !$0.value.isUp }.map { name, _ in
            let waiting = facilitator.waitingLines[name] ?? 0
            return "adapter \(name): lines do not get through; \(waiting) wait"
        }
        warnings += busyGroups.filter { $0.value >= Self.patience }.sorted { $0.key < $1.key }.map { group, seconds in
            "group \(group): busy, a line has been waiting for \(Int(seconds)) seconds"
        }
        if reserve.isShort { warnings.append("file descriptors: hardly any left, no connections are accepted") }
        return Health(trouble: store.trouble?.description, warnings: warnings)
    }

    /// For how many seconds the oldest line of each group has been under way.
    private var busyGroups: [String: Double] {
        var seconds = Dictionary(groups.values.map { ($0, 0.0) }, uniquingKeysWith: { $1 })
        for (room, age) in inbox.oldest {
            guard let group = groups[room] else { continue }
            seconds[group] = max(seconds[group] ?? 0, age)
        }
        return seconds
    }

    // MARK: Metrics

    func metrics() async -> [Metric] {
        lineMetrics + adapterMetrics + (await sessionMetrics()) + (await partnerMetrics())
    }

    private var lineMetrics: [Metric] {
        [
            Metric("lotse_messages_total", .counter, "Lines that were taken in.", Double(inbox.takenCount)),
            Metric("lotse_messages_waiting", .gauge, "Lines not dealt with yet.", Double(inbox.waitingCount)),
            Metric(
                "lotse_message_seconds", "From a line to the moment when what came of it was stored.", inbox.durations),
            Metric(
                "lotse_group_busy_seconds", .gauge, "Age of the oldest line of a group that is not dealt with.",
                by: "group", busyGroups),
            Metric("lotse_commits_total", .counter, "Transactions that were committed.", Double(store.commitCount)),
            Metric("lotse_commit_seconds", "How long transactions took, with their sync.", store.commitDurations),
            Metric("lotse_changes_waiting", .gauge, "Changes waiting to be written.", Double(store.waitingCount)),
        ]
    }

    private var adapterMetrics: [Metric] {
        let figures = facilitator.figures
        return [
            Metric(
                "lotse_adapter_up", .gauge,
                "Whether lines reach the network of an adapter, as far as the last ones tell.",
                by: "adapter", figures.mapValues { $0.isUp ? 1 : 0 }),
            Metric(
                "lotse_lines_waiting", .gauge, "Lines that an adapter has not said yet, those being tried included.",
                by: "adapter", facilitator.waitingLines),
            Metric(
                "lotse_oldest_line_seconds", .gauge, "Age of the oldest of them.", by: "adapter",
                facilitator.oldestLines),
            Metric(
                "lotse_lines_refused_total", .counter, "Lines that the network did not take.", by: "adapter",
                figures.mapValues(\.refusedLines)),
            Metric(
                "lotse_lines_lost_total", .counter, "Lines that had to go because too many waited.", by: "adapter",
                facilitator.lostLines),
            Metric(
                "lotse_requests_refused_total", .counter, "Requests that were not taken.", by: "adapter", "reason",
                figures.mapValues(\.refusedRequests)),
            Metric(
                "lotse_accept_pauses_total", .counter, "How often nobody was accepted for want of file descriptors.",
                Double(reserve.pauses)),
        ]
    }

    private func sessionMetrics() async -> [Metric] {
        let info = Metric(
            "lotse_build_info", .gauge, "The version that runs.", by: "version", [Lotse.configuration.version: 1])
        guard let sessions = try? await store.sessions() else { return [info] }
        let running = sessions.count { $0.endedAt == nil }
        return [
            info,
            Metric(
                "lotse_sessions", .gauge, "Sessions that are kept.", by: "state",
                ["running": running, "ended": sessions.count - running]),
        ]
    }

    private func partnerMetrics() async -> [Metric] {
        guard let deliverer else { return [] }
        let counts = deliverer.counts.now
        let health = (try? await store.partnerHealth()) ?? []
        let waiting = Dictionary(health.map { ($0.name, $0.waiting) }, uniquingKeysWith: { $1 })
        let dead = Dictionary(health.map { ($0.name, $0.dead) }, uniquingKeysWith: { $1 })
        return [
            Metric(
                "lotse_deliveries_total", .counter, "Attempts to tell partners, by outcome.", by: "outcome",
                counts.attempts),
            Metric("lotse_delivery_seconds", "How long attempts took.", counts.durations),
            Metric(
                "lotse_deliveries_under_way", .gauge, "Attempts that are not answered yet.", Double(counts.underWay)),
            Metric("lotse_notices_waiting", .gauge, "Notices that wait for a partner.", by: "partner", waiting),
            Metric("lotse_dead_letters", .gauge, "Notices that failed ten times.", by: "partner", dead),
        ]
    }
}
