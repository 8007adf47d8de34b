import FoundationEssentials

/// When a delivery is tried again, and when a partner is given up.
///
/// | the partner says            | the delivery                                          | the partner                      |
/// |-----------------------------|-------------------------------------------------------|----------------------------------|
/// | 2xx                         | done                                                  | counts as well                   |
/// | 410                         | stays                                                 | off at once                      |
/// | 429, 502, 503, 504          | again as scheduled, or when `Retry-After` says, later | is left alone until then         |
/// | anything else, also nothing | again as scheduled                                    | off after 72 hours of failures   |
///
/// After the tenth attempt a delivery is a dead letter: kept, and tried again when the operator asks for it.
enum DeliverySchedule {
    /// The time before each attempt, counted from the one before it: ten attempts over 75.6 hours.
    static let delays: [Duration] = [
        .zero, .seconds(5), .minutes(5), .minutes(30), .hours(2), .hours(5), .hours(10), .hours(14), .hours(20),
        .hours(24),
    ]
    /// By how much of itself a delay is longer or shorter, so that what failed together does not come back together.
    static let jitter = 0.2
    static let patience = Duration.hours(72)
    static let longestRetryAfter = Duration.hours(24)

    enum Verdict: Hashable, Sendable {
        case delivered
        /// To be tried again; a pause holds everything for this partner until then.
        case again(at: Date, pause: Bool)
        /// Nobody tries it again unless asked to.
        case dead
        /// The partner is off from now on; the delivery waits.
        case off(DisableReason)
    }

    enum DisableReason: String, Hashable, Sendable {
        /// The partner answered 410.
        case gone
        /// Nothing was accepted for 72 hours.
        case failing
    }

    /// What follows from an attempt.
    ///
    /// - Parameters:
    ///   - attempt: its number, from 1.
    ///   - status: the status of HTTP; nil where there was no answer.
    ///   - retryAfter: the time to wait that the answer names.
    ///   - failingSince: the first of the partner's failed attempts since one succeeded; nil before the first failure.
    ///   - chance: a random number from -1 to 1.
    static func verdict(
        attempt: Int, status: Int?, retryAfter: Duration?, failingSince: Date?, at now: Date, chance: Double
    ) -> Verdict {
        if let status, (200..<300).contains(status) { return .delivered }
        if status == 410 { return .off(.gone) }
        if let failingSince, now.timeIntervalSince(failingSince) >= patience.inSeconds { return .off(.failing) }
        guard delays.indices.contains(attempt) else { return .dead }
        let isOverloaded = [429, 502, 503, 504].contains(status)
        let scheduled = delays[attempt].inSeconds * (1 + jitter * chance)
        let asked = isOverloaded ? min(retryAfter ?? .zero, longestRetryAfter).inSeconds : 0
        return .again(at: now.addingTimeInterval(max(scheduled, asked)), pause: isOverloaded)
    }
}

extension Duration {
    static func minutes(_ count: Int) -> Duration { .seconds(60 * count) }
    static func hours(_ count: Int) -> Duration { .seconds(3600 * count) }

    var inSeconds: Double { self / .seconds(1) }
}
