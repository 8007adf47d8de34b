public import DialogEngine
public import FoundationEssentials

/// A place where a group talks: a channel on one adapter, or the terminal.
public struct Room: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The name of the adapter that carries it, such as `local` or `libera`.
    public let adapter: String
    /// The room's name there, such as `#stadtbaeume`.
    public let name: String

    public init(adapter: String, name: String) {
        self.adapter = adapter
        self.name = name
    }

    public var description: String { "\(adapter)/\(name)" }
}

/// A person as an adapter sees her.
public struct Sender: Hashable, Sendable {
    public let identity: Identity
    /// The name shown to others, such as an IRC nick.
    public let name: String
    /// The account that the adapter's network vouches for, if there is one.
    public let account: String?
    /// The room that the network vouches she moderates, by the message at hand; it says nothing about any other room.
    public let moderates: Room?

    public init(identity: Identity, name: String, account: String? = nil, moderates: Room? = nil) {
        self.identity = identity
        self.name = name
        self.account = account
        self.moderates = moderates
    }
}

/// How sure it is that a line is the rest of the one before it, which its sender's client cut.
public enum Continuation: Hashable, Sendable {
    /// Only she can say.
    case perhaps
    case surely
}

/// One line that somebody typed.
public struct IncomingMessage: Hashable, Sendable {
    public enum Place: Hashable, Sendable {
        case room(Room)
        /// To the bot alone, over the adapter of this name.
        case privately(adapter: String)
    }

    public let place: Place
    public let sender: Sender
    /// One line of text, free of formatting codes, CR, LF and NUL.
    public var text: String
    /// The network's id of the message, where it has one; the same message twice carries the same id.
    public let id: String?
    public let at: Date
    /// Whether the line goes on with what the same person said right before.
    public var continues: Continuation?

    public init(place: Place, sender: Sender, text: String, id: String? = nil, at: Date) {
        self.place = place
        self.sender = sender
        self.text = text
        self.id = id
        self.at = at
    }
}

/// What an adapter reports.
public enum Incoming: Hashable, Sendable {
    case message(IncomingMessage)
    /// Somebody came into the room while the bot was there.
    case joined(Room, Sender, at: Date)
    /// Everybody who was in the room when the bot came, or came back, into it; no greeting is due.
    case present(Room, [Sender], at: Date)
    /// Somebody went out of the room, or her connection ended.
    case left(Room, Identity, at: Date)
    /// She is writing a line at this moment.
    case typing(Room, Identity, at: Date)
    /// The network fell apart: she is out of sight, and has not left. Either she is seen again, or she leaves.
    case separated(Room, Identity, at: Date)
    /// Who was out of sight is there again.
    case reunited(Room, Identity, at: Date)
    /// The person is the same and is now called otherwise.
    case renamed(Identity, to: String, at: Date)
    /// The connection proved to belong to this account: the same person under another identity from now on.
    case identified(Identity, as: Sender, at: Date)
    /// A line of hers came and could not be read; what was in it is not known.
    case lost(Loss, of: Identity, adapter: String, at: Date)
    /// Something that the facilitators of a group are to know.
    case told(Line, group: String)
    /// The guides were read again.
    case guidesRead(at: Date)
    /// The bot cannot be or speak in the room for now.
    case excluded(Room, Exclusion, at: Date)
}

/// Why a line could not be read.
public enum Loss: Hashable, Sendable {
    case tooLong
    case notUTF8

    var phrase: Phrase {
        switch self {
        case .tooLong: .lineTooLong
        case .notUTF8: .notUTF8
        }
    }
}

/// Where adapters put what they receive.
public protocol Inbox: Sendable {
    /// Takes `incoming`; never waits. Returns false when the inbox is full or takes nothing more: a line is *not* kept
    /// then, and the adapter says so to its sender or, where it can, holds the line back and tries again.
    @discardableResult
    func deliver(_ incoming: Incoming) -> Bool
}
