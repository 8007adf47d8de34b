import DialogEngine
import FoundationEssentials
import IRCProtocol

/// One connection to the listener, from its first byte on; or the bot, which is there without one.
struct ServerClient: Hashable, Sendable {
    let id: ConnectionID
    let peer: ServerInput.Peer
    let connectedAt: Moment
    /// Who this is to Lotse: the account, else the connection.
    var identity: Identity
    /// Shown to others instead of the address, which is nobody's business.
    var host: String
    /// As the accounts file spells it, once the client has signed in.
    var account: String?

    /// The name the client has, or wants while it registers; others may be faster until it is registered.
    var nick: String? {
        didSet { foldedNick = nick.map(ServerLimits.caseMapping.fold) ?? "" }
    }
    private(set) var foldedNick = ""
    /// From USER, with the `~` that marks it as unchecked.
    var user: String?
    var realName = ""
    @Seldom var password: String?
    /// Has said with PASS what the listener wants to hear.
    var hasPassed = false
    /// Between CAP LS or REQ and CAP END: registration waits.
    var isNegotiating = false
    var isRegistered = false
    /// Knows CAP with version 302: values, and news without asking.
    var knowsCapabilityValues = false
    @Seldom var authentication: ServerAuthentication?
    var failedLogins = 0
    /// The label of a command whose reply takes a while.
    @Seldom var pendingLabel: String?
    @Seldom var batch: IncomingBatch?
    /// What was asked for of the history that is being looked up.
    @Seldom var historyQuery: HistoryQuery?

    var capabilities: ServerCapabilities = []
    /// Folded names.
    var channels: Set<String> = []
    /// Folded nicks.
    var monitored: Set<String> = []
    var away: String?
    /// User mode `i`.
    var isInvisible = false
    /// User mode `o`.
    var isOperator = false
    /// User mode `B`.
    var isBot = false

    /// When the last line came.
    var lastHeard: Duration
    /// When a PING was sent that no line has followed yet.
    var pingedAt: Duration?
    /// When another connection of the same account took its nick, since when no line has come.
    var doubtedAt: Duration?
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

    /// The letters of RPL_UMODEIS.
    var modes: String { "+" + (isBot ? "B" : "") + (isInvisible ? "i" : "") + (isOperator ? "o" : "") }

    /// Which tags the client gets with what others say.
    var tagging: ServerCapabilities { capabilities.intersection([.accountTag, .messageTags, .serverTime]) }
}
