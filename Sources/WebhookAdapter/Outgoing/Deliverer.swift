package import Facilitation
package import FoundationEssentials
package import Logging
import Synchronization

/// Delivers notices to partners: what is due is sent, how it went is stored, and what follows is sent then.
///
/// ```
/// wake ──▶ store.due ──▶ CurlMulti ──▶ verdict ──▶ store.record ──▶ the next of the same session
/// ```
///
/// A lane is one partner and one session: of each lane one notice is under way at a time, so that a partner gets them in
/// sequence. A partner has few lanes under way at once, and one while it fails: so a slow one takes no room from others.
package final class Deliverer: Sendable {
    package struct Limits: Sendable {
        /// How many webhooks are under way at once.
        package var underWay = 512
        /// The same for one partner.
        package var perPartner = 4

        package init() {}
    }

    private struct Lane: Hashable {
        let partner: String
        let session: String
    }

    /// A transfer that has ended.
    private struct Ending: Sendable {
        let delivery: Delivery
        let result: Result<HTTPResponse, HTTPFailure>
        let duration: Duration
    }

    /// What is under way; of the one task that runs.
    private struct Desk {
        var lanes: Set<Lane> = []
        var perPartner: [String: Int] = [:]
        /// Partners that asked to be left alone.
        var heldUntil: [String: Date] = [:]
        /// Partners whose last attempt failed.
        var failing: Set<String> = []
        /// Partners that were turned off, and have accepted nothing since.
        var off: Set<String> = []
        /// Whether all partners are to be looked at: something may be due that is not known.
        var looksEverywhere = true
        /// Partners of which more was due than had room.
        var crowded: Set<String> = []
        /// Ended, and not stored yet.
        var attempts: [DeliveryAttempt] = []
    }

    private let present: Mutex<[String: Partner]>
    private var partners: [String: Partner] { present.withLock(\.self) }
    private let store: any DeliveryStore
    private let http: CurlMulti
    private let limits: Limits
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let chance: @Sendable () -> Double
    private let turnedOff: @Sendable (Partner) -> Void

    /// What came of the attempts since the start.
    package let counts = DeliveryCounts()
    private let endings = Mutex<[Ending]>([])
    private let isLookDue = Atomic(true)
    private let ring = KeyRing()
    private let signal: AsyncStream<Void>
    private let wakeUp: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - now: the time; seconds count.
    ///   - chance: a random number from -1 to 1, for the distance between attempts.
    ///   - turnedOff: told of a partner that is told nothing more.
    package init(
        partners: [Partner], store: any DeliveryStore, http: CurlMulti, limits: Limits = Limits(), logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() },
        chance: @escaping @Sendable () -> Double = { .random(in: -1...1) },
        turnedOff: @escaping @Sendable (Partner) -> Void
    ) {
        present = Mutex(Dictionary(partners.map { ($0.name, $0) }, uniquingKeysWith: { $1 }))
        self.store = store
        self.http = http
        self.limits = limits
        self.logger = logger
        self.now = now
        self.chance = chance
        self.turnedOff = turnedOff
        (signal, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Delivers to these partners from now on. What waits for others waits on.
    package func use(_ partners: [Partner]) {
        present.withLock { $0 = Dictionary(partners.map { ($0.name, $0) }, uniquingKeysWith: { $1 }) }
        wake()
    }

    /// Looks for what is due: after something was stored, and now and then because of the time.
    package func wake() {
        isLookDue.store(true, ordering: .relaxed)
        wakeUp.yield()
    }

    /// Delivers until it is cancelled; what is under way then is delivered again after the next start.
    package func run() async throws(StoreError) {
        let end: StoreError? = await withDiscardingTaskGroup { tasks in
            defer { http.close() }
            var desk = Desk()
            for await _ in signal {
                if !isLookDue.load(ordering: .relaxed) { await gather() }
                do throws(StoreError) {
                    for delivery in try await turn(&desk) { tasks.addTask { await self.send(delivery) } }
                } catch {
                    logger.error("deliveries were not stored", metadata: ["error": "\(error)"])
                    if case .failed = error { return error }
                }
            }
            return nil
        }
        if let end { throw end }
    }

    /// Lets a few more end, so that one commit does for all of them.
    private func gather() async {
        try? await Task.sleep(for: .milliseconds(5))
    }

    /// Stores what has ended, and returns what is to be sent now.
    private func turn(_ desk: inout Desk) async throws(StoreError) -> [Delivery] {
        let ended = endings.withLock { endings in
            defer { endings = [] }
            return endings
        }
        for ending in ended { desk.attempts.append(attempt(ending, &desk)) }
        var candidates: [Delivery] = []
        if !desk.attempts.isEmpty {
            candidates = try await store.record(desk.attempts)
            for attempt in desk.attempts { settle(attempt, &desk) }
            desk.attempts = []
        }
        candidates += try await lookForMore(&desk)
        var taken: [Delivery] = []
        for candidate in candidates {
            if take(candidate, &desk) {
                taken.append(candidate)
            } else if !desk.lanes.contains(Lane(partner: candidate.partner, session: candidate.session)) {
                desk.crowded.insert(candidate.partner)
            }
        }
        counts.set(underWay: desk.lanes.count)
        return taken
    }

    /// What follows in a lane is known already; everything else has to be looked for.
    private func lookForMore(_ desk: inout Desk) async throws(StoreError) -> [Delivery] {
        if isLookDue.exchange(false, ordering: .relaxed) { desk.looksEverywhere = true }
        let moment = now()
        let ready = (desk.looksEverywhere ? Set(partners.keys) : desk.crowded).filter {
            room(for: $0, desk) > 0 && desk.heldUntil[$0].map { $0 <= moment } ?? true
        }
        guard !ready.isEmpty, desk.lanes.count < limits.underWay else { return [] }
        // Those under way are found again, and have waited longest.
        let limit = desk.lanes.count + limits.underWay
        let found = try await store.due(at: moment, for: Array(ready), limit: limit)
        if desk.looksEverywhere { desk.crowded = Set(desk.perPartner.keys.filter { room(for: $0, desk) <= 0 }) }
        desk.looksEverywhere = found.count == limit
        return found
    }

    private func room(for partner: String, _ desk: Desk) -> Int {
        (desk.failing.contains(partner) ? 1 : limits.perPartner) - desk.perPartner[partner, default: 0]
    }

    /// Whether the delivery can go out now; what cannot is found again.
    private func take(_ delivery: Delivery, _ desk: inout Desk) -> Bool {
        let lane = Lane(partner: delivery.partner, session: delivery.session)
        let isHeld = desk.heldUntil[delivery.partner].map { $0 > now() } ?? false
        guard !isHeld, desk.lanes.count < limits.underWay, room(for: delivery.partner, desk) > 0,
            desk.lanes.insert(lane).inserted
        else { return false }
        desk.perPartner[delivery.partner, default: 0] += 1
        return true
    }

    // MARK: One attempt

    private func send(_ delivery: Delivery) async {
        let clock = ContinuousClock()
        let start = clock.now
        let result: Result<HTTPResponse, HTTPFailure>
        do throws(HTTPFailure) {
            result = .success(try await http.send(request(for: delivery)))
        } catch {
            result = .failure(error)
        }
        // Nothing is known of what Lotse broke off itself.
        if case .failure(.cancelled) = result { return }
        endings.withLock { $0.append(Ending(delivery: delivery, result: result, duration: clock.now - start)) }
        wakeUp.yield()
    }

    private func request(for delivery: Delivery) throws(HTTPFailure) -> HTTPRequest {
        guard let partner = partners[delivery.partner], let body = WebhookBody.bytes(of: delivery) else {
            throw .notSent(reason: "cannot be understood")
        }
        do {
            let keys = try ring.keys(of: partner, at: now())
            return partner.request(id: delivery.notice.id, body: body, at: now(), signedBy: keys)
        } catch {
            logger.error("no key to sign with", metadata: ["partner": "\(partner.name)", "error": "\(error)"])
            throw .notSent(reason: "no key")
        }
    }

    private func attempt(_ ending: Ending, _ desk: inout Desk) -> DeliveryAttempt {
        let (delivery, moment) = (ending.delivery, now())
        let response = try? ending.result.get()
        var failure: HTTPFailure?
        if case .failure(let reason) = ending.result { failure = reason }
        let verdict = DeliverySchedule.verdict(
            attempt: delivery.attempts + 1, status: response?.status, retryAfter: response?.retryAfter,
            failingSince: delivery.failingSince, at: moment, chance: chance())
        if case .again(let next, pause: true) = verdict { desk.heldUntil[delivery.partner] = next }
        let attempt = DeliveryAttempt(
            delivery: delivery, at: moment, status: response?.status, failure: failure.map { "\($0)" },
            duration: response?.duration ?? ending.duration, verdict: DeliveryAttempt.Verdict(verdict))
        log(attempt)
        counts.count(attempt.verdict.name, seconds: attempt.duration / .seconds(1))
        return attempt
    }

    /// The lane is free again.
    private func settle(_ attempt: DeliveryAttempt, _ desk: inout Desk) {
        let name = attempt.delivery.partner
        desk.lanes.remove(Lane(partner: name, session: attempt.delivery.session))
        let left = desk.perPartner[name, default: 1] - 1
        desk.perPartner[name] = left > 0 ? left : nil
        guard attempt.verdict != .delivered else {
            desk.failing.remove(name)
            desk.off.remove(name)
            return
        }
        desk.failing.insert(name)
        if case .off = attempt.verdict, let partner = partners[name], desk.off.insert(name).inserted {
            turnedOff(partner)
        }
    }

    private func log(_ attempt: DeliveryAttempt) {
        let metadata: Logger.Metadata = [
            "partner": "\(attempt.delivery.partner)", "id": "\(attempt.delivery.notice.id)",
            "attempt": "\(attempt.delivery.attempts + 1)",
            "answer": "\(attempt.status.map(String.init) ?? attempt.failure ?? "none")",
        ]
        switch attempt.verdict {
        case .delivered: logger.debug("delivered", metadata: metadata)
        case .again: logger.info("not delivered, is tried again", metadata: metadata)
        case .dead:
            logger.warning("not delivered after the last attempt; see: lotse partners replay", metadata: metadata)
        case .off:
            logger.warning(
                "the partner is off and is told nothing more; see: lotse partners enable", metadata: metadata)
        }
    }
}

extension DeliveryAttempt.Verdict {
    /// As metrics name it.
    fileprivate var name: String {
        switch self {
        case .delivered: "delivered"
        case .again: "again"
        case .dead: "dead"
        case .off: "off"
        }
    }

    init(_ verdict: DeliverySchedule.Verdict) {
        self =
            switch verdict {
            case .delivered: .delivered
            case .again(let moment, _): .again(at: moment)
            case .dead: .dead
            case .off(let reason): .off(reason: reason.rawValue)
            }
    }
}

extension Partner {
    /// A signed request, as it goes out at `moment`.
    func request(
        id: String, body: [UInt8], at moment: Date, signedBy keys: [WebhookKey]
    ) -> HTTPRequest {
        let webhook = StandardWebhook(id: id, timestamp: Int(moment.timeIntervalSince1970), body: body)
        return HTTPRequest(
            url: url,
            headers: [("content-type", "application/json")] + webhook.headers(signedBy: keys), body: body,
            allowsPlaintext: allowsPlaintext)
    }
}
