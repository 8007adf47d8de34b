import IRCProtocol
import NIOCore

/// Sits at the end of one connection's pipeline and hands its frames to the ``ListenerCore``.
final class ListenerConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = IRCFrame

    private let core: ListenerCore
    private let isSecure: Bool
    private var id: ConnectionID?

    init(core: ListenerCore, isSecure: Bool) {
        self.core = core
        self.isSecure = isSecure
    }

    func channelActive(context: ChannelHandlerContext) {
        id = core.open(context.channel, isSecure: isSecure)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let id else { return }
        core.receive(unwrapInboundIn(data), from: id)
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
