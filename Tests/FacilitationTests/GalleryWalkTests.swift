import DialogEngine
import FacilitationTesting
import Testing

@testable import Facilitation

@Suite("A gallery walk through several groups")
struct GalleryWalkTests {
    /// Groups that have all agreed on »problem«, but for the last one.
    private func workshop(_ count: Int) async throws -> WorkshopStage {
        var workshop = try await WorkshopStage(count: count)
        try await workshop.startAll()
        for group in 0..<(count - 1) {
            try await workshop.say("anna", "= Problem der Gruppe \(group + 1)", in: group)
            try await workshop.say("anna", "!beschluss", in: group)
        }
        workshop.pass(minutes: 1)
        workshop.forget()
        return workshop
    }

    @Test("Each group reads all others, beginning with the next; the facilitator is told who shows nothing")
    func opens() async throws {
        var workshop = try await workshop(4)
        try await workshop.say("anna", "!galerie", in: 2)
        #expect(
            workshop.heard(by: "anna") == [
                "Rundgang mit 3 Antworten, Gruppen: 4. Weiter in allen: !alle !weiter · beenden: !galerie ende",
                "Gruppe 4: liest mit und zeigt selbst nichts, weil dort nichts vereinbart ist",
            ])
        #expect(
            workshop.heard(in: 1).suffix(2) == [
                "»problem«: What is the problem?", "1 von 2 · Gruppe 3 zu »problem«: Problem der Gruppe 3",
            ])
        #expect(workshop.heard(in: 3).last == "1 von 3 · Gruppe 1 zu »problem«: Problem der Gruppe 1")
        try await workshop.say("anna", "!gruppen", in: 0)
        #expect(
            workshop.heard(by: "anna").contains {
                $0.contains("Gruppe 2 · »problem« · 1 von 3 vereinbart · im Rundgang 1 von 2")
            })
        workshop.pass(minutes: 1)
        for _ in 0..<2 {
            try await workshop.say("anna", "!alle !weiter", in: 0)
            workshop.pass(minutes: 1)
        }
        #expect(workshop.heard(in: 1).contains("2 von 2 · Gruppe 1 zu »problem«: Problem der Gruppe 1"))
        #expect(workshop.heard(in: 1).contains("Der Rundgang ist zu Ende."))
        try await workshop.say("anna", "!galerie ende", in: 0)
        #expect(workshop.heard(by: "anna").contains("In einer Gruppe erledigt."))
        #expect(workshop.heard(in: 3).contains("Der Rundgang ist zu Ende."))
    }

    @Test("A remark is acknowledged where it was said, once the other group has stored it")
    func remarks() async throws {
        var workshop = try await workshop(3)
        try await workshop.say("anna", "!galerie problem", in: 0)
        workshop.forget()
        try await workshop.say("bernd", "+ Bei uns hat Mulchen geholfen.", in: 0)
        #expect(workshop.heard(in: 0) == ["M1 bei Gruppe 2 zu »problem« notiert."])
        #expect(workshop.heard(in: 1).isEmpty)
        #expect(try await workshop.stored(in: 1)?.remarks.map(\.text) == ["Bei uns hat Mulchen geholfen."])
        #expect(workshop.remarks(in: 1) == ["Gruppe 1: Bei uns hat Mulchen geholfen."])
        try await workshop.say("dirk", "!zurückziehen M1 Gruppe 2", in: 0)
        #expect(workshop.heard(in: 0).last?.hasPrefix("Die Anmerkung M1 ist nicht von Ihnen.") == true)
        try await workshop.say("bernd", "!zurückziehen", in: 0)
        #expect(workshop.heard(in: 0).last == "M1 zurückgezogen.")
        #expect(workshop.remarks(in: 1).isEmpty)
        try await workshop.say("bernd", "!zurückziehen M1 Gruppe 9", in: 0)
        #expect(workshop.heard(in: 0).last == "Eine Gruppe »Gruppe 9« gibt es hier nicht.")
    }

    @Test("What cannot be stored is not acknowledged, and said to be lost")
    func notStored() async throws {
        let store = FailingStore()
        var workshop = try await WorkshopStage(count: 3, store: store)
        try await workshop.startAll()
        for group in 0..<2 {
            try await workshop.say("anna", "= Problem", in: group)
            try await workshop.say("anna", "!beschluss", in: group)
        }
        workshop.pass(minutes: 1)
        try await workshop.say("bernd", "!hier", in: 0)
        try await workshop.say("anna", "!galerie", in: 0)
        workshop.forget()
        store.refuse(.diskFull)
        try await workshop.say("bernd", "+ Gut", in: 0)
        #expect(workshop.heard(in: 0).map { $0.hasPrefix("Der Speicher ist voll") } == [true])
        #expect(workshop.remarks(in: 1).isEmpty)
        try await workshop.say("bernd", "+ Gut", in: 0)
        #expect(workshop.heard(in: 0).last == "M1 bei Gruppe 2 zu »problem« notiert.")
    }

    @Test("What is kept in other groups is shown to whoever left it, and erased when she has herself forgotten")
    func forgotten() async throws {
        var workshop = try await workshop(3)
        try await workshop.say("anna", "!galerie", in: 0)
        try await workshop.say("bernd", "+ Geheimnis", in: 0)
        workshop.forget()
        try await workshop.say("bernd", "!meinedaten", in: 0)
        #expect(workshop.heard(by: "bernd").last == "Anmerkungen bei Gruppe 2: M1 Geheimnis")
        try await workshop.say("bernd", "!vergissmich wirklich", in: 0)
        #expect(workshop.remarks(in: 1).isEmpty)
        #expect(try await workshop.events(in: 1).allSatisfy { !"\($0)".contains("Geheimnis") })
    }

    @Test("Participants open no walk, and facilitators none in groups that are not theirs")
    func rights() async throws {
        var workshop = try await WorkshopStage(count: 3)
        try await workshop.startAll(but: 2)
        try await workshop.say("mona", "!start", in: 2)
        for (group, name) in ["anna", "anna", "mona"].enumerated() {
            try await workshop.say(name, "= Problem", in: group)
            try await workshop.say(name, "!beschluss", in: group)
        }
        workshop.forget()
        try await workshop.say("bernd", "!galerie", in: 0)
        #expect(workshop.heardInRooms() == ["Das kann nur die Moderation (anna)."])
        try await workshop.say("anna", "!galerie", in: 0)
        #expect(workshop.heard(in: 2).isEmpty)
        #expect(workshop.heard(in: 0).contains { $0.hasPrefix("1 von 1 · Gruppe 2") })
    }

    @Test("Without anything that two groups have agreed on there is no walk, unless a question is named")
    func nothing() async throws {
        var workshop = try await workshop(2)
        try await workshop.say("anna", "!galerie", in: 0)
        #expect(workshop.heard(by: "anna").map { $0.hasPrefix("Für einen Rundgang ist noch nichts da") } == [true])
        workshop.forget()
        try await workshop.say("anna", "!galerie problem", in: 0)
        #expect(
            workshop.heard(by: "anna") == [
                "Rundgang mit einer Antwort, Gruppen: 1. Weiter in allen: !alle !weiter · beenden: !galerie ende",
                "Gruppe 1: ausgelassen, andere Gruppen zeigen nichts",
                "Gruppe 2: liest mit und zeigt selbst nichts, weil dort nichts vereinbart ist",
            ])
    }
}
