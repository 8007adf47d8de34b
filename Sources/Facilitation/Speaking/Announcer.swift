import DialogEngine
import Synchronization

/// Says what a group is to hear, in sequence and at the pace of its adapters.
///
/// ```
/// announce ─┬─▶ the answer to a request that waits (at once)
///           └─▶ a lane for each adapter, or for each of its rooms ─▶ the adapter
/// ```
///
/// Greetings of newcomers have lanes of their own. A lane waits while its adapter holds a line back, and no other lane does.
/// Meanwhile acknowledgements gather in it and are then said as one: `B3, B4, B5 notiert.` Where a message may have several
/// lines, the lines of an answer are one. In a lane that is full the oldest line goes; how many went is told when the lane
/// moves again.
final class Announcer: Sendable {
    /// What is to be said at one place.
    struct Announcement: Sendable {
        enum Content: Sendable {
            case text(String)
            /// What the room is at, as its standing title.
            case topic(String)
            /// An acknowledgement that can be collected with its neighbours: the id, and the words for several.
            case noted(RecordID, String, several: @Sendable ([RecordID]) -> String)
            /// Everything that answers the message with this id stands before this.
            case end(of: String)
        }

        var destination: Destination
        var manner: OutgoingMessage.Manner
        var content: Content
        /// What of a line to one person may be said where others read it; nil where nothing may.
        var aloud: String?
        var urgency = OutgoingMessage.Urgency.usual
        var inReplyTo: String?
        /// The entry of the outbox that is done with when this, and whatever else belongs to it, is said.
        var entry: OutboxEntry.ID?
        /// What it counts by while it waits.
        var waiting: WaitingLines.Ticket?

        /// Whether it is a line of the same answer, said in the same way.
        func belongs(to other: Announcement) -> Bool {
            if case .relayed = manner { return false }
            return destination == other.destination && manner == other.manner && inReplyTo == other.inReplyTo
                // What is for her alone takes nothing with it that others may read.
                && (aloud == nil) == (other.aloud == nil)
        }

        func isText(to destination: Destination) -> Bool {
            guard case .text = content else { return false }
            return self.destination == destination
        }
    }

    /// Lines that are said one after the other.
    private struct Lane {
        struct ID: Hashable {
            let adapter: String
            /// Nil where all lines of the adapter stand in one lane.
            let destination: Destination?
            /// Greetings stand apart, so that nobody waits behind them.
            let isGreeting: Bool
        }

        var waiting = WaitingRow<Announcement>()
        /// What had to go, and has not been told yet.
        var left: [Announcement] = []
        var isSpeaking = false
    }

    private struct State {
        var lanes: [Lane.ID: Lane] = [:]
        /// How much of each entry of the outbox is still to be said.
        var unsaid: [OutboxEntry.ID: Int] = [:]
        /// Entries of which something was not said; they are said after the next start.
        var failed: Set<OutboxEntry.ID> = []
        var spoken: [OutboxEntry.ID] = []
    }

    private enum Signal {
        case lane(Lane.ID)
        case spoken
    }

    /// How far it looks ahead when it says how much follows.
    private static let foresight = 16
    /// How many announcements may wait in a lane.
    private static let capacity = 4096

    private let state = Mutex(State())
    private let signals: AsyncStream<Signal>
    private let signal: AsyncStream<Signal>.Continuation
    private let adapters: Adapters
    private let capacity: Int
    private let waiting: WaitingLines
    private let missed: @Sendable (Int) -> String?
    private let spoken: @Sendable ([OutboxEntry.ID]) async -> Void

    /// - Parameters:
    ///   - waiting: counts what waits in the lanes.
    ///   - missed: says that so many lines could not be said; told when they can be again.
    ///   - spoken: told which entries of the outbox have been said.
    init(
        adapters: Adapters, capacity: Int = capacity, waiting: WaitingLines = WaitingLines(),
        missed: @escaping @Sendable (Int) -> String? = { _ in nil },
        spoken: @escaping @Sendable ([OutboxEntry.ID]) async -> Void
    ) {
        self.adapters = adapters
        self.capacity = capacity
        self.waiting = waiting
        self.missed = missed
        self.spoken = spoken
        (signals, signal) = AsyncStream.makeStream()
    }

