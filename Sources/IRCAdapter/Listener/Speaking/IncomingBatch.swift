/// A `draft/multiline` batch that a client is sending (IRCv3 `multiline`).
struct IncomingBatch: Hashable, Sendable {
    struct Line: Hashable, Sendable {
        let text: String
        /// Goes on where the line before it ended, without a line end between them.
        let isContinuation: Bool
    }

    /// What the client calls it.
    let reference: String
    let target: String
    let clientTags: [String: String]
    let label: String?
    /// PRIVMSG or NOTICE, as its first line says.
    var verb: String?
    var lines: [Line] = []

    /// Bytes of the text, a line end counting as one.
    var byteCount: Int { lines.reduce(0) { $0 + $1.text.utf8.count + ($1.isContinuation ? 0 : 1) } }
}
