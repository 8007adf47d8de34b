import DialogEngine
import Foundation
import Testing

@testable import DialogEngine

@Suite("Versions of a guide")
struct GuideVersionTests {
    /// A session with something at many questions, whose guide's file holds the later version.
    private static func begun(with guide: Dialog = GuideVersions.later) -> Play {
        var play = Play.begun()
        play.tell(.bernd, .contribute("Der Alltag wird ruhiger", question: "alltag"))
        play.tell(.bernd, .contribute("Stadtwerke: Rohre; Bauhof: Pflege", question: "veränderung"))
        play.tell(.bernd, .contribute("Gewerbeverein: Parkplätze", question: "bedenken"))
        play.tell(.bernd, .contribute("Satzung", question: "recht"))
        play.tell(.dirk, .raise("Wem gehört der Weg?"))
        play.guide = guide
        return play
    }

    private static func adopting(_ guide: Dialog = GuideVersions.later) -> Play {
        var play = begun(with: guide)
        play.tell(.anna, .guide(.adopt(confirmed: true)))
        return play
    }

    @Test("Without another version there is nothing to compare, adopt or go back to")
    func nothing() {
        var play = Play.begun()
        #expect(play.tell(.bernd, .guide(.show)).phrases == [.guideShown])
        #expect(play.tell(.anna, .guide(.compare)).phrases == [.guideIsPresent])
        #expect(play.tell(.anna, .guide(.adopt(confirmed: true))).phrases == [.guideIsPresent])
        #expect(play.tell(.anna, .guide(.goBack)).phrases == [.guideIsFirst])
    }