    func announce(_ announcements: [Announcement]) {
        state.withLock { state in
            for entry in announcements.compactMap(\.entry) { state.unsaid[entry, default: 0] += 1 }
        }
        put(announcements.filter { !isAnswered($0) })
    }

    /// Whether that went into the answer to a request that waits for it.
    private func isAnswered(_ announcement: Announcement) -> Bool {
        guard let adapter = adapters[announcement.destination.adapter] else {
            finish([announcement], isSaid: true)
            return true
        }
        let text: String
        var mark: String?
        switch announcement.content {
        case .text(let words): text = words
        case .noted(let id, let words, _): (text, mark) = (words, id.description)
        case .topic: return false
        case .end(let id):
            adapter.dealtWith(id)
            finish([announcement], isSaid: true)
            return true
        }
        let message = OutgoingMessage(
            text, aloud: announcement.aloud, manner: announcement.manner, inReplyTo: announcement.inReplyTo, mark: mark,
            urgency: announcement.urgency)
        guard adapter.answer(message, to: announcement.destination) else { return false }
        finish([announcement], isSaid: true)
        return true
    }

    /// All at once, so that nobody begins to say an answer of which only the first line is there.
    private func put(_ announcements: [Announcement]) {
        let sleeping = state.withLock { state in
            announcements.map { put($0, in: &state) }.compactMap(\.self)
        }
        for lane in sleeping { signal.yield(.lane(lane)) }
    }

    /// The lane, if it has to be woken.
    private func put(_ announcement: Announcement, in state: inout State) -> Lane.ID? {
        var announcement = announcement
        let adapter = announcement.destination.adapter
        let isApart = adapters[adapter]?.reachesRoomsApart ?? false
        let id = Lane.ID(
            adapter: adapter, destination: isApart ? announcement.destination : nil,
            isGreeting: announcement.urgency == .greeting)
        var lane = state.lanes.removeValue(forKey: id) ?? Lane()
        announcement.waiting = waiting.begin(over: adapter)
        lane.waiting.append(announcement)
        if lane.waiting.count > capacity {
            for left in lane.waiting.take(1) {
                waiting.lost(left.waiting, over: adapter)
                lane.left.append(left)
            }
        }
        let mustWake = !lane.isSpeaking
        lane.isSpeaking = true
        state.lanes[id] = lane
        return mustWake ? id : nil
    }

    /// Counts what was said, or could not be, of entries of the outbox.
    private func finish(_ announcements: [Announcement], isSaid: Bool) {
        let isFirst = state.withLock { state in
            let wasEmpty = state.spoken.isEmpty
            for entry in announcements.compactMap(\.entry) {
                if !isSaid { state.failed.insert(entry) }
                let left = state.unsaid[entry, default: 1] - 1
                state.unsaid[entry] = left > 0 ? left : nil
                if left <= 0, state.failed.remove(entry) == nil { state.spoken.append(entry) }
            }
            return wasEmpty && !state.spoken.isEmpty
        }
        if isFirst { signal.yield(.spoken) }
    }

    /// Says what still waits, then ends ``run()``.
    func finish() {
        signal.finish()
    }

    func run() async {
        await withDiscardingTaskGroup { tasks in
            for await signal in signals {
                switch signal {
                case .lane(let id): tasks.addTask { await self.sayAll(in: id) }
                case .spoken: await tellSpoken()
                }
            }
        }
        await tellSpoken()
    }

    /// Says all that waits, where nothing runs.
    func sayAll() async {
        for id in state.withLock({ $0.lanes.keys.sorted { !$0.isGreeting && $1.isGreeting } }) { await sayAll(in: id) }
        await tellSpoken()
    }

