/// An event that does not follow the last one: what lies between them is missing.
public struct EventGap: Error, Hashable, Sendable {
    /// The sequence number that was to come, and the one that came.
    public let expected: Int
    public let found: Int

    public init(expected: Int, found: Int) {
        self.expected = expected
        self.found = found
    }
}
