import DialogEngine
import FoundationEssentials
import Logging
import Wording

// What a conversation works with, what is delivered to it, and where that came from.

extension GroupConversation {
    /// What the conversation works with; shared by all groups.
    struct Services: Sendable {
        var store: any SessionStore
        var adapters: Adapters
        var outcomes: any OutcomeWriter
        /// Which groups belong together.
        var workshops = Workshops()
        /// Which ids sessions are about to get.
        var sessionIDs = SessionIDs()
        var partners: (any PartnerDesk)?
        /// Nil where the operator hands out none.
        var codes: (any FacilitatorCodes)?
        var interpreter: @Sendable () -> Interpreter
        /// The guide of a group as its file has it now.
        var guide: @Sendable (Group) -> Dialog? = { $0.guide }
        var logger: Logger
        /// Counts the lines that adapters have not said yet.
        var waiting = WaitingLines()
        /// Knows which groups are at a line.
        var busy = BusyGroups()
        /// Whether Lotse is to end after what is under way.
        var isStopped: @Sendable () -> Bool = { false }
        /// Told of each line that was answered, so that the next one may come.
        var dealtWith: @Sendable (IncomingMessage) -> Void = { _ in }
    }

    /// What reaches the conversation.
    enum Delivery: Sendable {
        /// A line, and whether its sender is in a room of the group.
        case message(IncomingMessage, isMember: Bool)
        case joined(Room, Sender, at: Date)
        case left(Identity, at: Date)
        /// She is writing a line.
        case typing(Identity, at: Date)
        /// Out of sight, because the network fell apart, and there again.
        case separated(Identity, at: Date)
        case reunited(Identity, at: Date)
        case renamed(Identity, to: String, at: Date)
        case identified(Identity, as: Sender, at: Date)
        case clock(Date)
        /// The bot is in the room, can be heard there, and sees who is there.
        case ready(Room, Set<Identity>, at: Date)
        /// The bot cannot be or speak in the room.
        case excluded(Room, Exclusion)
        /// The session was erased because its retention ended.
        case erased(Session.ID)
        /// A facilitator asks something of all groups of the workshop.
        case circular(CircularLetter)
        /// All groups have answered what was asked in this one.
        case answered(CircularLetter)
        /// A line of hers could not be read.
        case lost(Loss, Identity, adapter: String)
        /// Something that facilitators are to know.
        case told(Line)
        /// The operator has configured the group otherwise.
        case configured(Group)
        /// The operator wants something of a session of the group.
        case errand(Errand)
    }
}

extension GroupConversation.Services {
    /// Tells the adapter that what a message says is not kept.
    func notKept(_ id: String?, over adapter: String?) {
        if let id, let adapter { adapters[adapter]?.notKept(id) }
    }

    /// The line was answered, or will be when `announcer` has said what it has.
    func finish(_ message: IncomingMessage, after announcer: Announcer? = nil) {
        dealtWith(message)
        end(message, after: announcer)
    }

    /// Tells the adapter that nothing more answers the line.
    func end(_ message: IncomingMessage, after announcer: Announcer?) {
        guard let id = message.id, let adapter = adapters[message.place.adapter] else { return }
        guard adapter.answersInPlace, let announcer else { return adapter.dealtWith(id) }
        announcer.announce([.init(destination: message.answerPlace, manner: .notice, content: .end(of: id))])
    }
}

/// Where an input came from, so that the reply finds its way back.
struct Origin: Sendable {
    var asker: Sender?
    var place: IncomingMessage.Place?
    var messageID: String?
    /// When the asker came into the room, if that is what the reply is to.
    var arrivedAt: Date?
    /// When the asker said what the reply is to.
    var askedAt: Date?
    /// What she asked of all groups; what is for her goes back with it.
    var letter: CircularLetter?
}

extension IncomingMessage {
    /// Where what answers the line is said.
    var answerPlace: Destination {
        switch place {
        case .room(let room): .room(room)
        case .privately(let adapter): .person(sender.identity, adapter: adapter)
        }
    }
}

extension IncomingMessage.Place: CustomStringConvertible {
    /// Within this the id of a message is unique.
    public var description: String {
        switch self {
        case .room(let room): room.description
        case .privately(let adapter): adapter
        }
    }

    var adapter: String {
        switch self {
        case .room(let room): room.adapter
        case .privately(let adapter): adapter
        }
    }
}

extension GroupConversation.Delivery {
    /// Who shows by this that she is there, and when; nil where it says nothing about people.
    var witnesses: (seen: Set<Identity>, at: Date)? {
        switch self {
        case .message(let message, _): ([message.sender.identity], message.at)
        case .joined(_, let sender, let at): ([sender.identity], at)
        case .left(_, let at), .separated(_, let at), .clock(let at): ([], at)
        case .reunited(let identity, let at), .typing(let identity, let at): ([identity], at)
        case .renamed(let identity, _, let at), .identified(let identity, _, let at): ([identity], at)
        case .ready(_, let present, let at): (present, at)
        case .excluded, .erased, .told, .lost, .circular, .answered, .errand, .configured: nil
        }
    }
}
