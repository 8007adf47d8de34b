import DialogEngine
import FoundationEssentials
import Testing

@testable import DialogEngine

@Suite("The network")
struct NetworkTests {
    // MARK: Organisations

    @Test("An organisation may be called by its id where tasks and benefits are asked for")
    func callsByID() {
        var play = Play.network(("partners", "Stadtwerke"))
        play.go(to: "benefits")
        #expect(play.tell(.bernd, .contribute("O1 bekommt gute Presse", question: nil)).phrases.contains(.notedAs))
        #expect(play.session.contributions.last?.text == "Stadtwerke: bekommt gute Presse")
        play.tell(.bernd, .contribute("O7 unbekannt", question: nil))
        #expect(play.session.contributions.last?.text == "O7 unbekannt")
        #expect(play.session.network.members.first?.name == "Stadtwerke")
    }

    @Test("An organisation that is named at several questions is one record with several positions")
    func positions() throws {
        let play = Play.network(
            ("partners", "Stadtwerke; Bauhof"), ("supporters", "stadtwerke"), ("missing", "Bauhof; Land"))
        let network = play.session.network
        #expect(network.members.map(\.name) == ["Stadtwerke", "Bauhof", "Land"])
        #expect(network.members.map(\.positions) == [[.partner, .supporter], [.partner, .missing], [.missing]])
    }

    @Test("A position is said with a verb and stands at its question, where it can be withdrawn")
    func adding() {
        var play = Play.network()
        play.tell(.bernd, .addOrganisation("Sparkasse", as: .supporter, detail: nil))
        #expect(play.session.contributions.map(\.question) == ["s.supporters"])
        #expect(play.session.network.members.map(\.positions) == [[.supporter]])
        play.tell(.bernd, .withdraw(.b1))
        #expect(play.session.network.members.isEmpty)
    }

    @Test(
        "What a command names as one name and its parts stays that, whatever signs are in it",
        arguments: [
            ("Sparkasse", .holder, "Geld; Räume", ["Geld: Sparkasse", "Räume: Sparkasse"]),
            ("Netz: Land", .holder, "Geld", ["Geld: Netz: Land"]), ("A, B; C", .supporter, nil, ["A, B; C"]),
            ("Anwohner und Händler", .supporter, nil, ["Anwohner und Händler"]),
            ("Sparkasse", .opponent, "Zins; Laufzeit", ["Sparkasse: Zins", "Sparkasse: Laufzeit"]),
            ("Bauhof", .holder, "Wagen: klein", ["Wagen: klein: Bauhof"]),
        ] as [(String, NetworkPosition, String?, [String])])
    func parts(name: String, position: NetworkPosition, detail: String?, statements: [String]) throws {
        var play = Play.network(("resources", "Geld; Räume"))
        let decision = play.tell(.bernd, .addOrganisation(name, as: position, detail: detail))
        #expect(!decision.phrases.contains(.oneOrSeveral))
        let member = try #require(play.session.network.members.first)
        #expect(play.session.network.members.count == 1 && member.name == name)
        let told = member.statements.map(\.entry).map { entry in
            [entry.subject, entry.text, entry.detail].compactMap(\.self).joined(separator: ": ")
        }
        #expect(told == statements)
    }

    @Test("Tasks and benefits of several parts belong to one organisation")
    func describesInParts() throws {
        var play = Play.network(("partners", "»Netz: Land, Stadt«"))
        play.tell(
            .bernd,
            .describeOrganisation(.o1, OrganisationDescription(task: "Technik: Rohre; Filter", benefit: "a, b; c")))
        play.go(to: "benefits")
        play.tell(.bernd, .contribute("O1 Ruhm; Geld", question: nil))
        let member = try #require(play.session.network.members.first)
        #expect(play.session.network.members.count == 1 && member.name == "Netz: Land, Stadt")
        #expect(member.statements(at: "s.tasks").map(\.entry.detail) == ["Rohre", "Filter"])
        #expect(member.statements(at: "s.benefits").map(\.entry.detail) == ["a, b", "c", "Ruhm", "Geld"])
    }

    @Test("Where it is doubtful whether a name is several, the bot asks with the one line to type, and keeps one")
    func oneOrSeveral() {
        var play = Play.network()
        let decision = play.bring("Bauhof: Zeit; Land und Leute: Geld", to: "benefits")
        let asked = decision.line(.oneOrSeveral)
        #expect(asked?.values[.id] == .id(.b1) && asked?.values[.name] == .text("Land und Leute"))
        #expect(asked?.values[.text] == .text("Bauhof: Zeit; Land: Geld; Leute: Geld"))
        #expect(play.session.network.members.map(\.name) == ["Bauhof", "Land und Leute"])
        let edited = play.tell(.bernd, .edit(.b1, "Bauhof: Zeit; Land: Geld; Leute: Geld", due: nil))
        #expect(edited.line(.oneOrSeveral) == nil)
        #expect(play.session.network.members.map(\.name) == ["Bauhof", "Land", "Leute"])
        play.go(to: "partners")
        #expect(play.tell(.anna, .propose("Anwohner und Händler", from: [])).line(.oneOrSeveralProposed) != nil)
        #expect(play.bring("Stadtwerke, Bauhof und Feuerwehr", to: "partners").line(.oneOrSeveral) == nil)
    }

