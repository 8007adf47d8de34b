import IRCProtocol
import NIOCore

/// The sending side of one connection: at most one write is under way, what comes meanwhile waits in one buffer.
///
///     pending  →  in flight (handed to the channel)  →  the peer
///     |←   together at most ``sendQueueLimit``   →|
///
/// Bound to the event loop of its channel.
final class ListenerConnection {
    /// Bytes that may wait for a peer that reads slowly.
    static let sendQueueLimit = 128 * 1024
    /// How long a peer may take to read what was sent before the connection was closed.
    static let farewell = TimeAmount.seconds(2)

    let channel: any Channel
    private var pending = ByteBuffer()
    private var inFlight = 0
    private var isClosing = false
    private var hasOverflowed = false

    init(channel: any Channel) {
        self.channel = channel
    }

    /// Appends to what waits. Returns false once, when that would be too much: all that waits is given up then, and
    /// what comes after it is the ERROR that says so.
    func enqueue(_ line: ByteBuffer) -> Bool {
        let total = pending.readableBytes + inFlight + line.readableBytes
        guard hasOverflowed || total <= Self.sendQueueLimit else {
            hasOverflowed = true
            pending = ByteBuffer()
            return false
        }
        pending.writeImmutableBuffer(line)
        return true
    }

    /// Hands what waits to the channel, unless a write is under way.
    func flush() {
        guard inFlight == 0 else { return }
        guard pending.readableBytes > 0 else {
            if isClosing { channel.close(promise: nil) }
            return
        }
        let data = pending
        pending = ByteBuffer()
        inFlight = data.readableBytes
        let me = NIOLoopBound(self, eventLoop: channel.eventLoop)
        channel.writeAndFlush(data).whenComplete { _ in
            me.value.inFlight = 0
            me.value.flush()
        }
    }

    /// Closes when everything is written, or when the peer has had its time.
    func closeAfterFlush() {
        isClosing = true
        let me = NIOLoopBound(self, eventLoop: channel.eventLoop)
        channel.eventLoop.scheduleTask(in: Self.farewell) { me.value.closeNow() }
        flush()
    }

    func closeNow() {
        channel.close(promise: nil)
    }
}
