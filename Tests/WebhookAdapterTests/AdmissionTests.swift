import Testing

@testable import WebhookAdapter

/// Who is let in, and who has to make room.
@Suite struct AdmissionTests {
    private static let anna = IPAddress("192.0.2.1")
    private static let bernd = IPAddress("192.0.2.2")

    @Test("Of one address the connection that has been silent for longest makes room, whoever else is there")
    func limitsAddresses() {
        var admission = Admission(limit: 100, limitPerAddress: 2)
        #expect(admission.enter(1, from: Self.bernd) == .admitted(insteadOf: nil))
        #expect(admission.enter(2, from: Self.anna) == .admitted(insteadOf: nil))
        #expect(admission.enter(3, from: Self.anna) == .admitted(insteadOf: nil))
        #expect(admission.enter(4, from: Self.anna) == .admitted(insteadOf: 2))
        admission.began(3)
        admission.began(4)
        #expect(admission.enter(5, from: Self.anna) == .refused)
        admission.waits(4)
        admission.waits(3)
        #expect(admission.enter(6, from: Self.anna) == .admitted(insteadOf: 4))
        admission.leave(6)
        #expect(admission.enter(7, from: Self.anna) == .admitted(insteadOf: nil))
        #expect(admission.count == 3)
    }

    @Test("When it is full, the address that says nothing over most connections makes room")
    func makesRoom() {
        var admission = Admission(limit: 5, limitPerAddress: 4)
        for id in 1...4 { #expect(admission.enter(UInt64(id), from: Self.anna) == .admitted(insteadOf: nil)) }
        #expect(admission.enter(5, from: Self.bernd) == .admitted(insteadOf: nil))
        #expect(admission.enter(6, from: Self.bernd) == .admitted(insteadOf: 1))
        #expect(admission.enter(7, from: IPAddress("192.0.2.3")) == .admitted(insteadOf: 2))
        for id in [3, 4, 5, 6, 7] as [UInt64] { admission.began(id) }
        #expect(admission.enter(8, from: IPAddress("192.0.2.4")) == .refused)
        #expect(admission.count == 5)
    }

    @Test("A thousand silent connections from everywhere keep nobody out")
    func survivesCrowds() {
        var admission = Admission(limit: 1000, limitPerAddress: 100)
        for id in 1...5000 as ClosedRange<UInt64> {
            let crowd = IPAddress("198.51.100.\(id % 50)")
            #expect(admission.enter(id, from: crowd) != .refused)
        }
        #expect(admission.count == 1000)
        #expect(admission.enter(9999, from: Self.anna) != .refused)
    }

    @Test("Of a proxy there may be as many as there are at all, and an address is an address however it is written")
    func knowsProxies() {
        var admission = Admission(
            limit: 50, limitPerAddress: 1, proxies: [IPNetwork("192.0.2.0/31")].compactMap(\.self))
        for id in 1...50 as ClosedRange<UInt64> {
            #expect(admission.enter(id, from: Self.anna) == .admitted(insteadOf: nil))
        }
        var other = Admission(limit: 50, limitPerAddress: 1)
        #expect(other.enter(1, from: IPAddress("2001:db8::1")) == .admitted(insteadOf: nil))
        #expect(other.enter(2, from: IPAddress("2001:db8::ffff")) == .admitted(insteadOf: 1))
        #expect(other.enter(3, from: IPAddress("2001:db8:0:1::1")) == .admitted(insteadOf: nil))
        #expect(other.enter(4, from: Self.bernd) == .admitted(insteadOf: nil))
        #expect(other.enter(5, from: IPAddress("::ffff:192.0.2.2")) == .admitted(insteadOf: 4))
        #expect(other.enter(6, from: nil) == .admitted(insteadOf: nil))
        #expect(other.enter(7, from: nil) == .admitted(insteadOf: 6))
    }
}
