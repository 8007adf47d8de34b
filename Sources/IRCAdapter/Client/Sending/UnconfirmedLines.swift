/// Lines that have left and that may not have arrived: TCP takes them long after a route is dead.
///
///     sent ── echo, ACK (IRCv3 `labeled-response`) ─▶ confirmed
///      │
///      └──── nothing for a while ─▶ PING ── PONG ─▶ read by the server, as all before the PING
///                                    └─ nothing ─▶ the link is dead; what is left here is said again
struct UnconfirmedLines: Hashable, Sendable {
    private struct Line: Hashable, Sendable {
        let entry: SendQueue.Entry
        /// Whether the server has promised to confirm it.
        let isPromised: Bool
        let at: Duration
    }

    static let tokenPrefix = "lotse-"
    /// How long a server that confirms lines may take before it is asked, and how often one is asked that does not.
    private static let (promptness, rhythm) = (Duration.seconds(5), Duration.seconds(10))
    /// Lines that are remembered; the pace keeps far below.
    private static let capacity = 1000

    /// By label.
    private var lines: [Int: Line] = [:]
    private var lastLabel = 0
    private(set) var isProbing = false

    /// When it is time to ask whether the server listens; nil where nothing is open or it was asked.
    var due: Duration? {
        guard !isProbing else { return nil }
        return lines.values.map { $0.at + ($0.isPromised ? Self.promptness : Self.rhythm) }.min()
    }

    mutating func add(_ entry: SendQueue.Entry, label: Int, _ isPromised: Bool, at uptime: Duration) {
        lastLabel = label
        guard lines.count < Self.capacity || isPromised else { return }
        lines[label] = Line(entry: entry, isPromised: isPromised, at: uptime)
    }

    /// The line is confirmed.
    mutating func remove(_ label: Int) -> SendQueue.Entry? {
        lines.removeValue(forKey: label)?.entry
    }

    /// The server is asked; returns the last label that its answer will be about.
    mutating func beginProbe() -> Int {
        isProbing = true
        return lastLabel
    }

    /// The server has answered; returns the lines that it has read.
    mutating func endProbe(upTo label: Int) -> [SendQueue.Entry] {
        isProbing = false
        let labels = lines.keys.filter { $0 <= label }.sorted()
        return labels.compactMap { remove($0) }
    }

    /// The link is gone; returns the lines that are to be said again, the oldest first.
    mutating func takeAll(alsoUnpromised: Bool) -> [SendQueue.Entry] {
        defer { self = UnconfirmedLines() }
        return lines.sorted { $0.key < $1.key }.map(\.value).filter { $0.isPromised || alsoUnpromised }.map(\.entry)
    }
}