    @Test("The comparison names every change that a facilitator would notice")
    func comparison() {
        let play = Self.begun()
        let lines = GuideComparison(present: Guide.dialog, other: GuideVersions.later, session: play.session).lines
        #expect(
            lines.map(\.phrase)
                == [
                    .guideRemovesAnswered, .guideAdds, .guideReshapes, .guideRenames, .guideRewords, .guideMoves,
                    .guideStaysInGroup, .guideLacksOrder, .guideHelps, .guideChangesNetwork,
                ].filter { $0 != .guideLacksOrder })
        let reshaped = lines.first { $0.phrase == .guideReshapes }
        #expect(reshaped?.values[.state] == .line(Line(.shapeOrganisations)))
    }

    @Test("A chosen order that is gone is said, and comes back with the version that has it")
    func order() {
        var play = Self.begun()
        play.tell(.anna, .order("worksheet"))
        #expect(play.tell(.anna, .guide(.compare)).phrases.contains(.guideLacksOrder))
        play.tell(.anna, .guide(.adopt(confirmed: true)))
        #expect(play.session.questions.map(\.id) == GuideVersions.later.questions.map(\.id))
        play.tell(.anna, .guide(.goBack))
        #expect(play.session.presentOrder?.id == "worksheet")
    }

    @Test("The same version with nothing but other bytes changes nothing that anybody notices")
    func sameWords() {
        let lines = GuideComparison(present: Guide.dialog, other: Guide.dialog, session: Play.begun().session).lines
        #expect(lines.map(\.phrase) == [.guideNothingToSee])
    }

    @Test("Adopting asks twice, says so in the room, and asks the present question anew where it changed")
    func adopting() {
        var play = Self.begun()
        play.tell(.anna, .goTo("recht"))
        let asked = play.tell(.anna, .guide(.adopt(confirmed: false)))
        #expect(
            asked.line(.confirmGuide)?.values[.count] == .count(1)
                && asked.line(.confirmGuide)?.values[.total] == .count(1))
        #expect(!asked.events.contains { if case .guideAdopted = $0.kind { true } else { false } })
        let adopted = play.tell(.anna, .guide(.adopt(confirmed: true)))
        #expect(adopted.phrases.first == .guideAdopted && adopted.phrases.contains(.prompt))
        #expect(play.session.dialog.version == "2")
        #expect(play.tell(.anna, .guide(.adopt(confirmed: true))).phrases == [.guideIsPresent])
    }

    @Test("Only facilitators compare and change")
    func rights() {
        var play = Self.begun()
        for request in [GuideRequest.compare, .adopt(confirmed: true), .goBack] {
            #expect(play.tell(.bernd, .guide(request)).phrases == [.forFacilitators])
        }
        #expect(play.tell(.bernd, .guide(.show)).phrases == [.guideShown, .guideDiffers])
    }

    @Test("Facilitators are told of a version once, privately, when one of them is there")
    func notice() {
        var play = Self.begun()
        #expect(!play.tell(.bernd, .contribute("Text", question: nil)).phrases.contains(.guideNoticed))
        let told = play.wait(.minute)
        #expect(told.phrases == [.guideNoticed] && told.outputs.first?.audience == .facilitators)
        #expect(play.wait(.minute).phrases.isEmpty && !play.tell(.anna, .status).phrases.contains(.guideNoticed))
        play.guide = GuideVersions.bare
        #expect(play.tell(.anna, .status).phrases.contains(.guideNoticed))
    }

    @Test("Nothing is lost: every record stays, and what is asked no more is told as a former question")
    func keeps() throws {
        let before = Self.begun().session
        var play = Self.adopting()
        let after = play.session
        #expect(after.contributions.map(\.text) == before.contributions.map(\.text))
        #expect(after.openPoints == before.openPoints && after.people.count == before.people.count)
        #expect(after.formerQuestions.map(\.id) == ["prepare.everyday"])
        #expect(!after.questions.contains { $0.id == "prepare.everyday" })
        #expect(play.tell(.anna, .status).phrases.contains(.statusFormer))
        let moved = play.tell(.anna, .goTo("alltag"))
        #expect(moved.phrases.starts(with: [.questionHeaderFormer, .prompt, .presentCollected]))
        play.pass(.minute)
        #expect(
            play.tell(.anna, .next(confirmed: false)).line(.questionHeader)?.values[.question]
                == .key(Guide.questions[0].key))
        #expect(play.tell(.bernd, .contribute("und leiser", question: "alltag")).phrases.contains(.notedElsewhere))
    }

    @Test("A text that becomes names of organisations makes their records, under whoever wrote it")
    func readsAgain() {
        var play = Self.adopting()
        let names = play.session.network.members.map(\.name)
        #expect(names.contains("Stadtwerke") && names.contains("Bauhof"))
        #expect(play.session.organisations.first { $0.name == "Bauhof" }?.namedBy == [2])
        play.tell(.bernd, .forgetMe(confirmed: true), .private)
        #expect(!play.session.organisations.contains { $0.name == "Bauhof" })
    }

    @Test(
        "A question that the group is at and that is gone leads to the one behind it, without its clock and its silence"
    )
    func current() {
        var play = Self.begun()
        play.tell(.anna, .goTo("alltag"))
        play.tell(.anna, .timebox(.set(minutes: 10)))
        play.tell(.anna, .silence(minutes: 5))
        play.tell(.dirk, .contribute("still gesagt", question: nil), .private)
        let adopted = play.tell(.anna, .guide(.adopt(confirmed: true)))
        #expect(adopted.phrases.contains(.revealedItem))
        #expect(play.session.current == "prepare.touchpoints")
        #expect(play.session.timebox == nil && play.session.silence == nil)
        play.tell(.anna, .guide(.goBack))
        #expect(play.session.current == "prepare.touchpoints" && play.session.dialog.version == "1")
    }

    @Test("Going back keeps what was said meanwhile, to a new question as well, and adopting again brings it forth")
    func goesBack() {
        var play = Self.adopting()
        play.tell(.bernd, .contribute("Hitze", question: "klima"))
        let back = play.tell(.anna, .guide(.goBack))
        #expect(back.phrases.first == .guideReturned)
        #expect(play.session.questions.map(\.id) == Guide.questions.map(\.id))
        #expect(play.session.formerQuestions.map(\.id) == ["prepare.climate"])
        #expect(play.tell(.anna, .guide(.goBack)).phrases == [.guideIsFirst])
        #expect(play.tell(.anna, .guide(.compare)).phrases.contains(.guideBringsBack))
        play.tell(.anna, .guide(.adopt(confirmed: true)))
        #expect(play.state(of: "prepare.climate") == .collected)
        #expect(play.session.formerQuestions.map(\.id) == ["prepare.everyday"])
    }

    @Test("What was said in confidence stays in the group, whatever a later version says")
    func confidence() {
        let play = Self.adopting()
        #expect(play.session.dialog.question("alliances.opponents")?.isInternal == true)
        #expect(GuideVersions.later.question("alliances.opponents")?.isInternal == false)
    }

    @Test("Concerns are erased on their date under a version that asks for none any more")
    func concerns() throws {
        var settings = Play.settings
        settings.concernsRetainedUntil = Play.beginning.addingTimeInterval(90 * .day)
        var play = Play.begun(settings: settings)
        play.tell(.bernd, .contribute("Zqverein: zqgrund", question: "bedenken"))
        play.tell(.bernd, .contribute("Zqnachbarn: zqlärm", question: "bedenken"))
        let members = [RecordID.b1, .b2]
        play.tell(.anna, .group(members, as: "zqzusammen"))
        play.guide = GuideVersions.bare
        play.tell(.anna, .guide(.adopt(confirmed: true)))
        #expect(play.session.formerQuestions.contains { $0.id == "alliances.opponents" })
        #expect(
            play.tell(.bernd, .contribute("Herr Möller: dagegen", question: "bedenken")).phrases == [.noPersonalNames])
        let before = play.session
        play.wait(91 * .day)
        #expect(try !Folded.json(play.session).lowercased().contains("zq"))
        let erasure = try #require(before.erasureOfConcerns)
        #expect(try !Folded.json(play.events.map { $0.redacted(by: erasure) }).lowercased().contains("zq"))
    }

    @Test("Events and snapshots of a changed guide give the same session without its file")
    func folds() throws {
        var play = Self.adopting()
        play.tell(.bernd, .contribute("Hitze", question: "klima"))
        let live = try Folded.json(play.session)
        let folded = try Folded.session(play.events)
        #expect(try Folded.json(folded) == live && folded.dialog == play.session.dialog)
        let restored = try Folded.decoded(live)
        #expect(restored.dialog == play.session.dialog && restored.formerGuides == [Guide.dialog])
    }
}
