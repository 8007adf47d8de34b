import DialogEngine
import Facilitation
import IRCProtocol

/// Connections come and go.
extension ServerStateMachine {
    mutating func open(_ id: ConnectionID, from peer: ServerInput.Peer) {
        let name = settings.adapterName
        let client = ServerClient(
            id: id, peer: peer,
            identity: Identity(rawValue: "\(name)/connection/\(settings.processMark)-\(id.number)"),
            host: "\(id.number).\(settings.serverName)", at: now)
        clients[id] = client
        connectionsByIdentity[client.identity] = [id]
        connectionsPerNetwork[peer.network, default: 0] += 1
        makeRoom(for: client)
    }

    /// Keeps to the limits.
    private mutating func makeRoom(for newcomer: ServerClient) {
        let network = newcomer.peer.network
        let maximum = settings.maximumConnectionsPerAddress
        if !newcomer.peer.isLoopback, connectionsPerNetwork[network, default: 0] > maximum {
            let neighbours = clients.values.filter { $0.peer.network == network }
            giveWay(among: neighbours, to: newcomer.id, reason: "Too many connections from your address")
        }
        // The bot has no connection.
        if clients.count - 1 > settings.maximumConnections { giveWay(to: newcomer.id) }
    }

    /// One connection less, if there is one that may go.
    mutating func giveWay(to newcomer: ConnectionID?) {
        if let newcomer, clients[newcomer] == nil { return }
        giveWay(among: Array(clients.values), to: newcomer, reason: "Too many connections")
    }

    /// Peers that do not register in time give way to newcomers, so that half-open connections lock nobody out; only
    /// registered ones can fill the place. First those of the network that has most of them, and of these the one
    /// that has been silent longest; who sends byte after byte and never ends a line is silent.
    private mutating func giveWay(among candidates: [ServerClient], to newcomer: ConnectionID?, reason: String) {
        let halfOpen = Dictionary(grouping: candidates.filter { !$0.isRegistered && $0.id != newcomer }) {
            $0.peer.network
        }
        let most = halfOpen.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.value ?? []
        let silent = most.min { ($0.lastHeard, $0.id) < ($1.lastHeard, $1.id) }
        if let id = silent?.id ?? newcomer { drop(id, reason: reason) }
    }

    mutating func handle(_ frame: IRCFrame, from id: ConnectionID) {
        // What a connection sent before it was closed may still come in.
        guard clients[id] != nil else { return }
        clients[id]?.lastHeard = now.uptime
        clients[id]?.pingedAt = nil
        clients[id]?.doubtedAt = nil
        guard let client = clients[id] else { return }
        switch frame {
        case .message(let message):
            label(message.tags["label"], for: id) { $0.handle(message, from: client) }
        case .tooLong:
            reply(.inputTooLong, ["Input line was too long"], to: client)
            tellLost(.tooLong, to: client)
        case .notUTF8(let message) where message.verb == "QUIT": handle(message, from: client)
        case .notUTF8(let message):
            label(message.tags["label"], for: id) {
                $0.fail(
                    "*", "INVALID_UTF8", "Message rejected: it is not UTF-8, which is needed here", to: client)
            }
            if ["PRIVMSG", "NOTICE"].contains(message.verb) { tellLost(.notUTF8, to: client) }
        case .malformed(.carriageReturn):
            fail("*", "INVALID_LINE", "Message rejected: a CR must be followed by LF", to: client)
        case .malformed(.nul): fail("*", "INVALID_LINE", "Message rejected: it contains NUL", to: client)
        case .malformed(.noCommand): fail("*", "INVALID_LINE", "Message rejected: it has no command", to: client)
        }
    }

    // MARK: - The end

    /// Ends a connection from our side; the peer is told why.
    mutating func drop(_ id: ConnectionID, reason: String) {
        guard let client = clients[id] else { return }
        actions.append(
            .send(IRCMessage("ERROR", ["Closing link: \(client.displayName) (\(reason))"]), to: [id]))
        actions.append(.close(id))
        remove(id, reason: reason)
    }

