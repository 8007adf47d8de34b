import NIOCore

/// Has a connection let in, and closes it where it waits too long for a request, a head that does not come to its end
/// included.
///
/// | the connection                | is closed after               |
/// |-------------------------------|-------------------------------|
/// | has sent no request yet       | ``HTTPListener/Limits/firstHead`` |
/// | waits for the next request    | ``HTTPListener/Limits/idle``      |
/// | has a request under way       | see ``HTTPResponder``             |
/// | and Lotse ends                | ``HTTPListener/Limits/farewell``  |
///
/// Hummingbird closes at once what is idle when it ends, and waits without end for a request that does not come to its end.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = Any
    typealias OutboundIn = Any

    /// What ``HTTPResponder`` says of a request.
    enum Progress {
        case began, answered
    }

    private let doorway: Doorway
    private let limits: HTTPListener.Limits
    private var id: Admission.ID?
    private var deadline: Scheduled<Void>?

    init(through doorway: Doorway, _ limits: HTTPListener.Limits) {
        (self.doorway, self.limits) = (doorway, limits)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { enter(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        enter(context)
        context.fireChannelActive()
    }

    private func enter(_ context: ChannelHandlerContext) {
        guard id == nil else { return }
        id = doorway.enter(context.channel)
        guard id != nil else { return context.close(promise: nil) }
        close(context, in: limits.firstHead)
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        leave()
    }

    private func leave() {
        deadline?.cancel()
        if let id { doorway.leave(id) }
    }

    /// What comes here is a part of a request, its head first.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        begin()
        context.fireChannelRead(data)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        switch event as? Progress {
        case .began: begin()
        case .answered:
            if let id { doorway.waits(id) }
            close(context, in: limits.idle)
        case nil: return context.triggerUserOutboundEvent(event, promise: promise)
        }
        promise?.succeed()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            let channel = context.channel
            context.eventLoop.scheduleTask(in: limits.farewell) { channel.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func begin() {
        deadline?.cancel()
        deadline = nil
        if let id { doorway.began(id) }
    }

    private func close(_ context: ChannelHandlerContext, in time: TimeAmount) {
        let channel = context.channel
        deadline?.cancel()
        deadline = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
    }
}
