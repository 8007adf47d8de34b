import NIOCore

/// How fast the lines of one connection are taken: some at once, then so many a second.
struct ListenerPace {
    /// How many seconds' worth may come at once.
    private static let burst = 4.0

    private let perSecond: Double
    /// Lines that may be taken now.
    private var allowance: Double
    private var last: NIODeadline

    init(linesPerSecond: Int, at now: NIODeadline) {
        perSecond = Double(max(linesPerSecond, 1))
        allowance = perSecond * Self.burst
        last = now
    }

    /// Takes one line, or says how long it has to wait.
    mutating func take(at now: NIODeadline) -> TimeAmount? {
        allowance = min(perSecond * Self.burst, allowance + Double((now - last).nanoseconds) / 1e9 * perSecond)
        last = now
        guard allowance < 1 else {
            allowance -= 1
            return nil
        }
        return .nanoseconds(Int64((1 - allowance) / perSecond * 1e9) + 1)
    }
}
