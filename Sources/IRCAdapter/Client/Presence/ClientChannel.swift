import FoundationEssentials

/// A channel that the bot is to be in.
///
///     outside  ── JOIN of ours ─▶  listing  ── 366 ─▶  asking  ── 315 ─▶  catchingUp  ── end of the history ─▶  settled
///
/// Without an answer in time it is settled from where it is; without anything to catch up it skips that.
struct ClientChannel: Hashable, Sendable {
    enum Stage: Hashable, Sendable {
        case outside
        /// The names of those who are there come.
        case listing
        /// Their hosts and accounts come (WHO).
        case asking
        /// What was said while the bot was away comes; so many more questions for it may follow.
        case catchingUp(questionsLeft: Int)
        /// The bot knows who is there.
        case settled
    }

    /// As the configuration spells it.
    let name: String
    var stage = Stage.outside
    /// When the bot last came in.
    var joinedAt = Duration.zero
    /// The network does not let the bot in, or it was thrown out too often: what is said there goes nowhere.
    var isGone = false
    /// The network does not let the bot speak there, and that was told.
    var isMuted = false
    /// When the bot was kicked, within the last ten minutes.
    var kicks: [Duration] = []
    /// When something was last said there, by the server's clock, or the bot was there in an earlier run; nil before it was
    /// there.
    var lastSpeech: Date?
    /// The latest that was heard there, by the server's clock alone, and what that was when the bot last came in.
    var heardUntil: Date?
    var heardBefore: Date?
    /// When the bot last came in, by its own clock.
    var joinedOn: Date?

    init(name: String) {
        self.name = name
    }

    var isJoined: Bool { stage != .outside }

    var isCatchingUp: Bool { if case .catchingUp = stage { true } else { false } }

    /// Out of the channel, by whatever way.
    mutating func leave() {
        stage = .outside
        isMuted = false
    }
}
