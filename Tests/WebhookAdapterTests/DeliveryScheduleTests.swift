import Foundation
import Testing

@testable import WebhookAdapter

/// When a delivery is tried again.
@Suite struct DeliveryScheduleTests {
    private static let now = Date(timeIntervalSince1970: 1_795_370_400)

    private func verdict(
        _ attempt: Int, _ status: Int?, retryAfter: Duration? = nil, failingFor: Duration? = nil, chance: Double = 0
    ) -> DeliverySchedule.Verdict {
        DeliverySchedule.verdict(
            attempt: attempt, status: status, retryAfter: retryAfter,
            failingSince: failingFor.map { Self.now.addingTimeInterval(-($0 / .seconds(1))) }, at: Self.now,
            chance: chance)
    }

    private func after(_ seconds: Double) -> Date { Self.now.addingTimeInterval(seconds) }

    @Test("Ten attempts lie within 75.6 hours")
    func lastsThreeDays() {
        let hours = DeliverySchedule.delays.reduce(.zero, +) / .seconds(3600)
        #expect(DeliverySchedule.delays.count == 10)
        #expect((hours * 10).rounded() / 10 == 75.6)
    }

    @Test(
        "The distance to the next attempt is that of the table, a fifth more or less",
        arguments: zip(1...9, [5.0, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]))
    func keepsSchedule(_ attempt: Int, _ seconds: Double) {
        #expect(verdict(attempt, 500) == .again(at: after(seconds), pause: false))
        #expect(verdict(attempt, nil, chance: 1) == .again(at: after(seconds * 1.2), pause: false))
        #expect(verdict(attempt, 302, chance: -1) == .again(at: after(seconds * 0.8), pause: false))
    }

    @Test("Every 2xx is a success, also late; a redirect is none", arguments: [200, 201, 204, 299])
    func succeeds(_ status: Int) {
        #expect(verdict(10, status, failingFor: .seconds(3600 * 80)) == .delivered)
        #expect(verdict(10, 301) == .dead)
    }

    @Test("410 turns the partner off at once")
    func turnsOffWhenGone() {
        #expect(verdict(1, 410) == .off(.gone))
    }

    @Test("72 hours of failures turn the partner off")
    func turnsOffWhenFailing() {
        #expect(verdict(2, 500, failingFor: .seconds(72 * 3600)) == .off(.failing))
        #expect(verdict(2, 500, failingFor: .seconds(72 * 3600 - 1)) == .again(at: after(300), pause: false))
    }

    @Test(
        "An overloaded partner is left alone, for as long as it asks and for a day at most",
        arguments: [429, 502, 503, 504])
    func honoursRetryAfter(_ status: Int) {
        #expect(verdict(1, status) == .again(at: after(5), pause: true))
        #expect(verdict(1, status, retryAfter: .seconds(90)) == .again(at: after(90), pause: true))
        #expect(verdict(2, status, retryAfter: .seconds(90)) == .again(at: after(300), pause: true))
        #expect(verdict(1, status, retryAfter: .seconds(1_000_000)) == .again(at: after(86_400), pause: true))
    }

    @Test("Retry-After of any other status plays no part")
    func ignoresRetryAfterElsewhere() {
        #expect(verdict(1, 500, retryAfter: .seconds(90)) == .again(at: after(5), pause: false))
    }

    @Test("After the tenth attempt a delivery is a dead letter")
    func dies() {
        #expect(verdict(10, 500) == .dead)
    }
}
