import Synchronization

/// How many lines wait until their adapter has said them, of all groups.
final class WaitingLines: Sendable {
    private let counts: Mutex<[String: Int]>

    /// - Parameter adapters: the names of those that are counted from the beginning, with nothing.
    init(adapters: some Sequence<String> = []) {
        counts = Mutex(Dictionary(adapters.map { ($0, 0) }, uniquingKeysWith: { $1 }))
    }

    /// By the names of the adapters.
    var now: [String: Int] { counts.withLock(\.self) }

    func add(_ count: Int, over adapter: String) {
        counts.withLock { $0[adapter, default: 0] += count }
    }
}
