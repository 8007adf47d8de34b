import IRCProtocol

/// Lines that a network sends as one whole (IRCv3 `batch`): remembers which are open, and puts a text of several lines
/// together.
struct Batches: Hashable, Sendable {
    /// What a batch is about, as far as the bot acts on it.
    enum Kind: String, Hashable, Sendable {
        case chatHistory = "chathistory"
        case chatHistoryTargets = "draft/chathistory-targets"
        case multiline = "draft/multiline"
        case netsplit
        /// What a bouncer has kept and was not asked for.
        case playback = "znc.in/playback"
    }

    enum Arrival: Hashable, Sendable {
        /// A line, or a text that is complete now, and the kind of batch that it stands in.
        case line(IRCMessage, in: Kind?)
        /// So many lines of the history of a channel, or of what one person and the bot said, have come.
        case endOfHistory(of: String, lines: Int)
        /// Everybody is listed to whom something was said.
        case endOfTargets
        /// A text without end was dropped.
        case tooLong(IRCMessage)
    }

    private struct Batch: Hashable, Sendable {
        var kind: Kind?
        var opening: IRCMessage
        /// The first line of a text, with all that was gathered of it: of the others nothing else is needed.
        var text: IRCMessage?
        /// Lines that were handed on, or bytes that were gathered.
        var count = 0

        /// One line of speech: where the sender broke lines there is a space, where her client did there is nothing.
        mutating func add(_ piece: String, of message: IRCMessage) {
            guard text != nil else {
                text = IRCMessage(
                    message.command, [message.parameter(0) ?? "", piece], source: message.source, tags: message.tags)
                return
            }
            let isConcatenated = message.tags["draft/multiline-concat"] != nil
            text?.parameters[1] += (isConcatenated ? "" : " ") + piece
        }

        /// The text, as said by whoever opened the batch.
        var whole: IRCMessage? {
            guard var whole = text else { return nil }
            whole.source = opening.source ?? whole.source
            whole.tags.merge(opening.tags) { $1 }
            return whole
        }
    }

    /// Batches that may be open at once; lines of further ones count as if they stood alone.
    private static let limit = 32
    /// Bytes of one text; networks allow far less.
    private static let textLimit = 64 * 1024

    private var open: [String: Batch] = [:]

    /// What has to be dealt with now that `message` has come.
    mutating func take(_ message: IRCMessage) -> [Arrival] {
        if message.verb == "BATCH", let reference = message.parameter(0) {
            if reference.hasPrefix("+") { begin(String(reference.dropFirst()), message) }
            return reference.hasPrefix("-") ? end(String(reference.dropFirst())) : []
        }
        guard let reference = message.tags["batch"], let batch = open[reference] else {
            return [.line(message, in: nil)]
        }
        if batch.kind == .multiline {
            gather(message, in: reference)
            return []
        }
        open[reference]?.count += 1
        return [.line(message, in: batch.kind)]
    }

    private mutating func begin(_ reference: String, _ message: IRCMessage) {
        guard open.count < Self.limit else { return }
        open[reference] = Batch(kind: message.parameter(1).flatMap(Kind.init), opening: message)
    }

    private mutating func gather(_ message: IRCMessage, in reference: String) {
        guard var batch = open[reference] else { return }
        open[reference] = nil
        let piece = message.parameter(1) ?? ""
        batch.count += 1 + piece.utf8.count
        if batch.count <= Self.textLimit { batch.add(piece, of: message) }
        open[reference] = batch
    }

    private mutating func end(_ reference: String) -> [Arrival] {
        guard let batch = open.removeValue(forKey: reference) else { return [] }
        switch batch.kind {
        case .chatHistory: return [.endOfHistory(of: batch.opening.parameter(2) ?? "", lines: batch.count)]
        case .chatHistoryTargets: return [.endOfTargets]
        case .multiline:
            guard let message = batch.whole else { return [] }
            if batch.count > Self.textLimit { return [.tooLong(message)] }
            guard let outer = batch.opening.tags["batch"] else { return [.line(message, in: .multiline)] }
            open[outer]?.count += 1
            return [.line(message, in: open[outer]?.kind)]
        case .netsplit, .playback, nil: return []
        }
    }
}
