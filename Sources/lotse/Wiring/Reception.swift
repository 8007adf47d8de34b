import Listening
import Logging
import ServiceLifecycle
import Synchronization
import WebhookAdapter

/// The address at which chat systems arrive; opened as soon as there is one.
final class Reception: Service {
    private let address: Configuration.Receiver
    private let reserve: DescriptorReserve
    private let logger: Logger
    private let running = Mutex<WebhookReceiver?>(nil)

    init(_ address: Configuration.Receiver, reserve: DescriptorReserve, logger: Logger) {
        self.address = address
        self.reserve = reserve
        self.logger = logger
    }

    /// Hands requests to these chats from now on, by their paths.
    func use(_ chats: [String: WebhookChat]) async throws(HTTPListenerError) {
        if let receiver = running.withLock(\.self) { return receiver.use(chats) }
        guard !chats.isEmpty else { return }
        let receiver = WebhookReceiver(
            host: address.address, port: address.port, limits: address.limits, chats: chats, reserve: reserve,
            logger: logger)
        try await receiver.start()
        running.withLock { $0 = receiver }
    }

    /// Takes nothing more from chat systems when the program ends.
    func run() async throws {
        try? await gracefulShutdown()
        await running.withLock(\.self)?.stop()
    }
}
