import DialogEngine
import Foundation
import SeededRandom
import Testing

@Suite("Whatever several people do")
struct RandomWalkTests {
    static let seeds: [UInt64] = [1, 2, 3, 4, 5, .random(in: .min ... .max)]
    static let steps = 1_500

    @Test("every invariant of the session holds", arguments: seeds)
    func holds(_ seed: UInt64) throws {
        var inputs = RandomInputs(seed: seed)
        var play = Play.begun()
        for step in 0..<Self.steps {
            play.guide = GuideVersions.all[step / 100 % GuideVersions.all.count]
            play.pass(inputs.pause())
            inputs.now = play.now
            let kind = inputs.input()
            let before = play.session
            let decision = play.take(kind)
            let place: Comment = "seed \(seed), step \(step): \(kind)"
            checkAnswer(kind, decision, before, place)
            checkSlots(decision, place)
            checkEvents(decision, before, place)
            checkAgreed(decision, before, play.session, place)
            checkHidden(decision, play.session, place)
            if case .clock = kind { #expect(play.session.nextDeadline.map { $0 > play.now } ?? true, place) }
            if play.session.state == .ended, step % 40 == 0 { play = Play.begun() }
        }
    }

    @Test("folding again, from the beginning or from a snapshot, gives the same session", arguments: seeds)
    func folds(_ seed: UInt64) throws {
        var inputs = RandomInputs(seed: seed)
        var play = Play.begun()
        var snapshot = try Folded.json(play.session)
        var tail: [Event] = []
        for step in 0..<Self.steps where play.session.state != .ended {
            play.guide = GuideVersions.all[step / 100 % GuideVersions.all.count]
            play.pass(inputs.pause())
            inputs.now = play.now
            let kind = inputs.input()
            if case .command(.end, _, _) = kind { continue }
            tail += play.take(kind).events
            if step % 250 == 100 {
                snapshot = try Folded.json(play.session)
                tail = []
            }
        }
        let live = try Folded.json(play.session)
        #expect(try Folded.json(Folded.session(play.events)) == live, "seed \(seed)")
        var restored = try Folded.decoded(snapshot)
        for event in tail { try restored.apply(event) }
        #expect(try Folded.json(restored) == live, "seed \(seed)")
        #expect(play.events.map(\.seq) == Array(1...play.events.count), "seed \(seed)")
    }

    @Test("an event that is known changes nothing, and one before which another is missing is an error")
    func refusesGaps() throws {
        var play = Play.begun()
        let known = try Folded.json(play.session)
        for event in play.events { try play.session.apply(event) }
        #expect(try Folded.json(play.session) == known)
        let seq = play.session.seq
        let late = Event(seq: seq + 2, at: play.now, by: nil, source: .chat, kind: .ended)
        #expect(throws: EventGap(expected: seq + 1, found: seq + 2)) { try play.session.apply(late) }
    }

    @Test("forgetting people leaves the same session as replaying their redacted events", arguments: seeds)
    func forgets(_ seed: UInt64) throws {
        var inputs = RandomInputs(seed: seed)
        var play = Play.begun()
        var history = play.events
        for step in 0..<400 {
            play.guide = GuideVersions.all[step / 50 % GuideVersions.all.count]
            play.pass(inputs.pause())
            inputs.now = play.now
            var kind = inputs.input()
            if case .command(.end, _, _) = kind { continue }
            if step % 25 == 24 {
                let leaving = RandomInputs.people[step / 25 % RandomInputs.people.count]
                kind = .command(.forgetMe(confirmed: true), by: leaving, source: .private)
            }
            let before = play.session
            let events = play.take(kind).events
            history += events
            let forgotten = events.compactMap { if case .forgotten(let person) = $0.kind { person } else { nil } }
            guard let person = forgotten.last else { continue }
            let erasure = before.erasure(of: person)
            history = history.map { $0.redacted(by: erasure) }
            let same = try Folded.json(Folded.session(history)) == Folded.json(play.session)
            #expect(same, "seed \(seed), step \(step), people \(forgotten)")
        }
    }

    @Test("nobody is named in public for what she did privately", arguments: seeds)
    func keepsNames(_ seed: UInt64) {
        let quiet = Speaker(identity: Identity(rawValue: "local/zora"), name: "zora")
        var inputs = RandomInputs(seed: seed)
        var play = Play.begun()
        for step in 0..<Self.steps {
            play.pass(inputs.pause())
            inputs.now = play.now
            var kind = inputs.input()
            if case .command(let command, let speaker, _) = kind {
                switch command {
                // Who has a task, and who facilitates, is meant to be known.
                case .assign, .addFacilitator: continue
                default:
                    if [.bernd, .ceyda].contains(speaker) { kind = .command(command, by: quiet, source: .private) }
                }
            }
            let isPrivate = if case .command(_, _, .private) = kind { true } else { false }
            for output in play.take(kind).outputs
            where output.audience == .room || output.audience == .asker && !isPrivate {
                let words = output.lines.flatMap { $0.values.values }.flatMap(\.typed)
                #expect(!words.contains("zora"), "seed \(seed), step \(step): \(kind)")
            }
            if play.session.state == .ended, step % 40 == 0 { play = Play.begun() }
        }
    }

    private func checkAnswer(_ kind: Input.Kind, _ decision: Decision, _ before: Session, _ place: Comment) {
        switch kind {
        case .command(.bare, _, .chat) where before.mode == .talk || before.state == .ended:
            #expect(decision.isNothing, place)
        case .command(.aside, _, _):
            #expect(decision.outputs.isEmpty && decision.events.isEmpty, place)
        case .command(.plain, _, .chat) where before.mode == .talk || before.state == .ended:
            #expect(decision.outputs.isEmpty && decision.events.isEmpty, place)
        case .command, .proved:
            #expect(!decision.outputs.isEmpty, place)
        case .joined:
            #expect(decision.outputs.isEmpty == (before.state == .ended || before.state == .new), place)
        case .left:
            #expect(decision.outputs.isEmpty, place)
        case .renamed, .identified:
            #expect(decision.phrases.allSatisfy { $0 == .nameNumbered }, place)
        case .called, .clock, .separated, .reunited:
            break
        }
    }

    private func checkSlots(_ decision: Decision, _ place: Comment) {
        for line in decision.outputs.flatMap(\.lines).flatMap(\.nested) {
            #expect(Set(line.values.keys) == line.phrase.slots, "\(line.phrase); \(place)")
        }
    }

    /// Numbers follow each other, ids are new, and everything but the time's doing has an author who is known.
    private func checkEvents(_ decision: Decision, _ before: Session, _ place: Comment) {
        let seqs = decision.events.map(\.seq)
        #expect(seqs == Array((before.seq + 1)..<(before.seq + 1 + seqs.count)), place)
        var known = Set(before.contributions.map(\.id) + before.openPoints.map(\.id) + before.actions.map(\.id))
        known.formUnion(before.parked.map(\.id) + before.contributionGroups.map(\.id) + before.remarks.map(\.id))
        for event in decision.events {
            guard let id = event.kind.newID else { continue }
            #expect(known.insert(id).inserted, "\(id) twice; \(place)")
            // Of a remark only the group that it came from is known.
            #expect((event.by == nil) == (id.kind == .remark), place)
        }
    }

    private func checkAgreed(_ decision: Decision, _ before: Session, _ after: Session, _ place: Comment) {
        let agreeing = decision.events.compactMap { if case .agreed(let question) = $0.kind { question } else { nil } }
        for question in Guide.questions where !agreeing.contains(question.id) {
            let was = before.answers[question.id]?.agreed
            let now = after.answers[question.id]?.agreed
            #expect(was?.text == now?.text && was?.from == now?.from, place)
        }
    }

    /// What was withdrawn, and what waits for the end of a silence, is not shown to anybody else.
    private func checkHidden(_ decision: Decision, _ session: Session, _ place: Comment) {
        let invisible = session.contributions.filter { $0.isHidden || $0.isWithdrawn }
        for question in Guide.questions where session.answer(to: question.id).agreed == nil {
            let visible = session.visibleContributions(to: question.id)
            #expect(session.entries(of: question).isEmpty || !visible.isEmpty, place)
            #expect(Set(visible.map(\.id)).isDisjoint(with: invisible.map(\.id)), place)
        }
        let shown = decision.outputs.flatMap(\.lines).flatMap(\.nested)
        for line in shown where [.presentCollected, .recapContribution, .revealedItem].contains(line.phrase) {
            let ids = Set([line.values[.id], line.values[.ids]].compactMap(\.self).flatMap(\.typed))
            #expect(ids.isDisjoint(with: invisible.map(\.id.description)), place)
        }
    }
}

extension Event.Kind {
    /// The id of the record that begins with it.
    var newID: RecordID? {
        switch self {
        case .contributed(let id, _, _, _, _), .openPointRaised(let id, _, _), .parked(let id, _): id
        case .actionAssigned(let id, _, _, _, _), .contributionsGrouped(let id, _, _, _): id
        case .remarked(let id, _, _, _, _): id
        default: nil
        }
    }
}
