package import Listening
package import Logging
import Synchronization

/// One address for all chat systems: a path for each.
package final class WebhookReceiver: Sendable {
    private let listener: HTTPListener
    private let chats: Chats

    /// By their paths.
    private final class Chats: Sendable {
        let byPath: Mutex<[String: WebhookChat]>

        init(_ chats: [String: WebhookChat]) {
            byPath = Mutex(chats)
        }
    }

    /// - Parameter chats: each under its path, such as `/talk`.
    package init(
        host: String, port: Int, limits: HTTPListener.Limits = .init(), chats: [String: WebhookChat],
        reserve: DescriptorReserve, logger: Logger
    ) {
        let chats = Chats(chats)
        self.chats = chats
        listener = HTTPListener(host: host, port: port, limits: limits, reserve: reserve, logger: logger) { request in
            guard let chat = chats.byPath.withLock({ $0[request.path] }) else {
                return WebhookResponse(.noSuchPath)
            }
            guard request.method == "POST" else { return WebhookResponse(.wrongMethod) }
            return await chat.answer(request)
        }
    }

    /// Hands requests to these chats from now on, and to no others.
    package func use(_ chats: [String: WebhookChat]) {
        self.chats.byPath.withLock { $0 = chats }
    }

    @discardableResult
    package func start() async throws(HTTPListenerError) -> Int {
        try await listener.start()
    }

    package func stop() async {
        await listener.stop()
    }
}
