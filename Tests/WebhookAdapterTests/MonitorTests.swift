import Foundation
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
}
