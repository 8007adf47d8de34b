import DialogEngine
import FoundationEssentials
import Testing

@testable import Wording

@Suite("What stands behind the verbs of the network")
struct NetworkVerbsTests {
    private static let now = Date(timeIntervalSince1970: 1_795_366_800)

    private func read(_ line: String) throws -> Command {
        let reader = LineReader(
            phrasebooks: try ShippedWording.phrasebooks, botName: "lotse",
            timeZone: ShippedWording.timeZone)
        return reader.read(line, at: Self.now, in: Language(rawValue: "de"))
    }

    private static let o3 = RecordID(.organisation, 3)

    static let lines: [(String, Command)] = [
        ("!org+ Stadtwerke: unterstützt", .addOrganisation("Stadtwerke", as: .supporter, detail: nil)),
        ("!org+ Stadtwerke: supports", .addOrganisation("Stadtwerke", as: .supporter, detail: nil)),
        (
            "!org+ Gewerbeverein: bedenken: Parkplätze",
            .addOrganisation("Gewerbeverein", as: .opponent, detail: "Parkplätze")
        ),
        ("!org+ Bauhof: bringt Tankwagen", .addOrganisation("Bauhof", as: .holder, detail: "Tankwagen")),
        ("!org+ Bauhof", .addOrganisation("Bauhof", as: nil, detail: nil)),
        ("!org+ Sparkasse: bringt Geld; Räume", .addOrganisation("Sparkasse", as: .holder, detail: "Geld; Räume")),
        ("!org+ Netz: Zukunft: unterstützt", .addOrganisation("Netz: Zukunft", as: .supporter, detail: nil)),
        ("!org+ »Netz: Land«: bringt Geld", .addOrganisation("Netz: Land", as: .holder, detail: "Geld")),
        ("!org+ Zukunft:Land e. V.", .addOrganisation("Zukunft:Land e. V.", as: nil, detail: nil)),
        ("!org+ Bauhof:unterstützt", .addOrganisation("Bauhof", as: .supporter, detail: nil)),
        (
            "!org+ Amt für Bau, Umwelt und Verkehr: fehlt",
            .addOrganisation("Amt für Bau, Umwelt und Verkehr", as: .missing, detail: nil)
        ),
        ("!org+ Bauhof:", .addOrganisation("Bauhof", as: nil, detail: nil)),
        ("!org?", .showOrganisations), ("!org O3", .describeOrganisation(o3, OrganisationDescription())),
        (
            "!org o3 aufgabe=Technik: Rohre warten nutzen=weniger Ärger sphäre=wirtschaft art=gruppe",
            .describeOrganisation(
                o3,
                OrganisationDescription(
                    task: "Technik: Rohre warten", benefit: "weniger Ärger", sphere: "wirtschaft", kind: .group))
        ),
        ("!org O3 farbe=rot", .incomplete("describe_organisation", .missing)),
        ("!gleich O3 O7", .merge(o3, RecordID(.organisation, 7))), ("!same O3", .incomplete("merge", .badID)),
        ("!trennen O3", .split(o3)), ("!niemand", .noHolder(nil)), ("!niemand R2", .noHolder(RecordID(.resource, 2))),
        ("!hürde H1 N2", .resolveHurdle(RecordID(.hurdle, 1), .step(RecordID(.step, 2)))),
        ("!huerde h1 außerhalb", .resolveHurdle(RecordID(.hurdle, 1), .outside)),
        ("!kontakt", .showContacts), ("!kontakt O3 erledigt", .makeContact(o3)),
        (
            "!kontakt O3 anna format=kaffee takt=4w bei=Frau Schulz anliegen=Zuschuss",
            .planContact(
                o3,
                ContactPlan(
                    assignee: "anna", counterpart: "Frau Schulz", request: "Zuschuss", format: "kaffee",
                    rhythm: Rhythm(every: 4, .weeks)))
        ),
        ("!kontakt O3 takt=2 Monate", .planContact(o3, ContactPlan(rhythm: Rhythm(every: 2, .months)))),
        ("!kontakt O3 takt=oft", .incomplete("contact", .badRhythm)),
        ("!kontakt O3 anna bis 31.2.", .incomplete("contact", .noSuchDay)), ("!karte", .showMap),
        ("!faktoren", .showFactors),
    ]

    @Test("Each line is read as its command", arguments: lines)
    func reads(line: String, command: Command) throws {
        #expect(try read(line) == command)
    }

    @Test("A contact's date is read as all others are")
    func dates() throws {
        guard case .planContact(_, let plan) = try read("!kontakt O3 Anna Berg bis 9.12. format=kaffee") else {
            Issue.record("not read")
            return
        }
        #expect(plan.assignee == "Anna Berg" && plan.due?.isWholeDay == true && plan.format == "kaffee")
    }
}
