import IRCProtocol

/// MONITOR (IRCv3): being told when somebody comes and goes.
extension ServerStateMachine {
    mutating func monitor(_ message: IRCMessage, from client: ServerClient) {
        let targets = (message.parameter(1) ?? "").parts(at: ",")
        switch message.parameters[0].asciiUppercased {
        case "+": watch(targets, by: client)
        case "-":
            for target in targets { unwatch(mapping.fold(target), by: client.id) }
        case "C": clearMonitor(of: client)
        case "L":
            sendMonitor(.monList, client.monitored.sorted(), to: client)
            reply(.endOfMonList, ["End of MONITOR list"], to: client)
        case "S": sendStatus(of: client.monitored.sorted(), to: client)
        default: reply(.needMoreParams, ["MONITOR", "There is +, -, C, L and S"], to: client)
        }
    }

    private mutating func watch(_ targets: [String], by client: ServerClient) {
        var added: [String] = []
        for (index, target) in targets.enumerated() where Self.isValidNick(target) {
            let folded = mapping.fold(target)
            if clients[client.id]?.monitored.contains(folded) == true { continue }
            guard (clients[client.id]?.monitored.count ?? 0) < ServerLimits.monitored else {
                let rest = targets[index...].joined(separator: ",")
                reply(.monListFull, ["\(ServerLimits.monitored)", rest, "Monitor list is full"], to: client)
                break
            }
            clients[client.id]?.monitored.insert(folded)
            watchers[folded, default: []].insert(client.id)
            added.append(target)
        }
        sendStatus(of: added, to: client)
    }

    private mutating func unwatch(_ folded: String, by id: ConnectionID) {
        clients[id]?.monitored.remove(folded)
        watchers[folded]?.remove(id)
        if watchers[folded]?.isEmpty == true { watchers[folded] = nil }
    }

    mutating func clearMonitor(of client: ServerClient) {
        for folded in client.monitored { unwatch(folded, by: client.id) }
    }

    private mutating func sendStatus(of nicks: [String], to client: ServerClient) {
        let online = nicks.compactMap { self.client(named: $0)?.source.rawValue }
        sendMonitor(.monOnline, online, to: client)
        sendMonitor(.monOffline, nicks.filter { self.client(named: $0) == nil }, to: client)
    }

    /// As many to a line as fit, with commas between them.
    private mutating func sendMonitor(_ numeric: Numeric, _ targets: [String], to client: ServerClient) {
        let limit = Splitting.room(source: serverSource, command: numeric.rawValue, target: client.displayName)
        for line in Splitting.lines(of: targets, limit: limit) {
            reply(numeric, [line.split(separator: " ").joined(separator: ",")], to: client)
        }
    }

    // MARK: - News

    mutating func tellWatchers(of client: ServerClient, isOnline: Bool) {
        for id in (watchers[client.foldedNick] ?? []).sorted() {
            guard let watcher = clients[id] else { continue }
            reply(
                isOnline ? .monOnline : .monOffline, [isOnline ? client.source.rawValue : client.displayName],
                to: watcher)
        }
    }

    /// Who also wants to know what she does while no channel is shared (IRCv3 `extended-monitor`).
    func extendedWatchers(of client: ServerClient) -> Set<ConnectionID> {
        Set(having(.extendedMonitor, among: watchers[client.foldedNick] ?? [])).subtracting([client.id])
    }
}
