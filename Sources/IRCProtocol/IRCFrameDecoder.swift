package import NIOCore

/// Cuts a stream of bytes into lines and these into frames, within bounds.
///
///     @tags……………………·:source COMMAND parameters…………CR LF        (CR may be missing)
///     |← tagLimit  →||←           512             →|
///
/// Lines without anything in them are skipped, as RFC 1459 section 2.3.1 asks. After a line that is too long the
/// decoder drops bytes up to the next LF and goes on from there; it never holds more than one line.
package struct IRCFrameDecoder: NIOSingleStepByteToMessageDecoder {
    package typealias InboundOut = IRCFrame

    /// Which side sends the lines: it decides how long their tags may be (IRCv3 `message-tags`).
    package enum Sender: Sendable {
        /// 4094 bytes of tags, with `@` and the space around them.
        case client
        /// 4094 bytes of its own and as many relayed, with `;`, `@` and the space: 8191.
        case server

        fileprivate var tagLimit: Int {
            switch self {
            case .client: IRCMessage.tagDataLimit + 2
            case .server: IRCMessage.tagLimit
            }
        }
    }

    private let tagLimit: Int
    /// Bytes from the reader index on that are known to contain no LF.
    private var scanned = 0
    private var isDropping = false

    package init(linesFrom sender: Sender) {
        tagLimit = sender.tagLimit
    }

    package mutating func decode(buffer: inout ByteBuffer) -> IRCFrame? {
        while true {
            let unread = buffer.readableBytesView
            guard let end = unread.dropFirst(scanned).firstIndex(of: UInt8(ascii: "\n")) else {
                return stopWithoutLineEnd(&buffer)
            }
            scanned = 0
            let length = end - unread.startIndex
            let line = unread[..<end]
            buffer.moveReaderIndex(forwardBy: length + 1)
            if isDropping {
                isDropping = false
            } else if let frame = frame(from: line) {
                return frame
            }
        }
    }

    /// A line that the peer did not finish before it went away is not a line.
    package mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) -> IRCFrame? {
        decode(buffer: &buffer)
    }

    /// Keeps what may become a line; drops what cannot any more.
    private mutating func stopWithoutLineEnd(_ buffer: inout ByteBuffer) -> IRCFrame? {
        scanned = buffer.readableBytes
        if !isDropping {
            // The CR LF that is still missing is part of the 512.
            guard exceedsLimits(buffer.readableBytesView, ending: 1) else { return nil }
        }
        let isNews = !isDropping
        isDropping = true
        scanned = 0
        buffer.moveReaderIndex(forwardBy: buffer.readableBytes)
        return isNews ? .tooLong : nil
    }

    private func frame(from line: ByteBufferView) -> IRCFrame? {
        if exceedsLimits(line, ending: 1) { return .tooLong }
        let content = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        if content.isEmpty { return nil }
        if content.contains(0) { return .malformed(.nul) }
        if content.contains(UInt8(ascii: "\r")) { return .malformed(.carriageReturn) }
        guard let message = IRCMessage(parsing: content) else {
            return content.allSatisfy { $0 == UInt8(ascii: " ") } ? nil : .malformed(.noCommand)
        }
        return String(validating: content, as: UTF8.self) == nil ? .notUTF8(message) : .message(message)
    }

    /// - Parameter ending: bytes of the line end that are not in `line`.
    private func exceedsLimits(_ line: ByteBufferView, ending: Int) -> Bool {
        guard line.first == UInt8(ascii: "@") else { return line.count + ending > IRCMessage.bodyLimit }
        guard let space = line.firstIndex(of: UInt8(ascii: " ")) else { return line.count > tagLimit }
        let tags = space + 1 - line.startIndex
        return tags > tagLimit || line.count - tags + ending > IRCMessage.bodyLimit
    }
}
