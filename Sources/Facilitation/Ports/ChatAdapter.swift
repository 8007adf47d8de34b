public import DialogEngine

/// A line that the bot says, ready in its language.
public struct OutgoingMessage: Hashable, Sendable {
    public enum Manner: Hashable, Sendable {
        /// Said to everybody: on IRC a PRIVMSG.
        case speech
        /// A quiet acknowledgement: on IRC a NOTICE.
        case notice
        /// What a person said in another room of the same group, shown under her name.
        case relayed(from: String)
    }

    /// What goes first where a network lets few lines through.
    public enum Urgency: Int, Comparable, Hashable, Sendable {
        /// To somebody who has just come.
        case greeting
        /// To all groups.
        case broadcast
        case usual
        /// To whoever leads the group.
        case facilitator

        public static func < (lhs: Urgency, rhs: Urgency) -> Bool { lhs.rawValue < rhs.rawValue }
    }

    /// One line, without CR, LF or NUL, of any length; the adapter splits it. Where the adapter takes several lines in one
    /// message (``ChatAdapter/longestMessage``), an LF is between them.
    public let text: String
    /// What of a line to one person may be said where others read it as well, under her name: mostly the same words. Nil
    /// where nothing may: such a line reaches her alone, or nobody.
    public let aloud: String?
    public let manner: Manner
    /// The id of the message this answers, where the network can show that.
    public let inReplyTo: String?
    /// What says the same as the text in a mark at the message that it answers, such as `B7`; nil where none can.
    public let mark: String?
    /// How many lines to the same place wait behind this one, as far as that is known.
    public let following: Int
    public let urgency: Urgency

    public init(
        _ text: String, aloud: String? = nil, manner: Manner = .speech, inReplyTo: String? = nil,
        mark: String? = nil, following: Int = 0, urgency: Urgency = .usual
    ) {
        self.text = text
        self.aloud = aloud
        self.manner = manner
        self.inReplyTo = inReplyTo
        self.mark = mark
        self.following = following
        self.urgency = urgency
    }
}

/// Where a line goes.
public enum Destination: Hashable, Sendable {
    case room(Room)
    /// One person; of what she is told, others may read no more than ``OutgoingMessage/aloud``.
    case person(Identity, adapter: String)
}

/// A way in and out of Lotse: a network, a listener, a terminal.
///
/// An adapter is handed an ``Inbox`` when it is made and reports to it; lines to be said come through ``send(_:to:)``.
public protocol ChatAdapter: Sendable {
    /// The name that rooms of this adapter carry; unique within one Lotse.
    var name: String { get }

    /// What is kept as the source of lines in its rooms.
    var source: Source { get }

    /// Says `message`. Returns true when it was handed to the network or nobody is there to hear it, and false when it
    /// was not said and should be after the next start.
    ///
    /// Waits while the network's rate limit holds the line back, so that a caller can collect what comes meanwhile.
    @discardableResult
    func send(_ message: OutgoingMessage, to destination: Destination) async -> Bool

    /// Shows what the room is at, where there is a place for it: a prompt, a topic. Empty where it is at nothing.
    func setTopic(_ topic: String, of room: Room) async

    /// Gives those who facilitate in the room what the adapter has for them, such as the sign of a channel operator,
    /// and takes it from all others. Returns at once; told at the start and after every change.
    func setFacilitators(_ identities: Set<Identity>, of room: Room) async

    /// Whether a line can reach one person alone at any time; else what may be said aloud is said in her room under her name.
    var speaksPrivately: Bool { get }

    /// Whether a line that is said now reaches this person alone: always, or in the answer to a private request of hers that
    /// is still open.
    func speaksAlone(to identity: Identity) -> Bool

    /// Whether the network lets few lines through, so that one does where several are said elsewhere.
    var isPaced: Bool { get }

    /// Whether people can write to the bot so that nobody else reads it.
    var hearsPrivately: Bool { get }

    /// Whether rooms are reached apart from each other, so that a slow one need not hold up the others.
    var reachesRoomsApart: Bool { get }

    /// How many characters a message may have that has several lines, so that an answer is one message; nil where each line
    /// is one.
    var longestMessage: Int? { get }

    /// Whether answers travel back in the answer to the request that brought a message, as they do over HTTP.
    var answersInPlace: Bool { get }

    /// Puts a line into the answer to a request that waits for it. Returns false where none does: then it is to be sent.
    func answer(_ message: OutgoingMessage, to destination: Destination) -> Bool

    /// What the message with this id says could not be kept; it will be dealt with all the same.
    func notKept(_ messageID: String)

    /// The message with this id is dealt with: what came of it is on disk. Where the adapter answers in place, everything
    /// that answers it has been said as well.
    func dealtWith(_ messageID: String)

    /// How it is doing since the start.
    var figures: AdapterFigures { get }

    /// Carries messages until the task is cancelled or nobody can come any more, such as at the end of a terminal's
    /// input. A connection that breaks is made again and is no reason to throw; a setting that cannot work is.
    func run() async throws
}

extension ChatAdapter {
    public var source: Source { .chat }

    public func setTopic(_ topic: String, of room: Room) async {}

    public func setFacilitators(_ identities: Set<Identity>, of room: Room) async {}

    public var speaksPrivately: Bool { true }

    public func speaksAlone(to identity: Identity) -> Bool { speaksPrivately }

    public var isPaced: Bool { false }

    public var hearsPrivately: Bool { true }

    public var reachesRoomsApart: Bool { false }

    public var longestMessage: Int? { nil }

    public var answersInPlace: Bool { false }

    public func answer(_ message: OutgoingMessage, to destination: Destination) -> Bool { false }

    public func notKept(_ messageID: String) {}

    public func dealtWith(_ messageID: String) {}

    public var figures: AdapterFigures { AdapterFigures() }
}
