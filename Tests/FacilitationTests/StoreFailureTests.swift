import DialogEngine
import FacilitationTesting
import Foundation
import SeededRandom
import Testing

@testable import Facilitation

/// A group contributes by handfuls over a store to which something happens again and again.
@Suite("When storing fails")
struct StoreFailureTests {
    enum Kind: CaseIterable {
        case conflict, overtaken, alreadyStored, invalidChange, busy, diskFull, readOnly, failed, keptButFailed

        var fault: FailingStore.Fault {
            switch self {
            case .conflict: .refused(.conflict(actualSeq: 1))
            case .overtaken: .overtaken(by: StoreFailureTests.contribute)
            case .alreadyStored: .refused(.alreadyStored(seq: 1))
            case .invalidChange: .refused(.invalidChange(reason: "test"))
            case .busy: .refused(.busy)
            case .diskFull: .refused(.diskFull)
            case .readOnly: .refused(.readOnly)
            case .failed: .refused(.failed(reason: "test"))
            case .keptButFailed: .keptButFailed(.unsure(reason: "test"))
            }
        }
    }

    /// What the room was told of one line.
    private enum Answer: Equatable {
        case noted(String)
        case refused
    }

    @Test(
        "every line is answered once, and each id that was told belongs to the text that the store holds",
        arguments: Kind.allCases)
    func answersTruly(_ kind: Kind) async throws {
        var faults = 0
        for seed in 0..<60 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let kept = MemorySessionStore()
            let store = FailingStore(kept)
            let stage = try Stage(store: store)
            let texts = try await contribute(on: stage, with: &random) { random in
                store.expect((0..<40).map { _ in Int.random(in: 0..<4, using: &random) == 0 ? kind.fault : nil })
            }
            let stored = try await contributions(in: kept)
            let answers = answers(in: stage.adapter.texts)
            #expect(answers.count == texts.count, "seed \(seed)")
            for (text, answer) in zip(texts, answers) {
                switch answer {
                case .noted(let id): #expect(stored[id] == text, "seed \(seed)")
                case .refused: #expect(!stored.values.contains(text) || kind == .keptButFailed, "seed \(seed)")
                }
            }
            #expect(Set(stored.values).count == stored.count, "a text twice, seed \(seed)")
            faults += kind == .overtaken ? stored.count - texts.count : store.refused
        }
        #expect(faults > 0)
    }

    /// Several people contribute; returns the texts with which the conversation dealt before the store failed for good.
    private func contribute(
        on stage: Stage, with random: inout SeededGenerator, _ prepare: (inout SeededGenerator) -> Void
    ) async throws -> [String] {
        let announcer = Announcer(adapters: [stage.adapter.name: stage.adapter], spoken: { _ in })
        var conversation = try await stage.conversation(announcer)
        try await conversation.take(try #require(Self.delivery("anna", "!start Probe")))
        prepare(&random)
        var texts: [String] = []
        while texts.count < 40 {
            let handful = (0..<Int.random(in: 1...8, using: &random)).map { "Beitrag \(texts.count + $0)" }
            let people = ["anna", "bernd", "ceyda"]
            let deliveries = handful.compactMap {
                Self.delivery(people[Int.random(in: 0..<people.count, using: &random)], "+ \($0)")
            }
            texts += handful
            do {
                try await conversation.take(deliveries)
            } catch {
                #expect(error == .failed(reason: "test"))
                break
            }
        }
        await announcer.sayAll()
        return texts
    }

    private func answers(in lines: [String]) -> [Answer] {
        lines.flatMap { line -> [Answer] in
            if line.hasSuffix("notiert.") { return line.matches(of: /B\d+/).map { .noted(String($0.output)) } }
            return line.contains("NICHT") || line.contains("weiß nicht, ob") || line.contains("nicht noch einmal")
                ? [.refused] : []
        }
    }

    private func contributions(in store: MemorySessionStore) async throws -> [String: String] {
        let id = try #require(await store.running(in: "eins"))
        let session = try #require(await store.load(id))
        return Dictionary(uniqueKeysWithValues: session.contributions.map { ($0.id.description, $0.text) })
    }

    private static func delivery(_ name: String, _ text: String) -> GroupConversation.Delivery? {
        guard case .message(let message) = Stage.line(name, text) else { return nil }
        return .message(message, isMember: true)
    }

    /// Another writer contributes to the same session.
    fileprivate static let contribute: @Sendable (any SessionStore) async -> Void = { store in
        guard let id = try? await store.running(in: "eins"), let session = try? await store.load(id) else { return }
        let speaker = Speaker(identity: Identity(rawValue: "test/account/dirk"), name: "dirk")
        let command = Command.contribute("Von anderer Hand \(session.seq)", question: nil)
        let events = session.decide(
            Input(at: Stage.evening, kind: .command(command, by: speaker, source: .chat))
        ).events
        _ = try? await store.append(
            Change(session: id, group: "eins", expectedSeq: session.seq, events: events))
    }
}