    @Test("What is said of no organisation in particular is no list")
    func guideWithoutLists() {
        // As sessions of older guides read it.
        let shape = AnswerShape(form: .organisations)
        #expect(shape.entries(in: "Amt für Bau, Umwelt und Verkehr").count == 2)
    }

    @Test("What no question asks for is said of the record, what one asks for goes to it")
    func describing() throws {
        var play = Play.network(("partners", "Stadtwerke"))
        let description = OrganisationDescription(
            task: "Technik: Rohre", benefit: "Ruhm", sphere: "wirtschaft", kind: .group)
        play.tell(.bernd, .describeOrganisation(.o1, description))
        let member = try #require(play.session.network.member(.o1))
        #expect(member.sphere == "economy" && member.kind == .group)
        #expect(member.statements(at: "s.tasks").map(\.entry.kind) == ["technology"])
        #expect(member.statements(at: "s.benefits").map(\.entry.detail) == ["Ruhm"])
        let refused = play.tell(.bernd, .describeOrganisation(.o1, OrganisationDescription(sphere: "Mars")))
        #expect(refused.isRefusal && refused.phrases == [.spheres])
    }

    @Test("After an agreed answer, what is brought later belongs to the network too")
    func afterAgreement() {
        var play = Play.network()
        play.go(to: "partners")
        play.tell(.anna, .propose("Stadtwerke", from: []))
        play.tell(.anna, .agree(nil))
        play.bring("Bauhof", to: "partners")
        #expect(play.session.network.members.map(\.name) == ["Stadtwerke", "Bauhof"])
    }

    // MARK: The same under two names

    @Test("Names that are alike are offered for merging and not merged")
    func offers() {
        var play = Play.network(("partners", "Stadtwerke"))
        let decision = play.bring("die Stadtwerke", to: "supporters")
        #expect(decision.line(.alikeOrganisations)?.values[.record] == .text("O1"))
        #expect(play.session.network.members.count == 2)
        #expect(play.bring("Bauhof", to: "supporters").line(.alikeOrganisations) == nil)
    }

    @Test("A merger can be undone, and is not offered again")
    func merging() throws {
        var play = Play.network(("partners", "Stadtwerke"), ("supporters", "Stadtwerke Musterow GmbH"))
        #expect(play.tell(.bernd, .merge(.o1, .o2)).phrases == [.forFacilitators])
        play.tell(.anna, .merge(.o1, .o2))
        let member = try #require(play.session.network.members.first)
        #expect(play.session.network.members.count == 1)
        #expect(member.positions == [.partner, .supporter] && member.merged.map(\.id) == [.o2])
        #expect(play.tell(.anna, .merge(.o2, .o1)).phrases == [.alreadyMerged])
        play.tell(.anna, .split(.o2))
        #expect(play.session.network.members.map(\.positions) == [[.partner], [.supporter]])
        #expect(!play.tell(.anna, .showOrganisations).phrases.contains(.alikeOrganisations))
    }

    // MARK: Resources

    @Test("Resources are walked one by one; a plain name answers what was asked")
    func walk() {
        var play = Play.network(("resources", "Geld: 5000 Euro; Platz; Tankwagen"))
        #expect(play.go(to: "holders").line(.askForHolder)?.values[.text] == .text("5000 Euro"))
        let first = play.bring("Sparkasse, Land", to: "holders")
        #expect(play.session.contributions.last?.text == "5000 Euro: Sparkasse, Land")
        #expect(first.line(.askForHolder)?.values[.text] == .text("Platz"))
        #expect(play.bring("R3: Bauhof", to: "holders").line(.askForHolder)?.values[.text] == .text("Platz"))
        #expect(play.bring("Platz: Bauhof", to: "holders").phrases.contains(.allResourcesMatched))
        #expect(play.session.network.unmatched.isEmpty)
    }

