import DialogEngine
import FoundationEssentials
import Testing

@Suite("Vouching")
struct VouchingTests {
    private func speaker(_ connection: String, _ name: String) -> Speaker {
        Speaker(identity: Identity(rawValue: "net/connection/\(connection)"), name: name)
    }

    /// Bernd contributed over a connection that has ended, and is here again over another.
    private func lost(facilitates: Bool = false) -> Play {
        var play = Play.begun()
        play.tell(speaker("1", "bernd"), .contribute("Wasser", question: nil))
        if facilitates { play.tell(.anna, .addFacilitator("bernd")) }
        play.take(.left(Identity(rawValue: "net/connection/1")))
        return play
    }

    @Test(
        "The facilitator is asked whether it is the same, and one word gives back what is hers",
        arguments: [nil, "bernd"])
    func same(former: String?) {
        var play = lost(facilitates: true)
        let bernd = speaker("2", former == nil ? "bernd" : "berta")
        let back = play.tell(bernd, .here(name: nil, organisation: nil))
        #expect((back.output(.isThisSomebodyKnown)?.audience == .facilitators) == (former == nil))
        // By name alone nothing comes back.
        #expect(play.tell(bernd, .withdraw(RecordID("B1"))).isRefusal)
        #expect(play.tell(bernd, .next(confirmed: true)).events.isEmpty)
        let decision = play.tell(.anna, .vouch(bernd.name, as: former))
        #expect(decision.output(.vouched)?.audience == .room)
        #expect(play.tell(bernd, .mode(.collect)).phrases == [.modeCollect])
        #expect(play.tell(bernd, .withdraw(RecordID("B1"))).phrases == [.withdrawn])
    }

    @Test("Nobody is vouched for who is here, has an account, is unknown, or is oneself")
    func refused() {
        var play = lost()
        #expect(play.tell(.anna, .vouch("bernd", as: nil)).phrases == [.notHereToVouchFor])
        #expect(play.tell(.anna, .vouch("anna", as: "bernd")).phrases == [.vouchForOthers])
        play.tell(.dirk, .contribute("Schatten", question: nil))
        #expect(play.tell(.anna, .vouch("dirk", as: "anna")).phrases == [.nobodyToVouchFor])
        #expect(play.tell(.dirk, .vouch("dirk", as: "bernd")).isRefusal)
        #expect(play.session.people.filter { $0.identity == Speaker.dirk.identity }.count == 1)
    }
}
