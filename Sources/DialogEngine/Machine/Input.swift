public import FoundationEssentials

/// Who a person is to an adapter: an account where there is one, else the connection.
///
/// Never a nick alone: `libera/account/anna`, `local/connection/k3x9-17` (with a mark of the process, so that it never
/// means somebody else after a restart), `console`.
public struct Identity: RawRepresentable, Hashable, Sendable, Codable {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Whether it ends with a connection, so that nobody will ever be met under it again.
    var isConnection: Bool { rawValue.contains("/connection/") }
}

/// The person behind an input, as the adapter knows her.
public struct Speaker: Hashable, Sendable, Codable {
    public enum Standing: String, Sendable, Codable {
        /// Not in the group's room.
        case stranger
        /// In the group's room.
        case member
    }

    /// What the operator's configuration lets a person do before anybody in the group has a say.
    public enum Appointment: String, Sendable, Codable {
        case none
        /// May begin a session, and facilitates the session that she begins.
        case starter
        /// Facilitates every session of the group.
        case facilitator
    }

    public var identity: Identity
    public var name: String
    public var standing: Standing
    public var appointment: Appointment

    public init(identity: Identity, name: String, standing: Standing = .member, appointment: Appointment = .none) {
        self.identity = identity
        self.name = name
        self.standing = standing
        self.appointment = appointment
    }
}

/// How an input came in; kept with every event.
public enum Source: String, Hashable, Sendable, Codable {
    case chat, `private`, console, webhook, paper, expert

    /// Whether everybody in the room reads the line.
    package var isAloud: Bool {
        switch self {
        case .chat, .webhook: true
        case .private, .console, .paper, .expert: false
        }
    }
}

/// Everything that the machine is told: a person's command, somebody's coming or going, or the time.
public struct Input: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case command(Command, by: Speaker, source: Source)
        case joined(Speaker)
        case left(Identity)
        /// The chat network fell apart: she is out of sight, and has not left.
        case separated(Identity)
        /// Everybody who was out of sight is there again, or has left.
        case reunited
        case renamed(Identity, to: String)
        /// The person turned out to have an account; she is the same under its identity.
        case identified(Identity, as: Identity)
        /// The person used a one-time code of the operator's, by which she may facilitate.
        case proved(Speaker)
        /// Another group of the workshop, by its name.
        case called(WorkshopCall, from: String)
        /// Nothing but the passing of time.
        case clock
    }

    public var at: Date
    public var kind: Kind
    /// The parts that the line has as a row of columns, as they were typed, each with its date if it is one.
    public var dates: [String: DueDate?]
    /// Everybody in the group's rooms whom the operator did not appoint, where it matters who is there.
    public var present: Set<Identity>
    /// The guide as its file has it now, where the session is led by another version of it.
    public var guide: Dialog?
    /// Whether everybody in the rooms can write to the bot so that nobody else reads it.
    public var hasPrivateWay: Bool

    public init(
        at: Date, kind: Kind, dates: [String: DueDate?] = [:], present: Set<Identity> = [], guide: Dialog? = nil,
        hasPrivateWay: Bool = true
    ) {
        self.at = at
        self.kind = kind
        self.dates = dates
        self.present = present
        self.guide = guide
        self.hasPrivateWay = hasPrivateWay
    }
}

/// A moment by which something is due, as somebody typed it.
public struct DueDate: Hashable, Sendable, Codable {
    /// The last moment that is still in time.
    public var moment: Date
    /// Whether only a day was named, so that no clock time is shown.
    public var isWholeDay: Bool
    /// When the bot reminds: at nine in the morning of the day before, or an hour before a clock time.
    public var reminder: Date

    public init(moment: Date, isWholeDay: Bool, reminder: Date) {
        self.moment = moment
        self.isWholeDay = isWholeDay
        self.reminder = reminder
    }
}
