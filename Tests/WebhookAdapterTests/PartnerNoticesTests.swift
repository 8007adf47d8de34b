import DialogEngine
import Facilitation
import FacilitationTesting
import Foundation
import SeededRandom
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

    @Test("That the group's chat network fell apart for a while is no news")
    func keepsSplits() throws {
        var played = try Played(Self.all)
        played.play("anna: !start Stadtbäume", "bernd: + Junge Bäume vertrocknen.")
        played.split(from: "bernd")
        #expect(played.session.state == .running && played.session.isSplit == false)
        played.play("anna: !pause")
        #expect(played.types == ["session.started", "session.paused"])
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

    @Test("A partner hears how its own organisation is to be approached, and of no other one")
    func tellsOwnContacts() throws {
        var view = Self.all
        view.organisation = "Stadtwerke Musterow"
        var played = try Played(view)
        played.play(
            "anna: !start Stadtbäume", "bernd: +partner Stadtwerke Musterow", "bernd: +partner Sparkasse",
            "dirk: !kontakt O1 bernd bis 9.12. format=kaffee takt=4w bei=Schulz anliegen=Brunnen öffnen",
            "dirk: !kontakt O2 bis 8.12. anliegen=Geld leihen")
        #expect(
            played.notices.last?.text
                == "Stadtbäume: Die Gruppe möchte mit »Stadtwerke Musterow« (O1) ins Gespräch kommen: bis 09.12.2026 · Anliegen: Brunnen öffnen · Kaffee (informell) · alle 4 Wochen"
        )
        let planned = try played.data(of: "contact.planned")
        #expect(planned.organisation == .init(id: "O1", text: "Stadtwerke Musterow"))
        #expect(planned.contact?.request == "Brunnen öffnen" && planned.contact?.every == "P4W")
        #expect(planned.contact?.counterpart == nil && planned.contact?.owner == nil)
        played.wait(days: 20)
        played.play("bernd: !kontakt O1 erledigt")
        #expect(
            played.types.filter { $0.hasPrefix("contact") } == ["contact.planned", "contact.due", "contact.made"])
        #expect(try played.data(of: "contact.made").contact?.due != nil)
        #expect(!played.payloads.contains("Geld leihen") && !played.payloads.contains("Schulz"))
    }

    @Test("A contact that is planned privately, or with an organisation that is known from concerns alone, is not told")
    func keepsContacts() throws {
        var view = Self.all
        view.organisation = "Stadtwerke"
        var played = try Played(view)
        played.play("anna: !start Stadtbäume", "bernd: +bedenken Stadtwerke: Kosten", "bernd: !kontakt O1 bis 9.12.")
        #expect(played.types == ["session.started"])
        played.play("bernd: +partner Stadtwerke", "private bernd: !kontakt O1 bis 8.12. anliegen=Verschwiegenes")
        played.wait(days: 20)
        played.play("bernd: !kontakt O1 erledigt")
        #expect(played.types == ["session.started", "organisation.added", "contact.made"])
        #expect(!played.payloads.contains("Verschwiegenes"))
    }

    @Test("What the group wants a partner's organisation to do in the network is told once")
    func tellsNetworkTasks() throws {
        var view = Self.all
        view.organisation = "Stadtwerke"
        view.types.remove(.organisationAdded)
        var played = try Played(view)
        played.play(
            "anna: !start Stadtbäume", "bernd: +aufgaben Stadtwerke: Technik: Zisternen warten",
            "bernd: +aufgaben Sparkasse: Geld leihen", "anna: !gehe aufgaben",
            "anna: = Stadtwerke: Technik: Zisternen warten; Sparkasse: Geld leihen", "anna: !beschluss",
            "private dirk: +aufgaben Stadtwerke: Heimliches")
        #expect(played.types == ["session.started", "organisation.task_assigned", "answer.agreed"])
        let data = try played.data(of: "organisation.task_assigned")
        #expect(data.organisation?.id == "O1")
        #expect(data.task?.text == "Zisternen warten" && data.task?.kind != nil)
    }

    @Test("Next steps are told when everybody has seen them, and organisations that turn out to be the same")
    func tellsNetwork() throws {
        var played = try Played(Self.all)
        played.play(
            "anna: !start Stadtbäume", "bernd: +schritte Befreiung beantragen; Bauamt; 15.03.2027",
            "private dirk: +schritte Heimliches", "bernd: +partner Stadtwerke", "bernd: +partner Werke der Stadt",
            "anna: !gleich O1 O2", "anna: !trennen O2", "private dirk: +partner Geheimrat", "anna: !gleich O1 O3")
        #expect(
            played.types == [
                "session.started", "next_step.added", "organisation.added", "organisation.added", "organisation.merged",
                "organisation.split",
            ])
        #expect(try played.data(of: "next_step.added").nextStep == .init(id: "N1", text: "Befreiung beantragen"))
        let merged = try played.data(of: "organisation.merged")
        #expect(merged.organisation?.id == "O1" && merged.merged == .init(id: "O2", text: "Werke der Stadt"))
        #expect(!played.payloads.contains("Heimliches") && !played.payloads.contains("Geheimrat"))
    }

    @Test("An answer counts as agreed again when the proposal that re-opened it is withdrawn")
    func tellsWithdrawal() throws {
        var played = try Played(Self.all)
        played.play(
            "anna: !start Stadtbäume", "anna: = Wasser fehlt.", "anna: !beschluss", "anna: = Regen fehlt.",
            "anna: !zurückziehen")
        #expect(played.types == ["session.started", "answer.agreed", "answer.reopened", "answer.agreed"])
        #expect(try played.data(of: "answer.agreed").answer?.text == "Wasser fehlt.")
    }

    @Test("A partner hears that a task of its own is done, and that it is asked")
    func tellsOwnAffairs() throws {
        var view = Self.all
        view.organisation = "Stadtwerke"
        var played = try Played(view)
        played.play(
            "anna: !start Stadtbäume", "anna: !aufgabe Stadtwerke bis 5.12.: Pumpe prüfen", "anna: !erledigt A1",
            "anna: ? Wie tief liegt das Rohr?", "anna: !experte K1 Stadtwerke", "private anna: !experte K1 Stadtwerke")
        #expect(
            played.types == [
                "session.started", "task.assigned", "task.done", "open_point.raised", "open_point.asked",
            ])
        #expect(
            played.notices.last?.text
                == "Stadtbäume: Die Gruppe bittet Ihre Organisation um eine Auskunft: Wie tief liegt das Rohr? (K1)")
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
        let size = try #require(WebhookBody.bytes(of: delivery)?.count)
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
        static let contact = "Fremdanliegen"
        static let counterpart = "Ansprechperson"
        static let hurdle = "Hürdenwort"
        static let all = [
            concern, privately, hidden, objection, reason, task, parked, contribution, contact, counterpart, hurdle,
            "Zacharias", "xaver",
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
            ["anna: +partner Sparkasse; Stadtwerke", "dirk: !kontakt Sparkasse bis 2.12. anliegen=\(Secret.contact)"],
            ["dirk: !kontakt Stadtwerke xaver bis 3.12. bei=\(Secret.counterpart) anliegen=xaver anhören"],
            ["private dirk: !kontakt Stadtwerke bis 2.12. anliegen=\(Secret.privately)"],
            ["dirk: !kontakt \(Secret.concern) bis 2.12. anliegen=\(Secret.concern)"],
            ["dirk: !kontakt Stadtwerke erledigt"],
            ["dirk: +aufgaben Sparkasse: \(Secret.task)", "private dirk: +aufgaben Stadtwerke: \(Secret.privately)"],
            ["dirk: +aufgaben Stadtwerke: mit Zacharias Rohre legen"], ["dirk: +hürden \(Secret.hurdle)"],
            ["private dirk: +schritte \(Secret.privately)", "xaver: +schritte xaver ruft an; Zacharias"],
            ["anna: !gleich O1 O2", "anna: !gleich O2 O3"], ["anna: !trennen O2"], ["anna: !gleich O4 O1"],
            ["anna: !gehe schritte", "anna: !still 5", "private xaver: \(Secret.hidden)"],
            ["private dirk: !experte K1 Stadtwerke bis 2.12.", "dirk: !experte K2 Stadtwerke bis 2.12."],
            ["anna: !erledigt A1"], ["anna: = \(Secret.contribution)", "anna: !zurückziehen"],
        ]
        for _ in 0..<30 { for line in scenes.randomElement(using: &random) ?? [] { played.play(line) } }
        played.wait(days: 14)
        played.play("anna: !ende wirklich")
        let payloads = played.payloads
        for secret in Secret.all { #expect(!payloads.contains(secret), "seed \(seed)") }
        #expect(played.notices.count > 1)
    }
}
