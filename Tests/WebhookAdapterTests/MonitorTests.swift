import Facilitation
import Foundation
import Listening
import NIOCore
import Synchronization
import Testing

@testable import WebhookAdapter

/// The figures as a monitoring system reads them.
@Suite struct MonitorTests {
    @Test("A figure has its help, its type and its values, by label and in sequence")
    func writesMetrics() {
        #expect(
            Metric("lotse_commits_total", .counter, "Commits.", 3).text
                == "# HELP lotse_commits_total Commits.\n# TYPE lotse_commits_total counter\nlotse_commits_total 3.0\n")
        #expect(
            Metric("lotse_notices_waiting", .gauge, "Notices.", by: "partner", ["b": 2, "a\"": 1]).text
                == """
                # HELP lotse_notices_waiting Notices.
                # TYPE lotse_notices_waiting gauge
                lotse_notices_waiting{partner="a\\""} 1.0
                lotse_notices_waiting{partner="b"} 2.0

                """)
    }

    @Test("A figure may have two labels")
    func writesLabels() {
        let refused = ["talk": ["forbidden": 2, "busy": 1], "town": [:]]
        #expect(
            Metric("lotse_requests_refused_total", .counter, "Refused.", by: "adapter", "reason", refused).text
                == """
                # HELP lotse_requests_refused_total Refused.
                # TYPE lotse_requests_refused_total counter
                lotse_requests_refused_total{adapter="talk",reason="busy"} 1.0
                lotse_requests_refused_total{adapter="talk",reason="forbidden"} 2.0

                """)
    }

    @Test("Health says what is amiss: what is away degrades it, what cannot be kept fails it")
    func writesHealth() {
        #expect(Health().text == "ok\n")
        #expect(Health(warnings: ["adapter talk: away"]).text == "degraded\nadapter talk: away\n")
        #expect(Health(trouble: "disk full", warnings: ["x"]).text == "failing\ndisk full\nx\n")
    }

    @Test("Whether lines can be kept is asked each time, with the reason where they cannot")
    func tellsHealth() async throws {
        let trouble = Mutex<String?>(nil)
        // A busy machine may need its time for the first line.
        var limits = HTTPListener.Limits()
        (limits.firstHead, limits.arrival) = (.minutes(2), .minutes(2))
        let monitor = Monitor(
            host: "127.0.0.1", port: 0, limits: limits, reserve: DescriptorReserve(logger: .silent), logger: .silent,
            health: { Health(trouble: trouble.withLock(\.self)) },
            metrics: { [Metric("lotse_commits_total", .counter, "Commits.", 3)] })
        let port = try await monitor.start()
        func get(_ path: String) async throws -> String {
            try await RawClient.exchange(["GET \(path) HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"], port: port)
        }
        let well = try await get("/health")
        #expect(well.hasPrefix("HTTP/1.1 200 ") && well.hasSuffix("\r\n\r\nok\n"))
        trouble.withLock { $0 = "the disk is full" }
        let ill = try await get("/health")
        #expect(ill.hasPrefix("HTTP/1.1 503 ") && ill.hasSuffix("\r\n\r\nfailing\nthe disk is full\n"))
        #expect(try await get("/metrics").contains("\nlotse_commits_total 3.0\n"))
        trouble.withLock { $0 = nil }
        #expect(try await get("/health").hasPrefix("HTTP/1.1 200 "))
        await monitor.stop()
    }

    @Test("Durations are counted up to each bound, with their sum and number")
    func countsDurations() {
        var durations = Histogram()
        for seconds in [0.00390625, 0.0048828125, 0.015625, 3, 60] { durations.note(seconds) }
        let lines = Metric("lotse_x_seconds", "How long.", durations).text.split(separator: "\n")
        #expect(lines[1] == "# TYPE lotse_x_seconds histogram")
        #expect(lines.contains("lotse_x_seconds_bucket{le=\"0.005\"} 2"))
        #expect(lines.contains("lotse_x_seconds_bucket{le=\"0.025\"} 3"))
        #expect(lines.contains("lotse_x_seconds_bucket{le=\"5.0\"} 4"))
        #expect(
            lines.suffix(3) == [
                "lotse_x_seconds_bucket{le=\"+Inf\"} 5", "lotse_x_seconds_sum 63.0244140625", "lotse_x_seconds_count 5",
            ])
    }
}
