import Facilitation
import FacilitationTesting
import Foundation
import Logging
import LoopbackTesting
import SQLiteStore
import Synchronization
import Testing

@testable import WebhookAdapter

/// Deliveries out of a store, to peers on loopback; the test moves the clock.
@Suite(.timeLimit(.minutes(5))) struct DelivererTests {
    @Test("What is stored arrives, signed, in sequence and with a number that has no gap")
    func delivers() async throws {
        let peer = try await HTTPPeer()
        let office = try DeliveryOffice(["trees": peer.url])
        try await office.store(5, for: "trees")
        try await office.delivering {
            let received = await peer.next(5)
            #expect(received.seqs == [1, 2, 3, 4, 5])
            #expect(received.map(\.text) == (1...5).map { "news \($0)" })
            for request in received { #expect(office.isSigned(request)) }
            #expect(Set(received.compactMap { $0.headers["webhook-id"] }).count == 5)
            try await office.settled(attempts: 5)
        }
        #expect(try await office.states() == [.init("trees", delivered: 5)])
        await peer.close()
    }

    @Test("A failed delivery is tried again at its time under the same id, and holds back what comes after it")
    func triesAgain() async throws {
        let peer = try await HTTPPeer { _, before in .answer(before == 0 ? 500 : 204) }
        let office = try DeliveryOffice(["trees": peer.url])
        try await office.store(2, for: "trees")
        try await office.delivering {
            let first = await peer.next()
            try await office.settled(attempts: 1)
            // Not a second too early.
            office.pass(.seconds(4))
            #expect(try await office.due() == 0)
            office.pass(.seconds(1))
            let next = await peer.next(2)
            #expect(next[0].headers["webhook-id"] == first[0].headers["webhook-id"])
            #expect(next[0].headers["webhook-timestamp"] != first[0].headers["webhook-timestamp"])
            #expect((first + next).seqs == [1, 1, 2])
        }
        await peer.close()
    }

    @Test("A partner that is away for a day gets everything in sequence when it is back")
    func outlastsADay() async throws {
        let back = Mutex(false)
        let peer = try await HTTPPeer { _, _ in back.withLock { $0 } ? .answer(200) : .answer(503) }
        let office = try DeliveryOffice(["trees": peer.url])
        try await office.store(3, for: "trees")
        try await office.delivering {
            for attempt in 1...7 {
                _ = await peer.next()
                try await office.settled(attempts: attempt)
                office.pass(DeliverySchedule.delays[attempt] - .milliseconds(1))
                #expect(try await office.due() == 0)
                if attempt == 7 { back.withLock { $0 = true } }
                office.pass(.milliseconds(1))
            }
            let received = await peer.next(3)
            #expect(received.seqs == [1, 2, 3])
            try await office.settled(attempts: 10)
        }
        #expect(try await office.states() == [.init("trees", delivered: 3)])
        await peer.close()
    }

    @Test("Of a thousand partners ten hang, and do not delay the others")
    func delaysNobody() async throws {
        let hanging = try await HTTPPeer { _, _ in .hang }
        let peer = try await HTTPPeer()
        var urls = Dictionary(uniqueKeysWithValues: (1...990).map { ("partner\($0)", "\(peer.url)/\($0)") })
        for number in 1...10 { urls["hanging\(number)"] = hanging.url }
        let office = try DeliveryOffice(urls)
        try await office.store(2, forEach: urls.keys.sorted(), sessions: 2)
        try await office.delivering {
            #expect(await peer.next(990 * 4).count == 3960)
            try await office.settled(attempts: 3960)
        }
        let states = try await office.states()
        #expect(states.filter { $0.name.hasPrefix("partner") }.allSatisfy { $0.delivered == 4 })
        #expect(states.filter { $0.name.hasPrefix("hanging") }.allSatisfy { $0.delivered == 0 && $0.waiting == 4 })
        await peer.close()
        await hanging.close()
    }

    @Test("Who answers 410 is off at once and told of it; when it is enabled, everything comes")
    func turnsOff() async throws {
        let gone = Mutex(true)
        let peer = try await HTTPPeer { _, _ in gone.withLock { $0 } ? .answer(410) : .answer(204) }
        let office = try DeliveryOffice(["trees": peer.url])
        try await office.store(2, for: "trees")
        try await office.delivering {
            _ = await peer.next()
            #expect(await office.nextTurnedOff() == "trees")
            office.pass(.hours(100))
            #expect(try await office.due() == 0)
            gone.withLock { $0 = false }
            try office.enable("trees")
            office.pass(.seconds(1))
            let received = await peer.next(2)
            #expect(received.seqs == [1, 2])
        }
        await peer.close()
    }

    @Test("After the tenth attempt a letter is dead, the next one goes out, and a dead one can be replayed")
    func replays() async throws {
        let failing = Mutex(true)
        let peer = try await HTTPPeer { request, _ in
            let isFirst = request.webhook?.data.session?.id == "s1" && request.webhook?.data.seq == 1
            return failing.withLock { $0 } && isFirst ? .answer(400) : .answer(204)
        }
        let office = try DeliveryOffice(["trees": peer.url])
        try await office.store(2, for: "trees")
        try await office.store(1, for: "trees", session: "other")
        try await office.delivering {
            for attempt in 1...10 {
                _ = await peer.next(2)
                try await office.settled(attempts: 2 * attempt)
                guard attempt < 10 else { break }
                // Another session is told all the while, so that the partner is not given up.
                try await office.store(1, for: "trees", session: "other")
                office.pass(DeliverySchedule.delays[attempt])
            }
            #expect(await peer.next().seqs == [2])
            try await office.settled(attempts: 21)
            #expect(try await office.states() == [.init("trees", delivered: 11, dead: 1)])
            failing.withLock { $0 = false }
            #expect(try office.replay("trees") == 1)
            office.pass(.seconds(1))
            #expect(await peer.next().seqs == [1])
        }
        await peer.close()
    }

    @Test("After kill and restart what was not acknowledged is delivered again, under the same id")
    func survivesRestart() async throws {
        let peer = try await HTTPPeer { _, before in before == 0 ? .hang : .answer(204) }
        let office = try DeliveryOffice(["trees": peer.url])
        try await office.store(2, for: "trees")
        var first: [HTTPPeer.Request] = []
        try await office.delivering { first = await peer.next() }
        try await office.delivering {
            let received = await peer.next(2)
            #expect(received.seqs == [1, 2])
            #expect(received[0].headers["webhook-id"] == first[0].headers["webhook-id"])
        }
        await peer.close()
    }

    @Test("What was erased before it could be delivered is told as erased, so that no number is missing")
    func tellsOfErasure() async throws {
        let peer = try await HTTPPeer()
        let office = try DeliveryOffice(["trees": peer.url])
        try await office.store(2, for: "trees", thenForget: true)
        try await office.delivering {
            let received = await peer.next(2)
            #expect(received.seqs == [1, 2])
            #expect(received[0].webhook?.data.erased == true)
            #expect(received[0].text == "")
        }
        await peer.close()
    }
}
