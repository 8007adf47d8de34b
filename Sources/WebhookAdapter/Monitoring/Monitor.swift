package import Listening
package import Logging

/// Tells a monitoring system how Lotse is doing: `/health` and `/metrics`, on an address of its own.
package final class Monitor: Sendable {
    private let listener: HTTPListener

    /// - Parameters:
    ///   - health: how Lotse is doing at this moment.
    ///   - metrics: the figures of this moment.
    package init(
        host: String, port: Int, limits: HTTPListener.Limits = .init(), reserve: DescriptorReserve, logger: Logger,
        health: @escaping @Sendable () async -> Health,
        metrics: @escaping @Sendable () async -> [Metric]
    ) {
        listener = HTTPListener(
            host: host, port: port, limits: limits, reserve: reserve, isMonitoring: true, logger: logger
        ) { request in
            guard request.method == "GET" else { return WebhookResponse(status: WebhookRefusal.wrongMethod.rawValue) }
            switch request.path {
            case "/health":
                let health = await health()
                return .text(health.text, status: health.trouble == nil ? 200 : 503)
            case "/metrics": return .text(await metrics().map(\.text).joined(), status: 200)
            default: return WebhookResponse(status: WebhookRefusal.noSuchPath.rawValue)
            }
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

extension WebhookResponse {
    fileprivate static func text(_ text: String, status: Int) -> WebhookResponse {
        WebhookResponse(
            status: status, body: Array(text.utf8), contentType: "text/plain; version=0.0.4; charset=utf-8")
    }
}