    private func tellSpoken() async {
        let ids = state.withLock { state in
            defer { state.spoken = [] }
            return state.spoken
        }
        if !ids.isEmpty { await spoken(ids) }
    }

    private func sayAll(in id: Lane.ID) async {
        while let next = takeNext(in: id) {
            var isSaid = true
            if next.isTopic, case .room(let room) = next.destination {
                await adapters[id.adapter]?.setTopic(next.text, of: room)
            } else {
                isSaid = await adapters[id.adapter]?.send(next.message, to: next.destination) ?? true
            }
            waiting.end(next.announcements.compactMap(\.waiting), over: id.adapter)
            finish(next.announcements, isSaid: isSaid)
            let left = state.withLock { state in
                defer { state.lanes[id]?.left = [] }
                return state.lanes[id]?.left ?? []
            }
            guard !left.isEmpty else { continue }
            finish(left, isSaid: isSaid ? await tellMissed(left.count, at: next.destination) : false)
        }
    }

    /// Tells how many lines are missing, in the place of those lines.
    private func tellMissed(_ count: Int, at destination: Destination) async -> Bool {
        guard let text = missed(count) else { return false }
        return await adapters[destination.adapter]?.send(OutgoingMessage(text, aloud: text), to: destination) ?? true
    }

    private struct Next {
        var text = ""
        var isTopic = false
        /// The id of the only record that is acknowledged.
        var mark: String?
        /// How many texts to the same place wait behind it.
        var following = 0
        /// What is said with it.
        var announcements: [Announcement]
        var destination: Destination { announcements[0].destination }

        /// What of it may be said aloud; nil where one of its lines is for one person alone.
        private var aloud: String? {
            let said = announcements.compactMap(\.aloud)
            guard said.count == announcements.count else { return nil }
            if case .noted = announcements[0].content, said.count > 1 { return text }
            return said.joined(separator: "\n")
        }

        var message: OutgoingMessage {
            OutgoingMessage(
                text, aloud: aloud, manner: announcements[0].manner,
                inReplyTo: Set(announcements.map(\.inReplyTo)).count == 1 ? announcements[0].inReplyTo : nil,
                mark: mark, following: following, urgency: announcements[0].urgency)
        }
    }

    /// The next announcement of a lane, with the acknowledgements right behind it that go to the same place.
    private func takeNext(in id: Lane.ID) -> Next? {
        state.withLock { state in
            // Taken out while it changes, so that what waits is not copied. An idle lane is forgotten, so that they do not
            // become more and more.
            guard var lane = state.lanes.removeValue(forKey: id), let first = lane.waiting.first else { return nil }
            defer { state.lanes[id] = lane }
            var next = Next(announcements: [first])
            switch first.content {
            case .text(let text):
                next.text = text
                let longest = adapters[id.adapter]?.longestMessage ?? 0
                for announcement in lane.waiting.dropFirst() {
                    guard case .text(let more) = announcement.content, announcement.belongs(to: first),
                        next.text.count + 1 + more.count <= longest
                    else { break }
                    next.text += "\n\(more)"
                    next.announcements.append(announcement)
                }
                let ahead = lane.waiting.dropFirst(next.announcements.count).prefix(Self.foresight)
                next.following = ahead.count { $0.isText(to: first.destination) }
            case .topic(let text): (next.text, next.isTopic) = (text, true)
            case .end: break
            case .noted(let id, let text, let several):
                var ids = [id]
                for announcement in lane.waiting.dropFirst() {
                    guard announcement.destination == first.destination,
                        case .noted(let id, _, _) = announcement.content
                    else { break }
                    ids.append(id)
                    next.announcements.append(announcement)
                }
                next.text = ids.count == 1 ? text : several(ids)
                next.mark = ids.count == 1 ? id.description : nil
            }
            _ = lane.waiting.take(next.announcements.count)
            return next
        }
    }
}

extension Destination {
    var adapter: String {
        switch self {
        case .room(let room): room.adapter
        case .person(_, let adapter): adapter
        }
    }
}
