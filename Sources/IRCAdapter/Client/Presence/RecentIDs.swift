/// The ids of the last messages, so that one which comes twice, live and from the history, counts once.
struct RecentIDs: Hashable, Sendable {
    private static let capacity = 8192

    private var known: Set<String> = []
    private var inOrder: [String] = []
    private var oldest = 0

    /// Returns false when the id is known.
    mutating func insert(_ id: String) -> Bool {
        guard known.insert(id).inserted else { return false }
        if inOrder.count < Self.capacity {
            inOrder.append(id)
        } else {
            known.remove(inOrder[oldest])
            inOrder[oldest] = id
            oldest = (oldest + 1) % Self.capacity
        }
        return true
    }
}
