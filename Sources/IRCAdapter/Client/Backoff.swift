/// When to connect again: after 1 s, doubling to 300 s, each time off by up to a quarter, so that many bots do not
/// come back to a restarted server all at once. Five minutes of health start it anew; a ban makes it 15 minutes.
struct Backoff: Hashable, Sendable {
    static let first = Duration.seconds(1)
    static let longest = Duration.seconds(300)
    static let banned = Duration.seconds(15 * 60)
    static let healthy = Duration.seconds(5 * 60)

    private var failures = 0

    /// - Parameters:
    ///   - online: how long the last connection was registered.
    ///   - jitter: at random from 0 to 1.
    mutating func next(online: Duration, isBanned: Bool, jitter: Double) -> Duration {
        if online >= Self.healthy { failures = 0 }
        let delay = isBanned ? Self.banned : min(Self.first * (1 << min(failures, 10)), Self.longest)
        failures += 1
        return delay * (0.75 + 0.5 * jitter)
    }
}
