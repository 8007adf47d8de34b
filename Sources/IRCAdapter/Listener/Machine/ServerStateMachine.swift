import DialogEngine
import Facilitation
import FoundationEssentials
import IRCProtocol

/// An IRC server for one machine, as a value: one input in, comparable actions out; no socket, no clock, no chance.
///
///     connection        may send                                       until
///     registering       CAP AUTHENTICATE PASS NICK USER PING PONG QUIT NICK and USER are given and CAP is ended, or 30 s
///     registered        everything                                     QUIT, silence for 150 s, a full send queue
///
/// The bot is a client without a connection: what is said to it becomes an ``ServerAction/deliver(_:from:)``, what it
/// says comes as ``ServerInput/say(_:to:)``.
package struct ServerStateMachine: Sendable {
    let settings: ServerSettings
    let startedAt: Date
    let mapping = ServerLimits.caseMapping

    var clients: [ConnectionID: ServerClient] = [:]
    /// Registered clients by folded nick.
    var nicks: [String: ConnectionID] = [:]
    var connectionsByIdentity: [Identity: Set<ConnectionID>] = [:]
    var connectionsPerNetwork: [String: Int] = [:]
    /// By folded name.
    var channels: [String: ServerChannel] = [:]
    /// Who facilitates, by the folded name of the channel; there they are operators.
    var facilitators: [String: Set<Identity>] = [:]
    /// The folded accounts that rooms are open to, by their folded names; those that are missing here are open to everybody.
    var admitted: [String: Set<String>]
    /// Who wants to know of a folded nick.
    var watchers: [String: Set<ConnectionID>] = [:]
    /// The last to go, the latest last.
    var departed: [Departed] = []
    var ctcp = CTCPResponder()
    /// What people say to the bot in pieces.
    var longLines = LongLines<ConnectionID>()
    /// The most registered clients there were at once, without the bot.
    var mostClients = 0
    var signIns = SignInDesk()
    /// When the shell was asked to wake the machine.
    private var wakeAt: Duration?
    private var messageCount = 0
    private var batchCount = 0

    /// What the input at hand leads to.
    var actions: [ServerAction] = []
    /// What it leads to besides the reply to a labelled command.
    var asides: [ServerAction] = []
    /// When the input at hand came.
    var now: Moment

    package init(_ settings: ServerSettings, at moment: Moment) {
        self.settings = settings
        admitted = settings.members
        startedAt = moment.date
        now = moment
        addBot()
        for name in settings.channels { open(name) }
    }

    package mutating func handle(_ input: ServerInput, at moment: Moment) -> [ServerAction] {
        now = moment
        switch input {
        case .opened(let id, let peer): open(id, from: peer)
        case .frame(let id, let frame): handle(frame, from: id)
        case .closed(let id): remove(id, reason: "Connection closed")
        case .sendQueueExceeded(let id): drop(id, reason: "SendQ exceeded")
        case .overloaded(let id): tellOverloaded(id)
        case .lookedUp(let id, let account, let credentials, let nonce):
            resume(id) { $0.lookedUp(account, credentials, nonce: nonce, by: $1) }
        case .passwordChecked(let id, let account):
            passwordChecked(account, for: id)
        case .recalled(let id, let lines): resume(id) { $0.recalled(lines, by: $1) }
        case .accounts(let names): dropRemovedAccounts(remaining: names)
        case .channels(let names, let members): openChannels(names, members: ServerSettings.folded(members))
        case .facilitators(let identities, let channel): setFacilitators(identities, of: channel)
        case .say(let message, let destination): say(message, to: destination)
        case .tick:
            checkTimeouts()
            goOnWithSignIns()
        case .wake:
            // Another one may be on its way.
            if let wakeAt, wakeAt <= now.uptime { self.wakeAt = nil }
            goOnWithSignIns()
            endLongLines()
        case .crowded(let id): giveWay(to: id)
        case .shutdown: shutDown()
        }
        askToWake()
        defer {
            actions = []
            asides = []
        }
        return actions + asides
    }

    private mutating func askToWake() {
        let due = [signIns.nextMoment(after: now.uptime), longLines.due].compactMap(\.self).min()
        guard let due, wakeAt.map({ due < $0 }) ?? true else { return }
        wakeAt = due
        actions.append(.wake(after: due - now.uptime))
    }

    /// An id for a message of this server, unique also over restarts.
    mutating func nextMessageID() -> String {
        messageCount += 1
        return "\(settings.processMark)-\(messageCount)"
    }

    mutating func nextBatchReference() -> String {
        batchCount += 1
        return "b\(batchCount)"
    }

    // MARK: - Names

    var serverSource: IRCMessage.Source { IRCMessage.Source(rawValue: settings.serverName) }

    /// The registered client with this nick.
    func client(named nick: String) -> ServerClient? {
        nicks[mapping.fold(nick)].flatMap { clients[$0] }
    }

    func channel(named name: String) -> ServerChannel? {
        channels[mapping.fold(name)]
    }

    /// Everybody who shares a channel with `client`, each once, without her.
    func neighbours(of client: ServerClient) -> Set<ConnectionID> {
        var result: Set<ConnectionID> = []
        for name in client.channels { result.formUnion(channels[name]?.members.keys ?? [:].keys) }
        result.remove(client.id)
        return result
    }

    // MARK: - Reporting

    func room(_ channel: ServerChannel) -> Room {
        Room(adapter: settings.adapterName, name: channel.name)
    }

    func sender(_ client: ServerClient) -> Sender {
        Sender(identity: client.identity, name: client.displayName, account: client.account)
    }

    mutating func deliver(_ incoming: Incoming, from id: ConnectionID? = nil) {
        handOn(longLines.close(before: incoming))
        actions.append(.deliver(incoming, from: id))
    }
}
