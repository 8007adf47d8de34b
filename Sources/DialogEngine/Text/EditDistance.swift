extension String {
    /// The number of characters to insert, drop, change, or swap with their neighbour (optimal string alignment).
    ///
    /// Compares characters as they are; fold both texts first where case and umlauts do not matter.
    package func editDistance(to other: String) -> Int {
        editDistance(to: other, upTo: .max) ?? .max
    }

    /// The same, or nil as soon as it is more than `limit`.
    package func editDistance(to other: String, upTo limit: Int) -> Int? {
        if utf8.allSatisfy({ $0 < 0x80 }), other.utf8.allSatisfy({ $0 < 0x80 }) {
            return Array(utf8).editDistance(to: Array(other.utf8), upTo: limit)
        }
        return Array(self).editDistance(to: Array(other), upTo: limit)
    }
}

extension Array where Element: Equatable {
    fileprivate func editDistance(to other: [Element], upTo limit: Int) -> Int? {
        guard abs(count - other.count) <= limit else { return nil }
        var beforeLast = [Int](repeating: 0, count: other.count + 1)
        var last = [Int](0...other.count)
        var current = beforeLast
        for row in indices {
            current[0] = row + 1
            var least = row + 1
            for column in other.indices {
                let isEqual = self[row] == other[column]
                var best = Swift.min(last[column] + (isEqual ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, self[row] == other[column - 1], self[row - 1] == other[column] {
                    best = Swift.min(best, beforeLast[column - 1] + 1)
                }
                current[column + 1] = best
                least = Swift.min(least, best)
            }
            // A row is no better than the one before it, and a swap, from two rows before, costs one more.
            guard least <= limit else { return nil }
            (beforeLast, last, current) = (last, current, beforeLast)
        }
        return last[other.count] <= limit ? last[other.count] : nil
    }
}