    @Test(
        "What is typed at the question for holders is read with the resource in front",
        arguments: [
            ("Bauhof: Tankwagen", "Tankwagen: Bauhof"),
            ("Bauhof: Tankwagen; Kirche: Platz", "Tankwagen: Bauhof; Platz: Kirche"),
            ("Bauhof: Tankwagen, Platz", "Tankwagen: Bauhof; Platz: Bauhof"),
            ("Sparkasse: nur im Sommer", "Wasser am Markt: Sparkasse: nur im Sommer"),
            ("Wasser: Bauhof", "Wasser: Bauhof"), ("R3: Bauhof", "Tankwagen: Bauhof"),
            ("Feuerwehrhaus: Gemeinde", "Feuerwehrhaus: Gemeinde"),
        ])
    func holdersAsTyped(typed: String, read: String) {
        var play = Play.network(
            ("partners", "Sparkasse"), ("resources", "Wasser am Markt; Platz; Tankwagen"))
        play.go(to: "holders")
        play.bring(typed, to: "holders")
        #expect(play.session.contributions.last?.text == read)
    }

    @Test("What stands behind a holder is its detail and no part of its name")
    func holderWithDetail() {
        let play = Play.network(
            ("resources", "Wasser"), ("holders", "Wasser: Stadtwerke, Bauhof: nur im Sommer"))
        #expect(play.session.network.members.map(\.name) == ["Stadtwerke", "Bauhof"])
        #expect(
            play.session.network.members.flatMap(\.statements).map(\.entry.detail) == [
                "nur im Sommer", "nur im Sommer",
            ])
        #expect(play.session.network.resources[0].holders.count == 2)
    }

    @Test("A resource without a holder becomes an open point on request, and its result names the holder")
    func nobody() {
        var play = Play.network(("resources", "Platz; Tankwagen"))
        play.go(to: "holders")
        let decision = play.tell(.ceyda, .noHolder(nil))
        #expect(play.session.openPoints.map(\.text) == ["Platz"])
        #expect(decision.line(.askForHolder)?.values[.text] == .text("Tankwagen"))
        #expect(play.tell(.ceyda, .noHolder(RecordID(.resource, 1))).phrases == [.resourceSettled])
        play.tell(.ceyda, .clear(.k1, "Kirche"))
        #expect(play.session.network.resources[0].holders.count == 1)
        #expect(play.session.network.unmatched.map(\.item.name) == ["Tankwagen"])
    }

    @Test("An added resource re-opens exactly one match")
    func addedResource() {
        var play = Play.network(("resources", "Platz; Tankwagen"))
        play.go(to: "holders")
        play.tell(.anna, .propose("Platz: Kirche; Tankwagen: Bauhof", from: []))
        play.tell(.anna, .agree(nil))
        #expect(play.session.network.unmatched.isEmpty)
        let decision = play.bring("Pumpe", to: "resources")
        #expect(play.session.network.unmatched.map(\.item.name) == ["Pumpe"])
        #expect(decision.phrases.filter { $0 == .resourceAdded }.count == 1)
        #expect(play.state(of: "s.holders") == .agreed)
        let matched = play.session.network.resources.filter(\.isMatched).map(\.item.name)
        #expect(matched == ["Platz", "Tankwagen"])
    }

    @Test(
        "A resource is named by its words, a beginning of them, its id, or a kind of which there is one",
        arguments: ["5000 Euro", "5000 eu", "R1", "Geld"])
    func namedResources(subject: String) {
        let play = Play.network(("resources", "Geld: 5000 Euro; Platz"), ("holders", "\(subject): Sparkasse"))
        #expect(play.session.network.resources.map(\.isMatched) == [true, false])
    }

    // MARK: Hurdles

    @Test(
        "A hurdle is linked to the next step that its row names",
        arguments: ["Befreiung beantragen", "befreiung", "2", "Schritt 2", "N2"])
    func hurdles(said: String) {
        let play = Play.network(
            ("steps", "Plan prüfen; Bauamt\nBefreiung beantragen; Bauamt"), ("hurdles", "Satzung; \(said)"))
        #expect(play.session.network.hurdles.first?.isSettled == true)
        guard case .step(let step) = play.session.network.hurdles.first?.way else {
            Issue.record("not linked")
            return
        }
        #expect(step.name == "Befreiung beantragen")
    }

    @Test("A hurdle that no step removes is pointed out until it is linked or outside the group's hands")
    func openHurdles() {
        var play = Play.network(("steps", "Plan prüfen; Bauamt"), ("hurdles", "Kein Geld\nRegen; irgendwie"))
        #expect(play.session.network.gaps(in: NetworkSample.dialog).hurdles.count == 2)
        #expect(play.go(to: "hurdles").line(.gapHurdles) == nil)
        #expect(play.go(to: "partners").line(.gapHurdles) != nil)
        play.tell(.bernd, .resolveHurdle(RecordID(.hurdle, 1), .step(RecordID(.step, 1))))
        play.tell(.bernd, .resolveHurdle(RecordID(.hurdle, 2), .outside))
        #expect(play.session.network.gaps(in: NetworkSample.dialog).hurdles.isEmpty)
        #expect(play.tell(.bernd, .resolveHurdle(RecordID(.hurdle, 2), .step(RecordID(.step, 9)))).isRefusal)
    }

    // MARK: Tasks, benefits, spheres

    static let kinds = ["Technik", "Finanzierung", "Verwaltung", "Zusammenhalt"]

    @Test("The kinds of tasks that nobody has are one hint, whatever their number", arguments: 0...4)
    func coverage(taken: Int) {
        var play = Play.network()
        play.go(to: "tasks")
        for kind in Self.kinds.prefix(taken) { play.bring("Stadtwerke: \(kind): tun", to: "tasks") }
        let hints = play.go(to: "benefits").outputs.flatMap(\.lines).filter { $0.phrase == .gapTaskKinds }
        #expect(hints.count == (taken == 0 || taken == 4 ? 0 : 1))
        guard let hint = hints.first, case .list(let names) = hint.values[.names] else { return }
        #expect(names.count == 4 - taken)
    }

    @Test("A task may be told in own words")
    func ownWords() {
        let play = Play.network(("tasks", "Verein: Öffentlichkeit: Flyer"))
        let entry = play.session.network.members[0].statements(at: "s.tasks")[0].entry
        #expect(entry.kind == nil && entry.detail == "Öffentlichkeit: Flyer")
    }

    @Test("Who has a task but no benefit is pointed out, and the reverse")
    func symmetry() {
        var play = Play.network(("tasks", "Stadtwerke: Rohre; Bauhof: Filter"))
        play.go(to: "benefits")
        play.bring("Stadtwerke: Ruhm; Sparkasse: Ansehen", to: "benefits")
        let left = play.go(to: "mission")
        #expect(left.line(.gapBenefits)?.values[.names] == .list([.text("Bauhof")]))
        #expect(left.line(.gapTasks)?.values[.names] == .list([.text("Sparkasse")]))
    }

    @Test("Spheres are optional; where some are known, an empty one is named")
    func spheres() {
        var play = Play.network(("partners", "Stadtwerke"))
        #expect(play.tell(.bernd, .showOrganisations).line(.gapSpheres) == nil)
        play.tell(.bernd, .describeOrganisation(.o1, OrganisationDescription(sphere: "economy")))
        let shown = play.tell(.bernd, .showOrganisations)
        let science = Value.localized(Guide.text("Wissenschaft", "Science"))
        #expect(shown.line(.gapSpheres)?.values[.names] == .list([science]))
    }

    // MARK: Factors and map

    @Test("Success factors show the answers behind them and what is missing, and no score")
    func factors() {
        var play = Play.network(("resources", "Platz"), ("partners", "Sparkasse"))
        play.tell(.bernd, .describeOrganisation(.o1, OrganisationDescription(sphere: "economy")))
        let lines = play.tell(.bernd, .showFactors).outputs.flatMap(\.lines)
        #expect(lines.map(\.phrase) == [.factorItem, .factorItem])
        let parts = lines.flatMap(\.nested)
        #expect(parts.filter { $0.phrase == .factorEvidence }.count == 1)
        #expect(parts.filter { $0.phrase == .factorMissing }.count == 2)
        #expect(parts.flatMap(\.values.values).allSatisfy { if case .count = $0 { false } else { true } })
    }

    @Test("The map as text has the mission, each position with its organisations, and what is missing")
    func map() {
        var play = Play.network(
            ("mission", "Bäume retten"), ("partners", "Bauhof"), ("missing", "Land"), ("tasks", "Bauhof: Technik: x"))
        #expect(!play.tell(.anna, .showMap).phrases.contains(.mapMission))
        play.go(to: "mission")
        play.tell(.anna, .propose("Bäume retten", from: []))
        play.tell(.anna, .agree(nil))
        let decision = play.tell(.anna, .showMap)
        #expect(decision.phrases == [.mapMission, .mapPosition, .mapPosition, .gapTaskKinds, .mapAsPicture])
        #expect(play.tell(.bernd, .showMap).phrases.last == .mapFromFacilitator)
    }

    @Test("A guide without a network says so")
    func noNetwork() {
        let plain = Dialog(
            id: "plain", version: "1", contentHash: "0", languages: Guide.dialog.languages, title: Guide.dialog.title,
            introduction: Guide.dialog.introduction, about: Guide.dialog.about, closing: Guide.dialog.closing,
            attribution: "", steps: Guide.dialog.steps, questions: Guide.dialog.questions, orders: Guide.dialog.orders)
        var play = Play.begun(dialog: plain)
        for command in [Command.showMap, .showFactors, .addOrganisation("Bauhof", as: .partner, detail: nil)] {
            #expect(play.tell(.anna, command).phrases == [.noNetwork])
        }
    }
}