    /// Takes a connection out of everything; the others in its channels see it quit. Its nick is free at once.
    mutating func remove(_ id: ConnectionID, reason: String) {
        guard let client = clients[id] else { return }
        if client.isRegistered {
            broadcast(IRCMessage("QUIT", [reason]), from: client, to: neighbours(of: client))
            nicks[client.foldedNick] = nil
            remember(client)
            tellWatchers(of: client, isOnline: false)
        }
        for name in client.channels.sorted() { removeMember(id, fromChannel: name) }
        clearMonitor(of: client)
        forget(client.identity, of: id)
        signIns.forget(id, from: client.peer.network)
        let network = client.peer.network
        let others = connectionsPerNetwork[network, default: 1] - 1
        connectionsPerNetwork[network] = others > 0 ? others : nil
        clients[id] = nil
    }

    /// The connection no longer belongs to this person.
    mutating func forget(_ identity: Identity, of id: ConnectionID) {
        connectionsByIdentity[identity]?.remove(id)
        if connectionsByIdentity[identity]?.isEmpty == true { connectionsByIdentity[identity] = nil }
    }

    /// Takes a member out of a channel, tells the inbox, and ends the channel if nobody is left and it belongs to no
    /// group.
    mutating func removeMember(_ id: ConnectionID, fromChannel folded: String) {
        guard channels[folded]?.members.removeValue(forKey: id) != nil, let channel = channels[folded] else { return }
        clients[id]?.channels.remove(folded)
        if let client = clients[id] { reportLeave(of: client, from: channel) }
        if !channel.isPermanent, channel.members.keys.allSatisfy({ $0 == .bot }) {
            channels[folded] = nil
            clients[.bot]?.channels.remove(folded)
        }
    }

    mutating func shutDown() {
        handOn(longLines.close())
        let ids = clients.keys.filter { $0 != .bot }.sorted()
        if !ids.isEmpty {
            actions.append(.send(IRCMessage("ERROR", ["Closing link: Lotse is stopping"]), to: ids))
        }
        for id in ids { actions.append(.close(id)) }
        clients = [:]
        nicks = [:]
        channels = [:]
        watchers = [:]
        connectionsByIdentity = [:]
        connectionsPerNetwork = [:]
        signIns = SignInDesk()
    }

    // MARK: - Time

    mutating func checkTimeouts() {
        departed.removeAll { now.uptime - $0.at > ServerLimits.departedFor }
        for id in clients.keys.filter({ clients[$0].map(isDue) ?? false }).sorted() {
            guard let client = clients[id] else { continue }
            if !client.isRegistered {
                drop(id, reason: "Registration timed out")
            } else if now.uptime - client.lastHeard >= ServerLimits.idleBeforeDrop || isDead(client) {
                drop(id, reason: "Ping timeout")
            } else {
                clients[id]?.pingedAt = now.uptime
                actions.append(.send(IRCMessage("PING", [settings.serverName]), to: [id]))
            }
        }
    }

    /// Whether it has not answered although it was doubted that it lives.
    private func isDead(_ client: ServerClient) -> Bool {
        client.doubtedAt.map { now.uptime - $0 >= ServerLimits.doubtBeforeDrop } ?? false
    }

    private func isDue(_ client: ServerClient) -> Bool {
        guard client.id != .bot else { return false }
        guard client.isRegistered else {
            // Who waits for her turn to sign in has done her part.
            if case .checking = client.authentication?.state { return false }
            return now.uptime - client.connectedAt.uptime >= ServerLimits.registration
        }
        if isDead(client) { return true }
        let limit = client.pingedAt == nil ? ServerLimits.idleBeforePing : ServerLimits.idleBeforeDrop
        return now.uptime - client.lastHeard >= limit
    }
}
