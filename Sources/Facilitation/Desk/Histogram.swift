/// How often something took how long, as Prometheus counts it: each bucket has everything up to its bound.
package struct Histogram: Hashable, Sendable {
    /// In seconds: from what one sync of a disk takes to the time after which a webhook is given up, 15.
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// Beside the bounds, and one for everything longer.
    private var counts = Array(repeating: 0, count: bounds.count + 1)
    package private(set) var sum = 0.0

    package init() {}

    package mutating func note(_ seconds: Double) {
        counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
        sum += seconds
    }

    /// The count up to each bound; the last one is that of everything.
    package var cumulated: [(bound: String, count: Int)] {
        var total = 0
        return zip(Self.bounds.map { "\($0)" } + ["+Inf"], counts).map { bound, count in
            total += count
            return (bound, total)
        }
    }

    package var count: Int { counts.reduce(0, +) }
}
