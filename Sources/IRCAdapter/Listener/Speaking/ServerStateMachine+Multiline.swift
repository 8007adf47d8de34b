import Facilitation
import IRCProtocol

/// BATCH of the type `draft/multiline`: several lines that are one statement (IRCv3 `multiline`).
extension ServerStateMachine {
    private static let type = "draft/multiline"
    private static let continuation = "draft/multiline-concat"

    mutating func batch(_ message: IRCMessage, from client: ServerClient) {
        guard client.capabilities.contains(.multiline) else { return unknown(message, from: client) }
        let reference = String(message.parameters[0].unicodeScalars.dropFirst())
        if message.parameters[0].begins(with: "+") {
            begin(reference, message, from: client)
        } else if let batch = client.batch, batch.reference == reference {
            clients[client.id]?.batch = nil
            complete(batch, from: client)
        } else {
            failBatch("MULTILINE_INVALID", "There is no such batch", of: client)
        }
    }

    private mutating func begin(_ reference: String, _ message: IRCMessage, from client: ServerClient) {
        guard client.batch == nil, !reference.isEmpty, message.parameter(1) == Self.type else {
            return failBatch("MULTILINE_INVALID", "Only one draft/multiline batch at a time", of: client)
        }
        guard let target = message.parameter(2), !target.isEmpty, !target.utf8.contains(UInt8(ascii: ",")) else {
            return failBatch("MULTILINE_INVALID_TARGET", "A batch goes to one target", context: [""], of: client)
        }
        clients[client.id]?.batch = IncomingBatch(
            reference: reference, target: target, clientTags: message.tags.filter { $0.key.begins(with: "+") },
            label: message.tags["label"])
    }

    /// Whether a line belongs to the batch that is being sent: nothing else is allowed between.
    func takesPart(in batch: IncomingBatch?, _ message: IRCMessage) -> Bool {
        batch != nil && message.verb != "BATCH"
    }

    mutating func addToBatch(_ message: IRCMessage, from client: ServerClient) {
        guard var batch = client.batch, message.tags["batch"] == batch.reference,
            message.verb == "PRIVMSG" || message.verb == "NOTICE", batch.verb ?? message.verb == message.verb
        else { return failBatch("MULTILINE_INVALID", "This does not belong into the batch", of: client) }
        guard let target = message.parameter(0), mapping.fold(target) == mapping.fold(batch.target) else {
            let wrong = message.parameter(0) ?? "*"
            return failBatch("MULTILINE_INVALID_TARGET", "Another target", context: [batch.target, wrong], of: client)
        }
        let line = IncomingBatch.Line(
            text: message.parameter(1) ?? "", isContinuation: message.tags[Self.continuation] != nil)
        guard !(line.isContinuation && line.text.isEmpty) else {
            return failBatch("MULTILINE_INVALID", "An empty line continues nothing", of: client)
        }
        batch.verb = message.verb
        batch.lines.append(line)
        let (maxBytes, maxLines) = (ServerLimits.multilineBytes, ServerLimits.multilineLines)
        guard batch.byteCount - 1 <= maxBytes else {
            failBatch("MULTILINE_MAX_BYTES", "The batch has too many bytes", context: ["\(maxBytes)"], of: client)
            return tellLost(.tooLong, to: client)
        }
        guard batch.lines.count <= maxLines else {
            failBatch("MULTILINE_MAX_LINES", "The batch has too many lines", context: ["\(maxLines)"], of: client)
            return tellLost(.tooLong, to: client)
        }
        clients[client.id]?.batch = batch
    }

    private mutating func failBatch(_ code: String, _ text: String, context: [String] = [], of client: ServerClient) {
        clients[client.id]?.batch = nil
        fail("BATCH", code, text, context: context, to: client)
    }

    private mutating func complete(_ batch: IncomingBatch, from client: ServerClient) {
        guard batch.lines.contains(where: { !$0.text.isEmpty }) else {
            return failBatch("MULTILINE_INVALID", "The batch is empty", of: client)
        }
        clients[client.id]?.lastSpoke = now.date
        label(batch.label, for: client.id) {
            $0.pass(.batch(batch), to: batch.target, tags: batch.clientTags, from: client)
        }
    }

    // MARK: - Passing on

    mutating func relay(
        _ batch: IncomingBatch, as target: String, to ids: [ConnectionID], tags: [String: String],
        from client: ServerClient
    ) {
        let capable = having([.batch, .multiline], among: ids)
        let command = batch.verb ?? "PRIVMSG"
        if !capable.isEmpty {
            let reference = nextBatchReference()
            broadcast(
                IRCMessage("BATCH", ["+\(reference)", Self.type, target]), from: client, to: capable, clientTags: tags)
            for line in batch.lines {
                var message = IRCMessage(command, [target, line.text], source: client.source)
                message.tags["batch"] = reference
                if line.isContinuation { message.tags[Self.continuation] = "" }
                actions.append(.send(message, to: capable))
            }
            broadcast(IRCMessage("BATCH", ["-\(reference)"]), from: client, to: capable)
        }
        // For the others each line is a statement; the id of the whole is that of the first.
        var tags = tags
        for line in batch.lines where !line.text.isEmpty {
            broadcast(
                IRCMessage(command, [target, line.text]), from: client, to: Set(ids).subtracting(capable),
                clientTags: tags)
            tags["msgid"] = nil
        }
    }
}

extension IncomingBatch {
    /// The whole as one line: a line end becomes a space.
    var text: String {
        lines.reduce(into: "") { text, line in
            if !line.isContinuation, !text.isEmpty, !line.text.isEmpty { text += " " }
            text += line.text
        }
    }
}
