import FoundationEssentials

/// What the bot has to catch up on of what people wrote to it privately while it was away (IRCv3 `chathistory`).
///
///     upToDate  ── welcome, where it was away ─▶  due  ── its channels are settled ─▶  listing
///     listing   ── it knows who wrote ─▶  reading one after the other  ── all are read ─▶  upToDate
///
/// First the channels: who is there decides to which group a private line belongs.
struct Correspondence: Hashable, Sendable {
    enum Stage: Hashable, Sendable {
        case upToDate
        case due
        /// Who wrote?
        case listing
        /// What did this one write? So many more questions for it may follow.
        case reading(nick: String, since: Date, questionsLeft: Int)
    }

    /// How many people are asked about; whoever makes up more of them gets no further.
    static let limit = 50
    private static let questionLimit = 3
    /// Our clock and the network's may differ by as much; what comes twice is known by its id.
    private static let overlap = 60.0

    private(set) var stage = Stage.upToDate
    /// From when on something may be missing; nil before the bot was on the network for the first time.
    private var since: Date?
    /// Who wrote and was not asked about yet, the last one first.
    private var waiting: [String] = []

    /// The link is gone; up to `moment` it was alive. What was not caught up yet stays to be caught up.
    mutating func lost(at moment: Date) {
        if stage == .upToDate { since = moment.addingTimeInterval(-Self.overlap) }
        stage = .upToDate
        waiting = []
    }

    /// The bot is on the network. Returns whether it was before.
    mutating func begin() -> Bool {
        guard since != nil else { return false }
        stage = .due
        return true
    }

    /// Returns since when to ask who wrote.
    mutating func list() -> Date? {
        stage = .listing
        return since
    }

    /// Somebody wrote, or was written to.
    mutating func add(_ nick: String) {
        if stage == .listing, waiting.count < Self.limit { waiting.insert(nick, at: 0) }
    }

    /// Goes on to the next one.
    mutating func next() {
        guard let since, let nick = waiting.popLast() else {
            stage = .upToDate
            return
        }
        stage = .reading(nick: nick, since: since, questionsLeft: Self.questionLimit - 1)
    }

    /// What is asked about has been read up to here.
    mutating func read(upTo moment: Date) {
        guard case .reading(let nick, let since, let questionsLeft) = stage else { return }
        stage = .reading(nick: nick, since: max(since, moment), questionsLeft: questionsLeft)
    }

    /// Asks for more of the same. Returns false where it was asked often enough.
    mutating func goOn() -> Bool {
        guard case .reading(let nick, let since, let questionsLeft) = stage, questionsLeft > 0 else { return false }
        stage = .reading(nick: nick, since: since, questionsLeft: questionsLeft - 1)
        return true
    }
}
