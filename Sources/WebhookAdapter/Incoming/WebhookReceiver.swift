package import Listening
package import Logging

/// One address for all chat systems: a path for each.
package final class WebhookReceiver: Sendable {
    private let listener: HTTPListener

    /// - Parameter chats: each under its path, such as `/talk`.
    package init(
        host: String, port: Int, limits: HTTPListener.Limits = .init(), chats: [String: WebhookChat],
        reserve: DescriptorReserve, logger: Logger
    ) {
        listener = HTTPListener(host: host, port: port, limits: limits, reserve: reserve, logger: logger) { request in
            guard let chat = chats[request.path] else {
                return WebhookResponse(.noSuchPath)
            }
            guard request.method == "POST" else { return WebhookResponse(.wrongMethod) }
            return await chat.answer(request)
        }
    }

    @discardableResult
    package func start() async throws(HTTPListenerError) -> Int {
        try await listener.start()
    }

    package func stop() async {
        await listener.stop()
    }
}
