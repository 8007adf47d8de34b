import IRCProtocol

/// How lines leave: numerics, lines from clients with the tags that each receiver has asked for, labelled replies.
extension ServerStateMachine {
    /// A numeric from the server; the client's name is put in front of `parameters`.
    mutating func reply(_ numeric: Numeric, _ parameters: [String], to client: ServerClient) {
        send(numeric.rawValue, [client.displayName] + parameters, to: client)
    }

    mutating func send(_ command: String, _ parameters: [String], to client: ServerClient) {
        actions.append(.send(IRCMessage(command, parameters, source: serverSource), to: [client.id]))
    }

    /// A standard reply (IRCv3 `standard-replies`); who does not know these is shown the line as it is.
    mutating func fail(
        _ command: String, _ code: String, _ text: String, context: [String] = [], to client: ServerClient
    ) {
        send("FAIL", [command, code] + context + [text], to: client)
    }

    /// Sends `message`, which comes from `author`, to several clients, with the tags that each of them has asked for.
    ///
    /// - Parameter clientTags: tags for those with `message-tags` only.
    mutating func broadcast(
        _ message: IRCMessage, from author: ServerClient, to recipients: some Sequence<ConnectionID>,
        clientTags: [String: String] = [:]
    ) {
        var message = message
        if message.source == nil { message.source = author.source }
        var recipientsByTags: [UInt32: [ConnectionID]] = [:]
        for id in recipients where id != .bot {
            guard let tagging = clients[id]?.tagging else { continue }
            recipientsByTags[tagging.rawValue, default: []].append(id)
        }
        for (tagging, ids) in recipientsByTags.sorted(by: { $0.key < $1.key }) {
            var tagged = message
            let receiving = ServerCapabilities(rawValue: tagging)
            if receiving.contains(.messageTags) { tagged.tags.merge(clientTags) { _, new in new } }
            addTags(to: &tagged, of: author, for: receiving)
            actions.append(.send(tagged, to: ids.sorted()))
        }
    }

    /// `time`, `account` and `bot`, as far as the receivers know them.
    func addTags(to message: inout IRCMessage, of author: ServerClient, for receiving: ServerCapabilities) {
        if receiving.contains(.serverTime) { message.tags["time"] = ServerTime.render(now.date) }
        if receiving.contains(.accountTag), let account = author.account { message.tags["account"] = account }
        if receiving.contains(.messageTags), author.isBot { message.tags["bot"] = "" }
    }

    /// Those of `ids` who have asked for `capability`.
    func having(_ capability: ServerCapabilities, among ids: some Sequence<ConnectionID>) -> [ConnectionID] {
        ids.filter { clients[$0]?.capabilities.contains(capability) == true }
    }

    // MARK: - Labels

    /// Does `body`, and puts `label` to what it sends to the client (IRCv3 `labeled-response`): to a single line, to
    /// a batch around several, to an ACK where there is none. A reply that has to wait keeps the label.
    mutating func label(_ label: String?, for id: ConnectionID, _ body: (inout Self) -> Void) {
        guard let label, clients[id]?.capabilities.contains(.labeledResponse) == true else { return body(&self) }
        let start = actions.count
        body(&self)
        if clients[id]?.isWaiting == true, !actions[start...].contains(where: { $0.sends(to: id) }) {
            clients[id]?.pendingLabel = label
            return
        }
        // A batch of several lines is answered when it is complete.
        if clients[id]?.batch?.label == label, actions.count == start { return }
        let since = actions[start...]
        actions.removeSubrange(start...)
        var replies: [IRCMessage] = []
        for action in since {
            guard case .send(let message, let ids) = action, ids.contains(id) else {
                actions.append(action)
                continue
            }
            replies.append(message)
            let others = ids.filter { $0 != id }
            if !others.isEmpty { actions.append(.send(message, to: others)) }
        }
        for reply in labelled(replies, label) { actions.append(.send(reply, to: [id])) }
        // The end comes after its reason.
        if let index = actions.firstIndex(of: .close(id)) { actions.append(actions.remove(at: index)) }
    }

    private mutating func labelled(_ replies: [IRCMessage], _ label: String) -> [IRCMessage] {
        if replies.isEmpty { return [IRCMessage("ACK", source: serverSource, tags: ["label": label])] }
        var replies = replies
        let isOneBatch =
            replies[0].verb == "BATCH"
            && replies[0].parameters[0].dropFirst()
                == replies[replies.count - 1].parameters[0].dropFirst()
        if replies.count == 1 || isOneBatch {
            replies[0].tags["label"] = label
            return replies
        }
        let reference = nextBatchReference()
        // A line that is in an inner batch already stays there.
        for index in replies.indices where replies[index].tags["batch"] == nil {
            replies[index].tags["batch"] = reference
        }
        let start = IRCMessage(
            "BATCH", ["+\(reference)", "labeled-response"], source: serverSource, tags: ["label": label])
        return [start] + replies + [IRCMessage("BATCH", ["-\(reference)"], source: serverSource)]
    }
}
