/// When to connect again: after 1 s, doubling to 300 s, each time off by up to a quarter, so that many bots do not
/// come back to a restarted server all at once. Five minutes of health start it anew; a ban makes it 15 minutes.
struct Backoff: Hashable, Sendable {
    /// How the last connection ended, as far as it says when to try again.
    enum Outlook: Hashable, Sendable {
        case failed
        case banned
        /// The server told where to connect instead: nothing has failed.
        case redirected
    }

    static let first = Duration.seconds(1)
    static let longest = Duration.seconds(300)
    static let banned = Duration.seconds(15 * 60)
    static let healthy = Duration.seconds(5 * 60)
    /// A server that sends the bot around in circles is left alone from here on.
    private static let redirectionLimit = 3

    private var failures = 0
    private var redirections = 0

    /// - Parameters:
    ///   - online: how long the last connection was registered.
    ///   - jitter: at random from 0 to 1.
    mutating func next(online: Duration, _ outlook: Outlook, jitter: Double) -> Duration {
        if outlook == .redirected, redirections < Self.redirectionLimit {
            redirections += 1
            return .zero
        }
        redirections = 0
        if online >= Self.healthy { failures = 0 }
        let delay = outlook == .banned ? Self.banned : min(Self.first * (1 << min(failures, 10)), Self.longest)
        failures += 1
        return delay * (0.75 + 0.5 * jitter)
    }
}
