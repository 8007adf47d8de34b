package import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Accepts nobody while there are hardly any file descriptors left, and looks again every second.
///
/// Stands first in the pipeline of a server's channel. Without it a socket that cannot be accepted is tried again at once and
/// for ever, which takes a whole core.
package final class AcceptGuard: ChannelDuplexHandler {
    package typealias InboundIn = any Channel
    package typealias OutboundIn = any Channel

    /// How long nobody is accepted before it is tried again.
    private static let pause = TimeAmount.seconds(1)

    private let reserve: DescriptorReserve
    private let isMonitoring: Bool
    /// Lets go of what can go, so that somebody may be accepted later.
    private let makeRoom: () -> Void
    /// The next attempt; nil while connections are accepted.
    private var pausing: Scheduled<Void>?

    package init(reserve: DescriptorReserve, isMonitoring: Bool = false, makeRoom: @escaping () -> Void = {}) {
        self.reserve = reserve
        self.isMonitoring = isMonitoring
        self.makeRoom = makeRoom
    }

    package func read(context: ChannelHandlerContext) {
        guard pausing == nil else { return }
        guard reserve.allowsOne(isMonitoring: isMonitoring) else { return startPause(context) }
        context.read()
    }

    /// That a connection could not be accepted ends neither the listener nor the program.
    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch (error as? IOError)?.errnoCode {
        case EMFILE, ENFILE, ENOBUFS, ENOMEM:
            reserve.ranOut()
            if pausing == nil { startPause(context) }
        // Whoever has gone already was not kept out.
        case ECONNABORTED: return
        default: context.fireErrorCaught(error)
        }
    }

    package func channelInactive(context: ChannelHandlerContext) {
        pausing?.cancel()
        pausing = nil
        context.fireChannelInactive()
    }

    private func startPause(_ context: ChannelHandlerContext) {
        makeRoom()
        let me = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        pausing = context.eventLoop.scheduleTask(in: Self.pause) {
            me.value.handler.pausing = nil
            me.value.handler.read(context: me.value.context)
        }
    }
}
