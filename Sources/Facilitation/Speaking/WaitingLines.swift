import Synchronization

/// How many lines wait until their adapter has said them, of all groups, those that are being tried included.
final class WaitingLines: Sendable {
    /// Stands for one line.
    typealias Ticket = UInt64

    private struct Count {
        var since: [Ticket: ContinuousClock.Instant] = [:]
        var lost = 0
    }

    private struct State {
        var counts: [String: Count]
        var last: Ticket = 0
    }

    private let state: Mutex<State>
    private let clock: @Sendable () -> ContinuousClock.Instant

    /// - Parameters:
    ///   - adapters: the names of those that are counted from the beginning, with nothing.
    ///   - clock: measures how long lines wait.
    init(
        adapters: some Sequence<String> = [], clock: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        state = Mutex(State(counts: Dictionary(adapters.map { ($0, Count()) }, uniquingKeysWith: { $1 })))
        self.clock = clock
    }

    /// By the names of the adapters.
    var now: [String: Int] { state.withLock { $0.counts.mapValues(\.since.count) } }

    /// For how many seconds the oldest line of each adapter waits; 0 where none does.
    var oldest: [String: Double] {
        let now = clock()
        return state.withLock { state in
            state.counts.mapValues { count in count.since.values.min().map { (now - $0) / .seconds(1) } ?? 0 }
        }
    }

    /// How many lines of each adapter had to go, because too many waited.
    var lost: [String: Int] { state.withLock { $0.counts.mapValues(\.lost) } }

    func begin(over adapter: String) -> Ticket {
        state.withLock { state in
            state.last += 1
            state.counts[adapter, default: Count()].since[state.last] = clock()
            return state.last
        }
    }

    func end(_ tickets: [Ticket], over adapter: String) {
        state.withLock { state in for ticket in tickets { state.counts[adapter]?.since[ticket] = nil } }
    }

    func lost(_ ticket: Ticket?, over adapter: String) {
        if let ticket { end([ticket], over: adapter) }
        state.withLock { $0.counts[adapter, default: Count()].lost += 1 }
    }
}
