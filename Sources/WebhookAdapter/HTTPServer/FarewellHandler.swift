import NIOCore

/// Closes a connection a moment after its server was told to end, whatever is still under way there.
///
/// Hummingbird closes at once what is idle, and waits without end for a request that does not come to its end.
final class FarewellHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    private let time: TimeAmount

    init(within time: TimeAmount) {
        self.time = time
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            let channel = context.channel
            context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }
}
