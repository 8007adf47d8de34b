package import IRCProtocol

/// Lines that wait to be sent, so that the network never takes the bot for a flood.
///
/// At most four lines at once, then one per two seconds. What the bot has to ask the network goes first, then lines to
/// facilitators, then those to groups, then what all groups are told, last the greetings of newcomers, which leave
/// only when nothing was sent for a while, so that a group that speaks next need not wait; within one priority the
/// order stays. When the queue is full, the last line of the
/// lowest priority gives way, or the new one if nothing that waits is of lower priority.
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
        /// What nobody misses: answers to programs.
        case courtesy
        /// To whoever has just come.
        case greeting
        /// To all groups.
        case broadcast
        /// To a room, or to somebody of it.
        case group
        case facilitator
        /// A question to the network.
        case query

        package static func < (lhs: Priority, rhs: Priority) -> Bool { lhs.rawValue < rhs.rawValue }
    }

    package struct Entry: Hashable, Sendable {
        package let message: IRCMessage
        /// What follows the text of ``message`` without a break: they leave as one batch (IRCv3 `multiline`).
        package let continuation: [String]
        package let priority: Priority
        /// Who waits until this line has left, if anybody does.
        package let ticket: Int?
        /// How many lines to the same target will come when this one has left.
        package let following: Int

        package init(
            _ message: IRCMessage, continuation: [String] = [], priority: Priority, ticket: Int? = nil,
            following: Int = 0
        ) {
            self.message = message
            self.continuation = continuation
            self.priority = priority
            self.ticket = ticket
            self.following = following
        }

        /// The same line, for which nobody waits.
        var withoutTicket: Entry {
            Entry(message, continuation: continuation, priority: priority, following: following)
        }

        /// The nick or the channel that it goes to.
        package var target: String { message.parameter(0) ?? "" }
    }

    /// The longest time that lines sent without waiting can hold up the others: a server that asks and asks must not
    /// silence the bot.
    private static let longestDebt = 10
    /// How much slower the bot gets at most, and for how long, once the network says that it is too fast.
    private static let slowest = 8
    private static let caution = Duration.seconds(10 * 60)

    private let pace: Pace
    /// The highest priority first, then the oldest.
    private var waiting: [Entry] = []
    /// When all lines sent so far are paid for.
    private var paidUntil = Duration.zero
    private var slowness = 1
    private var slowUntil = Duration.zero

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

    /// Whether the same line waits.
    func contains(_ message: IRCMessage) -> Bool { contains { $0 == message } }

    func contains(where isMeant: (IRCMessage) -> Bool) -> Bool { waiting.contains { isMeant($0.message) } }

    /// Puts lines that left, and perhaps never arrived, before all others of their priority.
    package mutating func putBack(_ entries: [Entry]) {
        for entry in entries.reversed() {
            waiting.insert(entry, at: waiting.firstIndex { $0.priority <= entry.priority } ?? waiting.endIndex)
        }
    }

    /// Counts lines that were sent without waiting, such as PONG.
    package mutating func charge(_ lines: Int = 1, at uptime: Duration) {
        let debt = min(max(paidUntil - uptime, .zero) + interval(at: uptime) * lines, pace.interval * Self.longestDebt)
        paidUntil = uptime + debt
    }

    /// The network says that the bot is too fast: half the speed for ten minutes.
    package mutating func slowDown(at uptime: Duration) {
        slowness = min((uptime < slowUntil ? slowness : 1) * 2, Self.slowest)
        slowUntil = uptime + Self.caution
        charge(at: uptime)
    }

    func interval(at uptime: Duration) -> Duration {
        uptime < slowUntil ? pace.interval * slowness : pace.interval
    }

    /// The next line that may leave now and whose target `isReady`.
    package mutating func next(at uptime: Duration, isReady: (String) -> Bool) -> Entry? {
        guard let index = waiting.firstIndex(where: { isReady($0.target) }),
            delay(at: uptime, before: waiting[index]) == .zero
        else { return nil }
        let entry = waiting.remove(at: index)
        charge(1 + entry.continuation.count, at: uptime)
        return entry
    }

    /// How long to wait for the next line; nil if none is ready to leave.
    package func delay(at uptime: Duration, isReady: (String) -> Bool) -> Duration? {
        waiting.first { isReady($0.target) }.map { delay(at: uptime, before: $0) }
    }

    /// To whom something is to be said that has to wait for so long; of several the one whose turn comes first.
    func targetKeptWaiting(for wait: Duration, at uptime: Duration, isReady: (String) -> Bool) -> String? {
        let ready = waiting.filter { isReady($0.target) }
        let index = ready.indices.first { index in
            let ahead = index + ready[index].following
            return ready[index].message.command == "PRIVMSG"
                && delay(at: uptime, before: ready[index]) + interval(at: uptime) * ahead >= wait
        }
        return index.map { ready[$0].target }
    }

    /// What is below a group's lines waits until all before it is paid for.
    private func delay(at uptime: Duration, before entry: Entry) -> Duration {
        let credit = entry.priority < .broadcast ? .zero : pace.interval * (pace.burst - 1)
        return max(paidUntil - uptime - credit, .zero)
    }

    /// Takes out all lines for which `isGone` holds.
    package mutating func remove(where isGone: (Entry) -> Bool) -> [Entry] {
        let gone = waiting.filter(isGone)
        waiting.removeAll(where: isGone)
        return gone
    }

    /// The person called `nick` is now called `new`: so is the target of the lines that wait for her.
    package mutating func retarget(_ isTarget: (String) -> Bool, to new: String) {
        for index in waiting.indices where isTarget(waiting[index].target) {
            let old = waiting[index]
            var message = old.message
            message.parameters[0] = new
            waiting[index] = Entry(
                message, continuation: old.continuation, priority: old.priority, ticket: old.ticket,
                following: old.following)
        }
    }

    /// A new connection: nothing was sent on it.
    package mutating func forgiveDebts() {
        paidUntil = .zero
    }
}
