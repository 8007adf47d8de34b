import FoundationEssentials
import Logging
import Synchronization

/// Where the next connection of one network goes: as configured, or where its STS policy says.
final class ClientRoute: Sendable {
    struct Leg: Hashable, Sendable {
        let port: Int
        let isSecure: Bool
    }

    private let host: String
    private let configured: Leg
    private let policies: STSPolicies
    /// The connection at hand, or the last one.
    private let leg: Mutex<Leg>

    init(_ configuration: IRCClient.Configuration, logger: Logger) {
        host = configuration.host
        configured = Leg(port: configuration.port, isSecure: configuration.tls.isEnabled)
        policies = configuration.stsPolicies ?? STSPolicies(path: nil, logger: logger)
        leg = Mutex(configured)
    }

    func next(at now: Date) -> Leg {
        var next = configured
        if !next.isSecure, let port = policies.port(of: host, at: now) { next = Leg(port: port, isSecure: true) }
        leg.withLock { $0 = next }
        return next
    }

    func upgrade(to port: Int) {
        policies.upgrade(host, to: port)
    }

    func keepSTS(for duration: Duration, at now: Date) {
        let port = leg.withLock(\.port)
        policies.keep(host, port: port, for: duration, at: now)
    }

    func disconnected(at now: Date) {
        if leg.withLock(\.isSecure) { policies.renew(host, at: now) }
    }
}
