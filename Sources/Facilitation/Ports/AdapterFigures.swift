/// How an adapter is doing, for whoever operates Lotse.
public struct AdapterFigures: Hashable, Sendable {
    /// Whether lines reach the network, as far as the last attempts tell.
    public var isUp = true
    /// Lines that the network did not take, and that are not tried again.
    public var refusedLines = 0
    /// Requests from outside that were not taken, by the reason in a word.
    public var refusedRequests: [String: Int] = [:]

    public init() {}
}
