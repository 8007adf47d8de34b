import FoundationEssentials
import Synchronization

/// Keeps the keys of partners for a second, so that their files are not read for each webhook; a new key counts soon.
final class KeyRing: Sendable {
    private struct Kept {
        let keys: [WebhookKey]
        let readAt: Date
    }

    private let kept = Mutex<[String: Kept]>([:])

    func keys(of partner: Partner, at now: Date) throws -> [WebhookKey] {
        if let known = kept.withLock({ $0[partner.name] }), abs(now.timeIntervalSince(known.readAt)) < 1 {
            return known.keys
        }
        let keys = try partner.keys()
        kept.withLock { $0[partner.name] = Kept(keys: keys, readAt: now) }
        return keys
    }
}
