import IRCProtocol

extension SendQueue.Entry {
    /// The lines that leave; those of one text as a batch.
    ///
    ///     @label=7 BATCH +m7 draft/multiline #room
    ///     @batch=m7 PRIVMSG #room :the beginning·
    ///     @batch=m7;draft/multiline-concat PRIVMSG #room :and the rest
    ///     BATCH -m7
    ///
    /// - Parameters:
    ///   - reference: names the batch.
    ///   - label: comes back with the server's answer (IRCv3 `labeled-response`).
    func messages(reference: String, label: Int?) -> [IRCMessage] {
        var tags = message.tags
        if let label { tags["label"] = String(label) }
        guard !continuation.isEmpty else { return [IRCMessage(message.command, message.parameters, tags: tags)] }
        let first = IRCMessage(message.command, message.parameters, tags: ["batch": reference])
        let rest = continuation.map {
            IRCMessage(message.command, [target, $0], tags: ["batch": reference, "draft/multiline-concat": ""])
        }
        return [IRCMessage("BATCH", ["+\(reference)", "draft/multiline", target], tags: tags), first] + rest
            + [IRCMessage("BATCH", ["-\(reference)"])]
    }
}
