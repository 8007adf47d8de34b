import DialogEngine
import Facilitation
import FoundationEssentials
import IRCProtocol

/// An IRC server for one machine, as a value: one input in, comparable actions out; no socket, no clock.
///
///     connection        may send                                       until
///     registering       CAP PASS NICK USER PING PONG QUIT AUTHENTICATE NICK and USER are given and CAP is ended, or 30 s
///     registered        everything                                     QUIT, silence for 150 s, a full send queue
///
/// The bot is a member of every channel without being a connection: what is said to it becomes an
/// ``ServerAction/deliver(_:from:)``, what it says comes as ``ServerInput/say(_:to:)``.
package struct ServerStateMachine: Sendable {
    let settings: ServerSettings
    let startedAt: Date
    let mapping = ServerLimits.caseMapping

    var clients: [ConnectionID: ServerClient] = [:]
    /// Registered clients by folded nick; the bot is not among them.
    var nicks: [String: ConnectionID] = [:]
    var connectionsByIdentity: [Identity: ConnectionID] = [:]
    var connectionsPerAddress: [String: Int] = [:]
    /// By folded name.
    var channels: [String: ServerChannel] = [:]
    var ctcp = CTCPResponder()
    /// The most clients there were at once.
    var mostClients = 0
    private var messageCount = 0

    /// What the input at hand leads to.
    var actions: [ServerAction] = []
    /// When the input at hand came.
    var now: Moment

    package init(_ settings: ServerSettings, at moment: Moment) {
        self.settings = settings
        startedAt = moment.date
        now = moment
        for name in settings.channels {
            channels[mapping.fold(name)] = ServerChannel(name: name, isPermanent: true, createdAt: moment.date)
        }
    }

    package mutating func handle(_ input: ServerInput, at moment: Moment) -> [ServerAction] {
        now = moment
        switch input {
        case .opened(let id, let peer): open(id, from: peer)
        case .frame(let id, let frame): handle(frame, from: id)
        case .closed(let id): remove(id, reason: "Connection closed")
        case .sendQueueExceeded(let id): drop(id, reason: "SendQ exceeded")
        case .overloaded(let id): tellOverloaded(id)
        case .say(let message, let destination): say(message, to: destination)
        case .tick: checkTimeouts()
        case .shutdown: shutDown()
        }
        defer { actions = [] }
        return actions
    }

    /// An id for a message of this server, unique also over restarts.
    mutating func nextMessageID() -> String {
        messageCount += 1
        return "\(settings.processMark)-\(messageCount)"
    }

    // MARK: - Names

    var serverSource: IRCMessage.Source { IRCMessage.Source(rawValue: settings.serverName) }

    var botSource: IRCMessage.Source {
        IRCMessage.Source(nick: settings.botNick, user: "lotse", host: settings.serverName)
    }

    func isBot(_ nick: String) -> Bool {
        mapping.fold(nick) == mapping.fold(settings.botNick)
    }

    /// The registered client with this nick.
    func client(named nick: String) -> ServerClient? {
        nicks[mapping.fold(nick)].flatMap { clients[$0] }
    }

    func channel(named name: String) -> ServerChannel? {
        channels[mapping.fold(name)]
    }

    // MARK: - Sending

    /// A numeric from the server; the client's name is put in front of `parameters`.
    mutating func reply(_ numeric: Numeric, _ parameters: [String], to client: ServerClient) {
        let all = [client.displayName] + parameters
        actions.append(.send(IRCMessage(numeric.rawValue, all, source: serverSource), to: [client.id]))
    }

    mutating func send(_ command: String, _ parameters: [String], to client: ServerClient) {
        actions.append(.send(IRCMessage(command, parameters, source: serverSource), to: [client.id]))
    }

    /// A standard reply, or the same as NOTICE for clients that do not know these.
    mutating func fail(_ command: String, _ code: String, _ text: String, to client: ServerClient) {
        if client.capabilities.contains(.standardReplies) {
            send("FAIL", [command, code, text], to: client)
        } else {
            send("NOTICE", [client.displayName, text], to: client)
        }
    }

    /// Sends `message` to several clients, with the tags that each of them has asked for.
    ///
    /// - Parameter clientTags: tags for those with `message-tags` only.
    mutating func broadcast(
        _ message: IRCMessage, to recipients: some Sequence<ConnectionID>, clientTags: [String: String] = [:]
    ) {
        var recipientsByTags: [ServerClient.Tagging: [ConnectionID]] = [:]
        for id in recipients.sorted() {
            guard let client = clients[id] else { continue }
            recipientsByTags[client.tagging, default: []].append(id)
        }
        for tagging in ServerClient.Tagging.allCases {
            guard let ids = recipientsByTags[tagging] else { continue }
            var tagged = message
            if tagging.hasClientTags { tagged.tags = clientTags }
            if tagging.hasTime { tagged.tags["time"] = ServerTime.render(now.date) }
            actions.append(.send(tagged, to: ids))
        }
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
        Sender(identity: client.identity, name: client.displayName)
    }

    mutating func deliver(_ incoming: Incoming, from id: ConnectionID? = nil) {
        actions.append(.deliver(incoming, from: id))
    }
}
