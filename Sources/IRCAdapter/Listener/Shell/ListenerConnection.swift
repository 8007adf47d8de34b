import IRCProtocol
import NIOCore

/// One connection. Sending: at most one write is under way, what comes meanwhile waits in one buffer.
///
///     pending  →  in flight (handed to the channel)  →  the peer
///     |←   together at most ``sendQueueLimit``   →|
///
/// Receiving: lines wait while they come too fast or while something is looked up for an earlier one; until they are
/// taken nothing more is read, so that no more wait than one read brings.
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
    private var waiting: [IRCFrame] = []
    private var pace: ListenerPace
    private var isReading = true
    private var isScheduled = false
    /// An earlier line is not answered yet.
    var isHeld = false

    init(channel: any Channel, linesPerSecond: Int) {
        self.channel = channel
        pace = ListenerPace(linesPerSecond: linesPerSecond, at: .now())
    }

    // MARK: - Receiving

    func receive(_ frame: IRCFrame) {
        waiting.append(frame)
    }

    /// The next line that may be taken. Where it has to wait, `later` is called when its time has come.
    func next(later: @escaping @Sendable () -> Void) -> IRCFrame? {
        guard !isHeld, !waiting.isEmpty, !isScheduled else {
            read(if: waiting.isEmpty)
            return nil
        }
        guard let delay = pace.take(at: .now()) else { return waiting.removeFirst() }
        read(if: false)
        isScheduled = true
        let me = NIOLoopBound(self, eventLoop: channel.eventLoop)
        channel.eventLoop.scheduleTask(in: delay) {
            me.value.isScheduled = false
            later()
        }
        return nil
    }

    private func read(if isWanted: Bool) {
        guard isWanted != isReading else { return }
        isReading = isWanted
        try? channel.syncOptions?.setOption(.autoRead, value: isWanted)
    }

    // MARK: - Sending

    /// Appends to what waits. Returns false once, when that would be too much: all that waits is given up then, and
    /// what comes after it is the ERROR that says so.
    func enqueue(_ line: ByteBuffer) -> Bool {
        // A long reply may only have to be handed over: who reads has room for it.
        if !hasOverflowed, !hasRoom(for: line) { flush() }
        guard hasOverflowed || hasRoom(for: line) else {
            hasOverflowed = true
            pending = ByteBuffer()
            return false
        }
        // Most often it is all that there is: then one copy serves all who get it.
        if pending.readableBytes == 0 { pending = line } else { pending.writeImmutableBuffer(line) }
        return true
    }

    private func hasRoom(for line: ByteBuffer) -> Bool {
        pending.readableBytes + inFlight + line.readableBytes <= Self.sendQueueLimit
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
        flush()
        guard channel.isActive else { return }
        let me = NIOLoopBound(self, eventLoop: channel.eventLoop)
        channel.eventLoop.scheduleTask(in: Self.farewell) { me.value.closeNow() }
    }

    func closeNow() {
        channel.close(promise: nil)
    }
}
