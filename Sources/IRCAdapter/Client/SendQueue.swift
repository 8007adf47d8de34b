package import IRCProtocol

/// Lines that wait to be sent, so that the network never takes the bot for a flood.
///
/// At most four lines at once, then one per two seconds. A line to a person goes before lines to rooms; within one
/// priority the order stays. When the queue is full, the last line of the lowest priority gives way, or the new one
/// if nothing that waits is of lower priority.
package struct SendQueue: Hashable, Sendable {
    /// How fast lines may leave.
    package struct Pace: Hashable, Sendable {
        /// Lines that may leave at once after a pause.
        package var burst = 4
        /// Time that each line costs.
        package var interval = Duration.seconds(2)
        /// Lines that may wait.
        package var capacity = 500

        package init() {}

        package init(burst: Int, interval: Duration, capacity: Int = 500) {
            self.burst = max(burst, 1)
            self.interval = interval
            self.capacity = max(capacity, 1)
        }
    }

    package enum Priority: Int, Comparable, Sendable {
        case room
        case person

        package static func < (lhs: Priority, rhs: Priority) -> Bool { lhs.rawValue < rhs.rawValue }
    }

    package struct Entry: Hashable, Sendable {
        package let message: IRCMessage
        package let priority: Priority
        /// Who waits until this line has left, if anybody does.
        package let ticket: Int?

        package init(_ message: IRCMessage, priority: Priority, ticket: Int? = nil) {
            self.message = message
            self.priority = priority
            self.ticket = ticket
        }
    }

    private let pace: Pace
    /// The highest priority first, then the oldest.
    private var waiting: [Entry] = []
    /// When all lines sent so far are paid for.
    private var paidUntil = Duration.zero

    package init(pace: Pace) {
        self.pace = pace
    }

    /// Adds a line. Returns the one that had to give way for it.
    package mutating func add(_ entry: Entry) -> Entry? {
        let index = waiting.firstIndex { $0.priority < entry.priority } ?? waiting.endIndex
        guard waiting.count >= pace.capacity else {
            waiting.insert(entry, at: index)
            return nil
        }
        guard index < waiting.endIndex else { return entry }
        waiting.insert(entry, at: index)
        return waiting.removeLast()
    }

    /// Counts a line that was sent without waiting, such as PONG.
    package mutating func charge(at uptime: Duration) {
        paidUntil = max(paidUntil, uptime) + pace.interval
    }

    /// The next line that may leave now and whose target `isReady`.
    package mutating func next(at uptime: Duration, isReady: (IRCMessage) -> Bool) -> Entry? {
        guard paidUntil - uptime <= pace.interval * (pace.burst - 1),
            let index = waiting.firstIndex(where: { isReady($0.message) })
        else { return nil }
        charge(at: uptime)
        return waiting.remove(at: index)
    }

    /// How long to wait for the next line; nil if none is ready to leave.
    package func delay(at uptime: Duration, isReady: (IRCMessage) -> Bool) -> Duration? {
        guard waiting.contains(where: { isReady($0.message) }) else { return nil }
        return max(paidUntil - uptime - pace.interval * (pace.burst - 1), .zero)
    }

    /// Takes out all lines for which `isGone` holds.
    package mutating func remove(where isGone: (IRCMessage) -> Bool) -> [Entry] {
        let gone = waiting.filter { isGone($0.message) }
        waiting.removeAll { isGone($0.message) }
        return gone
    }

    /// The person called `nick` is now called `new`: so is the target of the lines that wait for her.
    package mutating func retarget(_ isTarget: (String) -> Bool, to new: String) {
        for index in waiting.indices where waiting[index].message.parameter(0).map(isTarget) == true {
            var message = waiting[index].message
            message.parameters[0] = new
            waiting[index] = Entry(message, priority: waiting[index].priority, ticket: waiting[index].ticket)
        }
    }

    /// A new connection: nothing was sent on it.
    package mutating func forgiveDebts() {
        paidUntil = .zero
    }
}
