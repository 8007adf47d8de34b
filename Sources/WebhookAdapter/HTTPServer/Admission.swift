/// Who may be connected: so many in all, and so many of one address, so that nobody keeps others out by saying nothing.
///
/// | there are too many           | then goes                                                                        |
/// |------------------------------|----------------------------------------------------------------------------------|
/// | of one address               | of its connections that wait for a request, the one that has waited the longest    |
/// | in all                       | the same of the address that has most of such connections                        |
/// | and none waits for a request | whoever comes                                                                    |
struct Admission {
    typealias ID = UInt64
    /// An address; with IPv6 the 64 bits of which somebody has all; nil where it is not known.
    typealias Origin = IPAddress?

    enum Verdict: Hashable {
        /// Let in; where another connection is named, that one has to go.
        case admitted(insteadOf: ID?)
        case refused
    }

    private struct Connection {
        let origin: Origin
        /// Counts up: who began to wait earlier has a smaller number. Nil while a request is under way.
        var waitingSince: UInt64?
    }

    let limit: Int
    let limitPerAddress: Int
    /// Of these any number may be connected: proxies that many people come through.
    let proxies: [IPNetwork]
    private var connections: [ID: Connection] = [:]
    private var counts: [Origin: Int] = [:]
    private var clock: UInt64 = 0

    init(limit: Int, limitPerAddress: Int, proxies: [IPNetwork] = []) {
        (self.limit, self.limitPerAddress, self.proxies) = (limit, limitPerAddress, proxies)
    }

    var count: Int { connections.count }

    mutating func enter(_ id: ID, from address: IPAddress?) -> Verdict {
        let origin = address?.origin
        let isProxy = address.map { address in proxies.contains { $0.contains(address) } } ?? false
        var victim: ID?
        if counts[origin, default: 0] >= limitPerAddress, !isProxy {
            victim = longestWaiting(of: origin)
            guard victim != nil else { return .refused }
        } else if connections.count >= limit {
            victim = mostWaiting().flatMap(longestWaiting)
            guard victim != nil else { return .refused }
        }
        if let victim { leave(victim) }
        clock += 1
        connections[id] = Connection(origin: origin, waitingSince: clock)
        counts[origin, default: 0] += 1
        return .admitted(insteadOf: victim)
    }

    /// A request has begun.
    mutating func began(_ id: ID) {
        connections[id]?.waitingSince = nil
    }

    /// What was under way is answered.
    mutating func waits(_ id: ID) {
        clock += 1
        connections[id]?.waitingSince = clock
    }

    mutating func leave(_ id: ID) {
        guard let origin = connections.removeValue(forKey: id)?.origin, let count = counts[origin] else { return }
        counts[origin] = count > 1 ? count - 1 : nil
    }

    private func longestWaiting(of origin: Origin) -> ID? {
        connections.filter { $0.value.origin == origin && $0.value.waitingSince != nil }
            .min { ($0.value.waitingSince ?? .max) < ($1.value.waitingSince ?? .max) }?.key
    }

    private func mostWaiting() -> Origin? {
        var waiting: [Origin: Int] = [:]
        for connection in connections.values where connection.waitingSince != nil {
            waiting[connection.origin, default: 0] += 1
        }
        return waiting.max { $0.value < $1.value }?.key
    }
}

extension IPAddress {
    /// What counts as one: IPv4 in the form of IPv6 is IPv4, and of IPv6 somebody has 64 bits.
    fileprivate var origin: IPAddress {
        guard case .v6(let bits) = self else { return self }
        return bits >> 32 == 0xFFFF ? .v4(UInt32(truncatingIfNeeded: bits)) : .v6((bits >> 64) << 64)
    }
}
