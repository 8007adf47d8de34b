import DialogEngine
import Facilitation
import FacilitationTesting
import Foundation
import Logging
import SQLiteStore
import WebhookAdapter

/// Compares what a webhook costs that is signed, in sequence and never lost with what libcurl alone takes to send as much.
///
/// Both send to the same sink, one after the other, several times in turn. Storing the notices is not counted: that is part
/// of the change that they belong to.
struct DeliveryBenchmark {
    /// How many partners there are; each hears of two sessions.
    let partners: Int
    /// How many notices of each session.
    let notices: Int

    private static let rounds = 5
    private var count: Int { partners * 2 * notices }

    private struct Cost {
        let microseconds: Double
        let perSecond: Double
    }

    func run(in folder: String) async throws {
        let port = try freePort()
        let sink = try ChildProcess(ChildProcess.beside("BareHook"), ["sink", "\(port)"])
        _ = try Client(port: port)
        print(
            "\(count) deliveries to \(partners) partners; the middle of \(Self.rounds) rounds; CPU is user and system time"
        )
        var costs: [(lotse: Cost, bare: Cost)] = []
        for round in 1...Self.rounds {
            costs.append((try await lotse(on: port, in: "\(folder)/\(round)"), try bare(on: port)))
        }
        _ = try sink.end()
        let lotse = costs.map(\.lotse).sorted { $0.microseconds < $1.microseconds }[Self.rounds / 2]
        let bare = costs.map(\.bare).sorted { $0.microseconds < $1.microseconds }[Self.rounds / 2]
        let ratio = costs.map { $0.lotse.microseconds / $0.bare.microseconds }.sorted()[Self.rounds / 2]
        Self.show("Lotse", lotse, "")
        Self.show("libcurl alone, in C", bare, String(format: "   Lotse takes %.1f times as much", ratio))
    }

    private static func show(_ name: String, _ cost: Cost, _ behind: String) {
        print(
            "  " + name.padding(toLength: 22, withPad: " ", startingAt: 0)
                + String(format: "%6.0f µs CPU per delivery %7.0f a second", cost.microseconds, cost.perSecond) + behind
        )
    }

    private func bare(on port: Int) throws -> Cost {
        let begin = ContinuousClock.now
        let process = try ChildProcess(
            ChildProcess.beside("BareHook"), ["send", "http://127.0.0.1:\(port)/hook", "\(count)", "512", "420"])
        let ended = try process.end()
        return cost(cpu: ended.cpu, since: begin)
    }

    private func lotse(on port: Int, in folder: String) async throws -> Cost {
        let store = try SQLiteStore(at: "\(folder)/lotse.sqlite", logger: .quiet)
        let keys = [try WebhookKey(WebhookKey.makeShared())]
        let list = (1...partners).map { number in
            Partner(
                name: "partner\(number)", url: "http://127.0.0.1:\(port)/hook", allowsPlaintext: true,
                view: .init(groups: []), keys: { keys })
        }
        try await fill(store)
        let deliverer = Deliverer(
            partners: list, store: store, http: CurlMulti(allowedNetworks: [IPNetwork("127.0.0.1")].compactMap(\.self)),
            logger: .quiet, turnedOff: { _ in })
        let before = Self.cpu()
        let begin = ContinuousClock.now
        let running = Task { try await deliverer.run() }
        deliverer.wake()
        while deliverer.counts.now.attempts["delivered", default: 0] < count {
            try await Task.sleep(for: .milliseconds(5))
        }
        let cost = cost(cpu: Self.cpu() - before, since: begin)
        running.cancel()
        try await running.value
        let waiting = try await store.partnerHealth().map(\.waiting).reduce(0, +)
        guard waiting == 0 else { throw Failure("\(waiting) notices still wait") }
        await store.close()
        return cost
    }

    private func cost(cpu: Double, since begin: ContinuousClock.Instant) -> Cost {
        let wall = (ContinuousClock.now - begin) / .seconds(1)
        return Cost(microseconds: cpu / Double(count) * 1_000_000, perSecond: Double(count) / wall)
    }

    /// Stores what is to be delivered.
    private func fill(_ store: SQLiteStore) async throws {
        for session in 1...2 {
            var conversation = SampleConversation("session\(session)")
            var change = conversation.begin()
            let data =
                #"{"answer":{"abstaining":0,"consenting":3,"objecting":1,"text":"Regenwasser fehlt den jungen Bäumen."},"question":{"id":"describe.problem","key":"problem"},"session":{"dialog":"kommunale-netzwerke","group":"Stadtbäume","id":"session\#(session)","name":"Stadtbäume"}}"#
            for partner in 1...partners {
                for number in 1...notices {
                    change.notices.append(
                        PartnerNotice(
                            id: "msg_\(session)_\(partner)_\(number)", partner: "partner\(partner)",
                            type: "answer.agreed", at: change.events[0].at,
                            text: "Stadtbäume: »problem« ist vereinbart: Regenwasser fehlt den jungen Bäumen.",
                            data: data))
                }
            }
            _ = try await store.append(change)
        }
    }

    private static func cpu() -> Double {
        var usage = rusage()
        getrusage(.init(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}

extension Logger {
    fileprivate static let quiet = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
}
