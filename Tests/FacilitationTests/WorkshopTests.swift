import DialogEngine
import FacilitationTesting
import FoundationEssentials
import Testing
import Wording

@testable import Facilitation

@Suite("Several groups at once")
struct WorkshopTests {
    @Test("The overview has a line for each group of hers, in the sequence of their numbers, and goes to her alone")
    func overview() async throws {
        var workshop = try await WorkshopStage(count: 3)
        try await workshop.startAll()
        try await workshop.say("bernd", "+ Bäume vertrocknen", in: 1)
        try await workshop.say("anna", "!weiter", in: 2)
        workshop.pass(minutes: 12)
        workshop.forget()
        try await workshop.say("anna", "!gruppen", in: 0)
        #expect(
            workshop.heard(by: "anna") == [
                "3 Gruppen: 2 bei »problem« · 1 bei »idea«",
                "Gruppe 1 · »problem« · 0 von 3 vereinbart · zuletzt vor 13 Minuten",
                "Gruppe 2 · »problem« · 0 von 3 vereinbart · zuletzt vor 12 Minuten",
                "Gruppe 3 · »idea« · 0 von 3 vereinbart · zuletzt vor 12 Minuten",
            ])
        #expect(workshop.heardInRooms().allSatisfy { !$0.contains("Gruppe 2") })
    }

    @Test("Twenty groups come in pages, with one line that tells how many are where")
    func twenty() async throws {
        var workshop = try await WorkshopStage(count: 20)
        try await workshop.startAll()
        for group in 0..<15 { try await workshop.say("anna", "!weiter", in: group) }
        workshop.forget()
        try await workshop.say("anna", "!gruppen", in: 7)
        var lines = workshop.heard(by: "anna")
        #expect(lines.first == "20 Gruppen: 15 bei »idea« · 5 bei »problem«")
        #expect(lines.count == 5 && lines.last == "Noch 17 Zeilen: !mehr")
        for _ in 0..<4 { try await workshop.say("anna", "!mehr", in: 7) }
        lines = workshop.heard(by: "anna").filter { $0.hasPrefix("Gruppe ") }
        #expect(lines.map { $0.prefix { $0 != "·" } } == (1...20).map { "Gruppe \($0) " })
    }

    @Test("Participants, and facilitators of other groups, see and tell nothing of groups that are not theirs")
    func rights() async throws {
        var workshop = try await WorkshopStage(count: 3)
        try await workshop.startAll(but: 2)
        try await workshop.say("mona", "!start", in: 2)
        try await workshop.say("mona", "+ Geheimnis", in: 2)
        workshop.forget()
        try await workshop.say("bernd", "!gruppen", in: 0)
        try await workshop.say("bernd", "!alle Hallo", in: 0)
        #expect(workshop.heard(by: "bernd").isEmpty)
        #expect(
            workshop.heardInRooms() == ["Das kann nur die Moderation (anna).", "Das kann nur die Moderation (anna)."])
        try await workshop.say("anna", "!gruppen problem", in: 0)
        #expect(workshop.heard(by: "anna") == ["»problem«, 2 Gruppen:", "Gruppe 1: noch leer", "Gruppe 2: noch leer"])
        workshop.forget()
        try await workshop.say("anna", "!alle Noch fünf Minuten", in: 0)
        #expect(
            workshop.heardInRooms() == [
                "An alle Gruppen, von anna: Noch fünf Minuten", "An alle Gruppen, von anna: Noch fünf Minuten",
            ])
        #expect(workshop.heard(by: "anna").contains("In 2 Gruppen erledigt."))
    }

    @Test("Side by side stands what each group has to a question, agreed, proposed or collected")
    func comparison() async throws {
        var workshop = try await WorkshopStage(count: 4)
        try await workshop.startAll()
        try await workshop.say("bernd", "+ Bäume", in: 0)
        try await workshop.say("bernd", "+ Kanal", in: 0)
        try await workshop.say("anna", "= Regen fehlt", in: 1)
        try await workshop.say("anna", "= Regen läuft weg", in: 2)
        try await workshop.say("anna", "!beschluss", in: 2)
        workshop.forget()
        try await workshop.say("anna", "!gruppen problem", in: 3)
        #expect(
            workshop.heard(by: "anna") == [
                "»problem«, 4 Gruppen:", "Gruppe 1: B1 Bäume · B2 Kanal (gesammelt)",
                "Gruppe 2: Regen fehlt (Vorschlag)",
                "Gruppe 3: Regen läuft weg (vereinbart)", "Gruppe 4: noch leer",
            ])
    }

    @Test("What leads a group is done in all of them by their own guard rails; one answer says where not")
    func instruction() async throws {
        var workshop = try await WorkshopStage(count: 3)
        try await workshop.startAll()
        try await workshop.say("anna", "!pause", in: 1)
        try await workshop.say("anna", "!weiter", in: 2)
        workshop.forget()
        try await workshop.say("anna", "!alle !weiter", in: 0)
        #expect(
            workshop.heard(by: "anna") == [
                "In einer Gruppe erledigt.", "Gruppe 2: Die Sitzung ruht. Weiter geht es mit !weitermachen",
                "Gruppe 3: Eben ging es schon weiter. Noch eine Frage weiter: !weiter wirklich",
            ])
        #expect(workshop.questions == ["step.idea", "step.problem", "step.idea"])
        workshop.pass(minutes: 1)
        try await workshop.say("anna", "!alle !zeit 5", in: 0)
        #expect(workshop.heardInRooms().filter { $0.contains("5 Minuten") }.count == 2)
    }

    @Test(
        "What does not lead a group is not done in all of them",
        arguments: ["!alle !stand", "!alle !einwand Nein", "!alle !alle !weiter"])
    func refused(line: String) async throws {
        var workshop = try await WorkshopStage(count: 2)
        try await workshop.startAll()
        workshop.forget()
        try await workshop.say("anna", line, in: 0)
        #expect(workshop.heardInRooms().count == 1)
        #expect(workshop.contributionCount == 0)
    }

    @Test("Two facilitators who ask at the same time both get their answer")
    func atTheSameTime() async throws {
        var workshop = try await WorkshopStage(count: 2)
        try await workshop.startAll()
        try await workshop.say("bernd", "!hier", in: 1)
        try await workshop.say("anna", "!mod+ bernd", in: 1)
        workshop.forget()
        workshop.put("anna", "!gruppen", in: 0)
        workshop.put("bernd", "!gruppen", in: 1)
        try await workshop.settle()
        #expect(workshop.heard(by: "anna").first == "2 Gruppen: 2 bei »problem«")
        #expect(workshop.heard(by: "bernd").first == "Eine Gruppe: 1 bei »problem«")
    }
}
