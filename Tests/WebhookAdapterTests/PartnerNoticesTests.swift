import DialogEngine
import Facilitation
import FacilitationTesting
import Foundation
import Testing

@testable import WebhookAdapter

/// What partners are told, and what they are not.
@Suite struct PartnerNoticesTests {
    private static let all = Partner.View(groups: [Played.group])

    @Test("A partner hears how the session goes, in sequence")
    func tellsCourse() throws {
        var played = try Played(Self.all)
        played.play(
            "anna: !start Stadtbäume", "bernd: + Junge Bäume vertrocknen.", "anna: = Regenwasser fehlt den Bäumen.",
            "bernd: !ok", "anna: !beschluss", "bernd: ? Wer haftet?", "anna: !geklärt K1 Die Stadt haftet.",
            "anna: !pause bis 2.12.", "anna: !weitermachen", "anna: = Regenwasser fehlt.", "anna: !ende wirklich")
        #expect(
            played.types == [
                "session.started", "answer.agreed", "open_point.raised", "open_point.cleared", "session.paused",
                "session.resumed", "answer.reopened", "session.closed",
            ])
        #expect(
            played.notices.map(\.text) == [
                "Stadtbäume: Die Gruppe hat mit »Leitfaden kommunale Netzwerke« begonnen.",
                "Stadtbäume: »problem« ist vereinbart: Regenwasser fehlt den Bäumen.",
                "Stadtbäume: K1 zu »problem« ist offen: Wer haftet?",
                "Stadtbäume: K1 zu »problem« ist geklärt: Die Stadt haftet.",
                "Stadtbäume: Die Gruppe macht eine Pause bis 02.12.2026.",
                "Stadtbäume: Die Gruppe arbeitet weiter.", "Stadtbäume: »problem« ist wieder offen.",
                "Stadtbäume: Die Sitzung ist abgeschlossen. Vereinbarte Fragen: 0 von 17.",
            ])
    }

    @Test("The data of an agreed answer are complete, and without names")
    func describesAnswer() throws {
        var played = try Played(Self.all)
        played.play(
            "anna: !start Stadtbäume", "anna: = Regenwasser fehlt.", "bernd: !ok", "dirk: !enthaltung",
            "ceyda: !einwand zu teuer", "anna: !beschluss")
        let data = try played.data(of: "answer.agreed")
        #expect(
            data.session
                == .init(
                    id: "stadtbaeume-2026-11-22", name: "Stadtbäume", group: "Stadtbäume", dialog: "kommunale-netzwerke"
                ))
        #expect(data.question == .init(id: "describe.problem", key: "problem"))
        #expect(
            data.answer
                == .init(text: "Regenwasser fehlt.", consenting: 2, abstaining: 1, objecting: 1, names: nil))
        #expect(!played.payloads.contains("teuer"))
    }

    @Test("A step is closed when all of its questions are agreed or do not apply")
    func closesStep() throws {
        var played = try Played(Self.all)
        played.play(
            "anna: !start Stadtbäume", "anna: = Regenwasser fehlt.", "anna: !beschluss", "anna: !weiter",
            "anna: !entfällt noch zu früh")
        #expect(played.types == ["session.started", "answer.agreed", "step.closed"])
        #expect(try played.data(of: "step.closed").step == .init(id: "describe", title: "Innovation beschreiben"))
    }

    @Test("An organisation is told once everybody has seen it named, and once only")
    func tellsOrganisations() throws {
        var played = try Played(Self.all)
        played.play(
            "anna: !start Stadtbäume", "private dirk: +partner Geheimrat GmbH", "bernd: +partner Stadtwerke",
            "anna: +unterstützung Stadtwerke")
        #expect(played.types == ["session.started", "organisation.added"])
        #expect(try played.data(of: "organisation.added").organisation?.text == "Stadtwerke")
    }

    @Test("A partner hears of the tasks of its own organisation alone, and is reminded of them")
    func tellsOwnTasks() throws {
        var view = Self.all
        view.organisation = "Stadtwerke Musterow"
        var played = try Played(view)
        played.play(
            "anna: !start Stadtbäume", "dirk: !hier Dirk Albers, Stadtwerke Musterow",
            "anna: !aufgabe dirk bis 5.12.: Pumpe prüfen", "anna: !aufgabe bernd bis 5.12.: Bäume zählen",
            "anna: !aufgabe Stadtwerke-Musterow bis 6.12.: Rohre legen")
        played.wait(days: 14)
        #expect(
            played.types.filter { $0.hasPrefix("task") } == ["task.assigned", "task.assigned", "task.due", "task.due"])
        #expect(try played.data(of: "task.assigned").task?.text == "Rohre legen")
        #expect(try played.data(of: "task.assigned").task?.owner == nil)
        #expect(!played.payloads.contains("zählen"))
    }

    @Test("A partner that is asked for an answer is reminded of it")
    func remindsExpert() throws {
        var view = Self.all
        view.organisation = "Untere Wasserbehörde"
        var played = try Played(view)
        played.play(
            "anna: !start Stadtbäume", "dirk: ? Reicht eine Befreiung?",
            "dirk: !experte K1 Untere Wasserbehörde bis 2.12.")
        played.wait(days: 9.7)
        #expect(played.types.last == "open_point.due")
        #expect(played.notices.last?.text.contains("02.12.2026: Reicht eine Befreiung? (K1)") == true)
    }

    @Test("Names are shown to a partner that sees them")
    func showsNames() throws {
        var view = Self.all
        view.withNames = true
        var played = try Played(view)
        played.play("anna: !start Stadtbäume", "anna: = Dank an Bernd", "bernd: !ok", "anna: !beschluss")
        #expect(try played.data(of: "answer.agreed").answer?.names == ["anna", "bernd"])
        #expect(played.payloads.contains("Bernd"))
    }

    @Test("Without names nobody is called by name, not even in the words of an answer")
    func masksNames() throws {
        var played = try Played(Self.all)
        played.play("bernd: !start Stadtbäume", "bernd: = Bernd fragt nach, Dank an bernd!", "bernd: !beschluss")
        #expect(try played.data(of: "answer.agreed").answer?.text == "jemand fragt nach, Dank an jemand!")
    }

    @Test("Only what a partner wants to hear of is told, and only of its groups")
    func keepsToView() throws {
        var played = try Played(
            Partner.View(groups: [Played.group], types: [.sessionClosed]), Partner.View(groups: ["another"]))
        played.play("anna: !start Stadtbäume", "anna: = Regenwasser fehlt.", "anna: !beschluss", "anna: !ende wirklich")
        #expect(played.notices.map(\.type) == ["session.closed"])
        #expect(played.notices.map(\.partner) == ["partner1"])
    }

    @Test("A long answer is cut, so that a webhook stays below 20 kB")
    func cutsLongTexts() throws {
        var played = try Played(Self.all)
        played.play(
            "anna: !start Stadtbäume", "anna: = " + String(repeating: "\"ü\\ ", count: 10_000), "anna: !beschluss")
        let notice = try #require(played.notices.last)
        let delivery = Delivery(
            notice: .init(
                id: notice.id, type: notice.type, at: notice.at,
                words: .init(text: notice.text, data: notice.data)), partner: "partner1", session: "s", seq: 1,
            attempts: 0,
            failingSince: nil)
        let size = try #require(WebhookBody(delivery)?.bytes.count)
        #expect(size > 8000 && size < 20_000)
    }

    /// What nobody outside may read: each stands in records of a kind that a partner must not see.
    private enum Secret {
        static let concern = "Bürgerinitiative Gegenwind"
        static let privately = "Vertrauliches"
        static let hidden = "Verdecktes"
        static let objection = "Einwandsgrund"
        static let reason = "Entfallsgrund"
        static let task = "Fremdaufgabe"
        static let parked = "Parkthema"
        static let contribution = "Beitragswort"
        static let all = [
            concern, privately, hidden, objection, reason, task, parked, contribution, "Zacharias", "xaver",
        ]
    }

    @Test("No payload has a word of a record that the partner may not see", arguments: 1...40)
    func keepsSecrets(_ seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var view = Self.all
        view.organisation = "Stadtwerke"
        var played = try Played(view)
        played.play("anna: !start Stadtbäume", "xaver: !hier Zacharias, Bauhof")
        let scenes = [
            ["xaver: +bedenken \(Secret.concern): gegen alles"], ["dirk: +problem \(Secret.contribution)"],
            ["anna: !gehe problem", "xaver: = Zacharias sagt etwas zu xaver", "anna: !beschluss"],
            ["private dirk: +problem \(Secret.privately) GmbH", "private dirk: ? \(Secret.privately)"],
            ["private xaver: +partner \(Secret.privately) AG"], ["dirk: ? Was gilt?", "anna: ? Wen fragt xaver?"],
            ["private dirk: !geklärt K1 \(Secret.privately)"], ["xaver: !geklärt K2 Es gilt."],
            [
                "anna: !gehe bedenken", "anna: = \(Secret.concern)", "xaver: !einwand \(Secret.objection)",
                "anna: ? \(Secret.concern)?", "anna: !beschluss",
            ],
            ["anna: !gehe partner", "anna: = Stadtwerke", "dirk: !einwand \(Secret.objection)", "anna: !beschluss"],
            ["anna: !gehe innovation", "anna: !entfällt \(Secret.reason)"],
            ["anna: !gehe partner", "anna: !still 5", "private xaver: \(Secret.hidden) eG"],
            ["anna: !aufgabe xaver bis 5.12.: \(Secret.task)"], ["anna: !parken \(Secret.parked)"],
            ["anna: !gehe alltag", "anna: !überspringen \(Secret.reason)"],
            ["anna: !aufgabe Stadtwerke bis 5.12.: Mit xaver reden"],
        ]
        for _ in 0..<30 { for line in scenes.randomElement(using: &random) ?? [] { played.play(line) } }
        played.wait(days: 14)
        played.play("anna: !ende wirklich")
        let payloads = played.payloads
        for secret in Secret.all { #expect(!payloads.contains(secret), "seed \(seed)") }
        #expect(played.notices.count > 1)
    }
}

extension SeededGenerator {
    fileprivate mutating func pick(_ words: [String]) -> String {
        words[Int.random(in: words.indices, using: &self)]
    }
}
