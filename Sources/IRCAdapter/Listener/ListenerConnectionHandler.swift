import IRCProtocol
import NIOCore

/// Sits at the end of one connection's pipeline and hands its frames to the ``ListenerCore``.
final class ListenerConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = IRCFrame

    private let core: ListenerCore
    private var id: ConnectionID?

    init(core: ListenerCore) {
        self.core = core
    }

    func channelActive(context: ChannelHandlerContext) {
        id = core.open(context.channel)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let id else { return }
        core.handle(.frame(id, unwrapInboundIn(data)))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        core.flush()
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let id { core.closed(id) }
        id = nil
        context.fireChannelInactive()
    }

    /// A broken connection ends that connection and nothing else.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
