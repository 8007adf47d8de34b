/// What the decoder makes of one line.
///
/// A bad line is a case and not a thrown error: a decoder that throws once refuses every later byte.
package enum IRCFrame: Hashable, Sendable {
    case message(IRCMessage)
    /// The line, or its tags, exceed the limit; reported once, its bytes are dropped up to the next LF.
    case tooLong
    /// The line is not UTF-8. What can be read of it, with U+FFFD where it cannot: a peer's QUIT has to count even if
    /// its parting words are in another encoding.
    case notUTF8(IRCMessage)
    case malformed(Reason)

    package enum Reason: Hashable, Sendable {
        /// CR that is not followed by LF; some servers run what follows it as a command of its own.
        case carriageReturn
        case nul
        /// Tags or a source and nothing behind them.
        case noCommand
    }
}
