import DialogEngine
import FoundationEssentials
import IRCProtocol

/// One connection to the listener, from its first byte on.
struct ServerClient: Hashable, Sendable {
    let id: ConnectionID
    let peer: ServerInput.Peer
    let identity: Identity
    /// Shown to others instead of the address, which is nobody's business.
    let host: String
    let connectedAt: Moment

    /// The name the client has, or wants while it registers; others may be faster until it is registered.
    var nick: String? {
        didSet { foldedNick = nick.map(ServerLimits.caseMapping.fold) ?? "" }
    }
    private(set) var foldedNick = ""
    /// From USER, with the `~` that marks it as unchecked.
    var user: String?
    var realName = ""
    var password: String?
    /// Between CAP LS or REQ and CAP END: registration waits.
    var isNegotiating = false
    var isRegistered = false

    var capabilities: Set<ServerCapability> = []
    /// Folded names.
    var channels: Set<String> = []
    var away: String?
    var isInvisible = false

    /// When the last line came.
    var lastHeard: Duration
    /// When a PING was sent that no line has followed yet.
    var pingedAt: Duration?
    /// When the person herself last said something.
    var lastSpoke: Date

    init(id: ConnectionID, peer: ServerInput.Peer, identity: Identity, host: String, at moment: Moment) {
        self.id = id
        self.peer = peer
        self.identity = identity
        self.host = host
        connectedAt = moment
        lastHeard = moment.uptime
        lastSpoke = moment.date
    }

    /// The name used in replies: `*` before there is one.
    var displayName: String { nick ?? "*" }

    var source: IRCMessage.Source {
        IRCMessage.Source(nick: displayName, user: user ?? "~", host: host)
    }

    /// Which tags the client gets with what others say.
    enum Tagging: CaseIterable {
        case none, time, clientTags, timeAndClientTags

        var hasTime: Bool { self == .time || self == .timeAndClientTags }
        var hasClientTags: Bool { self == .clientTags || self == .timeAndClientTags }
    }

    var tagging: Tagging {
        switch (capabilities.contains(.serverTime), capabilities.contains(.messageTags)) {
        case (false, false): .none
        case (true, false): .time
        case (false, true): .clientTags
        case (true, true): .timeAndClientTags
        }
    }
}
