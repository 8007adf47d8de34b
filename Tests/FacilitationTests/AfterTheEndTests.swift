import DialogEngine
import FacilitationTesting
import Testing

@testable import Facilitation

@Suite("What a start does after an end")
struct AfterTheEndTests {
    /// One group whose session, with an open point, was ended a minute ago.
    private static func ended() async throws -> WorkshopStage {
        var stage = try await WorkshopStage(count: 1)
        try await stage.say("anna", "!start Stadtbäume", in: 0)
        try await stage.say("bernd", "? Wem gehört das Wasser?", in: 0)
        try await stage.say("anna", "!ende wirklich", in: 0)
        stage.pass(minutes: 1)
        stage.forget()
        return stage
    }

    @Test("It offers to go on, and what was open can be cleared as before", arguments: ["!start", "!start Stadtbäume"])
    func offers(start: String) async throws {
        var stage = try await Self.ended()
        try await stage.say("anna", start, in: 0)
        #expect(stage.heard(in: 0).count == 1)
        #expect(stage.heard(in: 0)[0].hasPrefix("»Stadtbäume« wurde am "))
        try await stage.say("anna", "!weitermachen", in: 0)
        try await stage.say("bernd", "!geklärt K1 Dem Land", in: 0)
        #expect(stage.heard(in: 0).last?.hasPrefix("K1 ist geklärt") == true)
        #expect(try await stage.stored(in: 0)?.state == .running)
    }

    @Test(
        "Another session begins where that is asked for, by another name, or after a week",
        arguments: [("!start neu", 1), ("!start neu Stadtbäume", 1), ("!start Wärme", 1), ("!start", 8 * 24 * 60)])
    func beginsAnew(start: String, minutes: Int) async throws {
        var stage = try await Self.ended()
        let former = try await stage.stored(in: 0)?.id
        stage.pass(minutes: minutes)
        try await stage.say("anna", start, in: 0)
        let session = try await stage.stored(in: 0)
        #expect(session?.id != former && session?.state == .running && session?.openPoints.isEmpty == true)
    }
}
