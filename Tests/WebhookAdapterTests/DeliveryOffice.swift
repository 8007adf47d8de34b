import DialogEngine
import Facilitation
import FacilitationTesting
import Foundation
import Logging
import LoopbackTesting
import SQLiteStore
import Synchronization
import Testing

@testable import WebhookAdapter

/// A store with notices and a deliverer in front of it; the time stands still until a test moves it.
final class DeliveryOffice: Sendable {
    struct State: Hashable, Sendable {
        let name: String
        let waiting: Int
        let delivered: Int
        let dead: Int

        init(_ name: String, waiting: Int = 0, delivered: Int = 0, dead: Int = 0) {
            (self.name, self.waiting, self.delivered, self.dead) = (name, waiting, delivered, dead)
        }
    }

    private let folder = FileManager.default.temporaryDirectory.appending(path: "lotse-webhooks-\(UUID().uuidString)")
    private var path: String { folder.path + "/lotse.sqlite" }
    private let store: CountingStore
    private let partners: [Partner]
    private let key: WebhookKey
    private let now = Mutex(SampleConversation.beginning.addingTimeInterval(3600))
    private let conversations = Mutex<[String: SampleConversation]>([:])
    private let deliverer = Mutex<Deliverer?>(nil)
    private let turnedOff: AsyncStream<String>
    private let turnedOffContinuation: AsyncStream<String>.Continuation

    init(_ urls: [String: String]) throws {
        let key = try WebhookKey(WebhookKey.makeShared())
        self.key = key
        partners = urls.map { name, url in
            Partner(
                name: name, url: url, allowsPlaintext: true, view: .init(groups: []), keys: { [key] })
        }
        store = CountingStore(try SQLiteStore(at: folder.path + "/lotse.sqlite", logger: .silent))
        (turnedOff, turnedOffContinuation) = AsyncStream.makeStream()
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Stores so many notices for a partner, each with a change of its session.
    func store(
        _ count: Int, for partner: String, session: String = "s", sessions: Int = 1, thenForget: Bool = false
    ) async throws {
        for number in 1...sessions {
            let id = "\(session)\(number)"
            for news in 1...count { _ = try await store.store.append(change(of: id, for: partner, "news \(news)")) }
            guard thenForget else { continue }
            let forgetting = conversations.withLock { $0[id]?.say(.forgetMe(confirmed: true), by: .bernd) }
            _ = try await store.store.append(#require(forgetting))
        }
    }

    /// Stores so many notices for each partner, those of a session with one change each.
    func store(_ count: Int, forEach partners: [String], sessions: Int) async throws {
        for number in 1...sessions {
            for news in 1...count {
                var change = change(of: "s\(number)", for: "", "news \(news)")
                let first = change.notices[0]
                change.notices = partners.map { partner in
                    PartnerNotice(
                        id: WebhookBody.makeID(), partner: partner, type: first.type, at: first.at, text: first.text,
                        data: first.data)
                }
                _ = try await store.store.append(change)
            }
        }
    }

    private func change(of session: String, for partner: String, _ text: String) -> Change {
        let moment = now.withLock { $0 }
        return conversations.withLock { conversations in
            var conversation = conversations[session] ?? SampleConversation(session)
            defer { conversations[session] = conversation }
            var change =
                conversations[session] == nil ? conversation.begin() : conversation.contribute(text, by: .bernd)
            let data = PartnerData(session: .init(id: session, name: session))
            change.notices = [
                PartnerNotice(
                    id: WebhookBody.makeID(), partner: partner, type: "answer.agreed", at: moment, text: text,
                    data: data.json(PartnerData.encoder))
            ]
            return change
        }
    }

    /// Delivers while `body` runs.
    func delivering(_ body: () async throws -> Void) async throws {
        let deliverer = Deliverer(
            partners: partners, store: store,
            http: CurlMulti(allowedNetworks: [IPNetwork("127.0.0.1")].compactMap { $0 }), logger: .silent,
            now: { self.now.withLock { $0 } }, chance: { 0 },
            turnedOff: { self.turnedOffContinuation.yield($0.name) })
        self.deliverer.withLock { $0 = deliverer }
        let running = Task { try await deliverer.run() }
        deliverer.wake()
        let result: Result<Void, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        running.cancel()
        try await running.value
        try result.get()
    }

    /// Moves the clock on.
    func pass(_ duration: Duration) {
        now.withLock { $0.addTimeInterval(duration / .seconds(1)) }
        deliverer.withLock { $0 }?.wake()
    }

    /// Waits until so many attempts are stored.
    func settled(attempts: Int) async throws {
        await store.recorded(attempts)
    }

    func due() async throws -> Int {
        try await store.due(at: now.withLock { $0 }, for: partners.map(\.name), limit: 1000).count
    }

    func states() async throws -> [State] {
        var states: [State] = []
        for partner in partners.map(\.name).sorted() {
            let log = try await store.store.deliveryLog(of: partner, limit: 10_000)
            let byState = Dictionary(grouping: log) { $0.state }.mapValues { Set($0.map(\.id)).count }
            states.append(
                State(
                    partner, waiting: byState["waiting"] ?? 0, delivered: byState["delivered"] ?? 0,
                    dead: byState["dead"] ?? 0))
        }
        return states
    }

    /// The next partner that was turned off.
    func nextTurnedOff() async -> String? {
        var iterator = turnedOff.makeAsyncIterator()
        return await iterator.next(isolation: #isolation)
    }

    func enable(_ partner: String) throws {
        _ = try SQLiteStore.change(.enable(partner, at: now.withLock { $0 }), inFileAt: path)
    }

    func replay(_ partner: String) throws -> Int {
        let moment = now.withLock { $0 }
        return try SQLiteStore.change(.replay(partner, .since(.distantPast), at: moment), inFileAt: path)
    }

    func isSigned(_ request: HTTPPeer.Request) -> Bool {
        let webhook = StandardWebhook(
            id: request.headers["webhook-id"] ?? "", timestamp: Int(request.headers["webhook-timestamp"] ?? "") ?? 0,
            body: Array(request.body.utf8))
        return webhook.isSigned(
            request.headers["webhook-signature"] ?? "", by: [key],
            now: Int(now.withLock { $0 }.timeIntervalSince1970))
    }
}

/// A store that tells how many attempts it has kept.
private final class CountingStore: DeliveryStore {
    let store: SQLiteStore
    private let counts: AsyncStream<Int>
    private let continuation: AsyncStream<Int>.Continuation
    private let total = Mutex(0)

    init(_ store: SQLiteStore) {
        self.store = store
        (counts, continuation) = AsyncStream.makeStream()
    }

    func due(at moment: Date, for partners: [String], limit: Int) async throws(StoreError) -> [Delivery] {
        try await store.due(at: moment, for: partners, limit: limit)
    }

    func record(_ attempts: [DeliveryAttempt]) async throws(StoreError) -> [Delivery] {
        let following = try await store.record(attempts)
        continuation.yield(
            total.withLock { total in
                total += attempts.count
                return total
            })
        return following
    }

    func recorded(_ wanted: Int) async {
        guard total.withLock({ $0 }) < wanted else { return }
        var iterator = counts.makeAsyncIterator()
        while let count = await iterator.next(isolation: #isolation), count < wanted {}
    }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension HTTPPeer.Request {
    var webhook: WebhookBody? { try? PartnerData.decoder.decode(WebhookBody.self, from: Data(body.utf8)) }
    var text: String? { webhook?.text }
}

extension [HTTPPeer.Request] {
    var seqs: [Int?] { map { $0.webhook?.data.seq } }
}
