import FoundationEssentials
import SeededRandom
import Testing

@testable import DialogEngine

@Suite("What is kept beside the records")
struct DerivedTests {
    static let seeds: [UInt64] = [1, 2, 3, .random(in: .min ... .max)]

    @Test("It is after every line what follows from the records alone, and so it is after a snapshot", arguments: seeds)
    func followsTheRecords(_ seed: UInt64) throws {
        var inputs = RandomInputs(seed: seed)
        var play = Play.begun()
        for step in 0..<600 {
            play.guide = GuideVersions.all[step / 50 % GuideVersions.all.count]
            play.pass(inputs.pause())
            inputs.now = play.now
            let kind = inputs.input()
            play.take(kind)
            let isTrue = play.session.derived == Derived(of: play.session)
            #expect(isTrue, "seed \(seed), step \(step): \(kind)")
            if !isTrue { return }
            if step % 100 == 99, play.session.laterGuide == nil {
                let restored = try Folded.decoded(Folded.json(play.session))
                #expect(restored.derived == play.session.derived, "seed \(seed), step \(step)")
            }
            if play.session.state == .ended, step % 40 == 0 { play = Play.begun() }
        }
    }

    @Test("The network that is kept is the one that all texts together name", arguments: seeds)
    func readsTheNetwork(_ seed: UInt64) {
        var walk = NetworkWalk(seed: seed)
        var play = Play.begun(dialog: NetworkSample.dialog)
        for step in 0..<150 {
            let command = walk.command()
            play.tell(walk.person(), command)
            let place: Comment = "seed \(seed), step \(step): \(command)"
            let session = play.session
            #expect(session.derived == Derived(of: session), place)
            let network = session.network
            #expect(network.members.map(\.id) == SlowReading.members(of: session), place)
            #expect(network.resources.map(\.item.id) == SlowReading.resources(of: session), place)
            for organisation in session.organisations {
                #expect(session.member(organisation.id) == network.members.first { $0.id == organisation.id }, place)
            }
            #expect(session.needs.map(\.item.id) == network.resources.map(\.item.id), place)
            #expect(session.needs.map(\.isMatched) == network.resources.map(\.isMatched), place)
            #expect(session.needs.map(\.openPoint) == network.resources.map(\.openPoint), place)
        }
    }

    @Test("Nothing that was erased stays in it")
    func forgets() {
        var play = Play.begun(dialog: NetworkSample.dialog)
        play.tell(.bernd, .contribute("Geheimbund: Rigolen", question: "tasks"))
        play.tell(.bernd, .assign(to: "Zoe", "Geheimes", due: nil))
        play.tell(.bernd, .contribute("Der Geheimbund gießt die Bäume", question: "mission"))
        #expect("\(play.session.derived)".contains("geheimbund"))
        play.tell(.bernd, .forgetMe(confirmed: true), .private)
        #expect(!"\(play.session.derived)".lowercased().contains("geheim"))
    }
}

/// Lines at the questions of a network, by several people.
private struct NetworkWalk {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func person() -> Speaker { pick([.anna, .bernd, .ceyda]) }

    mutating func command() -> Command {
        let places = [
            "partners", "supporters", "holders", "missing", "tasks", "benefits", "resources", "steps", "hurdles",
        ]
        let id = RecordID(.contribution, 1 + Int.random(in: 0..<30, using: &generator))
        let organisations = (0..<2).map { _ in RecordID(.organisation, 1 + Int.random(in: 0..<8, using: &generator)) }
        switch Int.random(in: 0..<20, using: &generator) {
        case 0: return .edit(id, text())
        case 1: return .withdraw(id)
        case 2: return .propose(text(), from: [])
        case 3: return .propose(nil, from: [id])
        case 4: return pick([.agree(nil), .withdraw(nil)])
        case 5: return .ruleOut("entfällt")
        case 6, 7: return .goTo(pick(places))
        case 8: return .merge(organisations[0], organisations[1])
        case 9: return .split(organisations[0])
        case 10: return .noHolder(nil)
        case 11: return .clear(RecordID(.openPoint, 1), text())
        case 12: return pick([.silence(minutes: 5), .reveal])
        case 13: return .forgetMe(confirmed: Int.random(in: 0..<4, using: &generator) == 0)
        default: return .contribute(text(), question: pick(places))
        }
    }

    private mutating func text() -> String {
        let names = ["Stadtwerke", "die Stadtwerke", "BUND", "Bauhof", "Geld", "Wasser", "Wasserwagen", "???"]
        let (one, other, third) = (pick(names), pick(names), pick(names))
        return pick([
            "\(one)", "\(one): \(other)", "\(one); \(other), \(third)", "\(one): \(other), \(third)",
            "\(one)\n\(other)",
        ])
    }

    private mutating func pick<T>(_ choices: [T]) -> T {
        choices[Int.random(in: 0..<choices.count, using: &generator)]
    }
}

/// The network, read from nothing but the texts as they stand: slow, and plainly right.
private enum SlowReading {
    static func members(of session: Session) -> [RecordID] {
        let names = session.dialog.allQuestions.filter { $0.answer.form == .organisations }.flatMap { question in
            texts(at: question, in: session, withResults: true).flatMap { question.answer.entries(in: $0) }
                .filter { $0.section == nil }.map(\.text.folded)
        }
        let named = Set(
            names.compactMap { name in session.organisations.first { !$0.name.isEmpty && $0.name.folded == name } }
                .map { session.root(of: $0.id) })
        return session.organisations.map(\.id).filter(named.contains)
    }

    static func resources(of session: Session) -> [RecordID] {
        guard let question = session.dialog.network?.resources.flatMap({ session.dialog.question($0) }) else {
            return []
        }
        var ids: [RecordID] = []
        for entry in texts(at: question, in: session, withResults: false).flatMap({ question.answer.entries(in: $0) }) {
            let name = entry.text.folded
            let item = session.items.first { $0.id.kind == .resource && !$0.name.isEmpty && $0.name.folded == name }
            if let item, !ids.contains(item.id) { ids.append(item.id) }
        }
        return ids
    }

    private static func texts(at question: Question, in session: Session, withResults: Bool) -> [String] {
        let answer = session.answers[question.id] ?? Answer()
        guard answer.ruledOut == nil else { return [] }
        let wording = answer.agreed ?? answer.draft
        let later = session.contributions.filter {
            $0.question == question.id && !$0.isWithdrawn && !$0.isHidden && $0.seq > wording?.changedSeq ?? 0
                && (withResults || $0.source != .expert)
        }
        return (wording.map { [$0.text] } ?? []) + later.map(\.text)
    }
}
