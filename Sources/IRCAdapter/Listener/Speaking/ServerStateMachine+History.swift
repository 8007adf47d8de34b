import Facilitation
import FoundationEssentials
import IRCProtocol

/// CHATHISTORY (IRCv3 `chathistory`): what is kept of a channel, for its members. Private lines are not kept as lines.
extension ServerStateMachine {
    mutating func chathistory(_ message: IRCMessage, from client: ServerClient) {
        guard client.capabilities.contains(.chathistory) else { return unknown(message, from: client) }
        let query: HistoryQuery
        do throws(HistoryQuery.Problem) {
            query = try HistoryQuery(parsing: message.parameters)
        } catch {
            return fail("CHATHISTORY", error.code, error.text, context: error.context, to: client)
        }
        let places = places(of: query, for: client)
        guard query.subcommand == .targets || !places.isEmpty || self.client(named: query.target) != nil else {
            return failHistory("INVALID_TARGET", query, to: client)
        }
        // In other channels nobody hears what is said.
        let rooms = places.filter(hasBot).map(room)
        guard !rooms.isEmpty else { return send([:], asked: query, to: client) }
        clients[client.id]?.historyQuery = query
        actions.append(.recall(rooms, for: client.id))
    }

    mutating func recalled(_ lines: [Room: [PublicLine]]?, by client: ServerClient) {
        guard let query = client.historyQuery else { return }
        clients[client.id]?.historyQuery = nil
        guard let lines else { return failHistory("MESSAGE_ERROR", query, to: client) }
        // She may have had to leave meanwhile.
        let places = places(of: query, for: client)
        guard query.subcommand == .targets || !places.isEmpty else {
            return failHistory("INVALID_TARGET", query, to: client)
        }
        let rooms = Set(places.map(room))
        send(lines.filter { rooms.contains($0.key) }, asked: query, to: client)
    }

    /// The channels that are asked about, as far as the client is in them and not banned.
    private func places(of query: HistoryQuery, for client: ServerClient) -> [ServerChannel] {
        let names = query.subcommand == .targets ? client.channels.sorted() : [mapping.fold(query.target)]
        return names.compactMap { channels[$0] }.filter { $0.members[client.id] != nil && !isBanned(client, from: $0) }
    }

    private mutating func failHistory(_ code: String, _ query: HistoryQuery, to client: ServerClient) {
        let context = [query.subcommand.rawValue] + (query.target.isEmpty ? [] : [query.target])
        fail("CHATHISTORY", code, "Messages could not be retrieved", context: context, to: client)
    }

    // MARK: - Sending

    private mutating func send(_ lines: [Room: [PublicLine]], asked query: HistoryQuery, to client: ServerClient) {
        if query.subcommand == .targets { return sendTargets(lines, asked: query, to: client) }
        let dated = Self.dated(lines.values.first ?? [])
        guard let range = query.range(in: dated.map { .init(time: $0.time, id: $0.line.id) }) else {
            return failHistory("MESSAGE_ERROR", query, to: client)
        }
        let target = channel(named: query.target)?.name ?? self.client(named: query.target)?.displayName ?? query.target
        let messages = dated[range].flatMap { pieces(of: $0.line, at: $0.time, target: target, to: client) }
        sendBatch("chathistory", [target], messages, to: client)
    }

    private mutating func sendTargets(
        _ lines: [Room: [PublicLine]], asked query: HistoryQuery, to client: ServerClient
    ) {
        let latest = lines.compactMap { room, lines in Self.dated(lines).last.map { (room: room.name, time: $0.time) } }
            .sorted { ($0.time, $0.room) < ($1.time, $1.room) }
        let range = query.range(in: latest.map { .init(time: $0.time, id: $0.room) }) ?? 0..<0
        let messages = latest[range].map {
            IRCMessage("CHATHISTORY", ["TARGETS", $0.room, $0.time], source: serverSource)
        }
        sendBatch("draft/chathistory-targets", [], messages, to: client)
    }

    /// In the sequence of their times as clients see them.
    private static func dated(_ lines: [PublicLine]) -> [(time: String, line: PublicLine)] {
        lines.enumerated().map { (time: ServerTime.render($1.at), line: $1, number: $0) }
            .sorted { ($0.time, $0.number) < ($1.time, $1.number) }
            .map { (time: $0.time, line: $0.line) }
    }

    /// Several where one is too short; the id is that of the first, as when they were said.
    private func pieces(
        of line: PublicLine, at time: String, target: String, to client: ServerClient
    ) -> [IRCMessage] {
        let (source, text) = speaking(line, as: Self.isValidNick(line.name) && !Self.isReserved(line.name))
        let limit = Splitting.room(source: source, command: "PRIVMSG", target: target)
        return Splitting.pieces(of: text, limit: limit).enumerated().map { index, piece in
            var message = IRCMessage("PRIVMSG", [target, piece], source: source)
            if client.capabilities.contains(.serverTime) { message.tags["time"] = time }
            if client.capabilities.contains(.messageTags), index == 0 { message.tags["msgid"] = line.id }
            return message
        }
    }

    /// Where she came from then is not kept. A name that no nick can be is told by the bot.
    private func speaking(_ line: PublicLine, as isNick: Bool) -> (IRCMessage.Source, String) {
        let nick = isNick ? line.name : settings.botNick
        return (
            IRCMessage.Source(nick: nick, user: "history", host: settings.serverName),
            isNick ? line.text : "<\(line.name)> \(line.text)"
        )
    }

    private mutating func sendBatch(
        _ type: String, _ parameters: [String], _ messages: [IRCMessage], to client: ServerClient
    ) {
        var messages = messages
        if client.capabilities.contains(.batch) {
            let reference = nextBatchReference()
            for index in messages.indices { messages[index].tags["batch"] = reference }
            messages.insert(IRCMessage("BATCH", ["+\(reference)", type] + parameters, source: serverSource), at: 0)
            messages.append(IRCMessage("BATCH", ["-\(reference)"], source: serverSource))
        }
        for message in messages { actions.append(.send(message, to: [client.id])) }
    }
}
