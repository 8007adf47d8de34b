import Foundation
import LoopbackTesting
import SeededRandom
import Testing

/// Kills the program in the midst of its work, again and again.
///
/// Ten times, or `LOTSE_KILLS` times; `LOTSE_SEED` repeats the moments of an earlier run as far as two runs of a program
/// can be alike.
@Suite("Killed at any moment", .timeLimit(.minutes(10)))
struct KillTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let kills = environment["LOTSE_KILLS"].flatMap(Int.init) ?? 10
    private static let seed = environment["LOTSE_SEED"].flatMap(UInt64.init) ?? .random(in: 0 ... .max)

    @Test("under load from several groups, every acknowledged line is there after each restart, and none twice")
    func underLoad() async throws {
        print("seed \(Self.seed), \(Self.kills) kills")
        var random = SeededGenerator(seed: Self.seed)
        let workplace = try Workplace()
        let port = try await FreePort.find()
        let crowd = Crowd(groups: 4)
        for round in 1...Self.kills {
            let lines = Int.random(in: 0...80, using: &random)
            let yields = Int.random(in: 0...3000, using: &random)
            try await withProgram(workplace.arguments(port: port)) { program in
                #expect(await program.line(containing: "Welches Problem") != nil, "start \(round)")
                await kill(program, after: lines, yields, crowd, round, port)
                _ = await program.ending()
            }
            try await expectAllKept(crowd, workplace, "kill \(round)")
        }
        #expect(crowd.acknowledgedCount > 0)
        // After the last kill it still goes on, and stops in order.
        try await withProgram(workplace.arguments(port: port)) { program in
            _ = await program.line(containing: "Welches Problem")
            program.signal(SIGTERM)
            #expect(await program.ending().code == 0)
        }
        try await expectAllKept(crowd, workplace, "the last stop")
        print("\(crowd.acknowledgedCount) lines were acknowledged")
    }

    /// Lets the crowd contribute, and kills the program some time after the given number of acknowledgements.
    private func kill(
        _ program: Program, after lines: Int, _ yields: Int, _ crowd: Crowd, _ round: Int, _ port: Int
    ) async {
        let (acknowledgements, continuation) = AsyncStream.makeStream(of: Void.self)
        continuation.yield()
        async let contributing: Void = crowd.contribute(round: round, port: port) { continuation.yield() }
        var count = 0
        // The first element stands for the start, so that a kill may come before any line.
        for await _ in acknowledgements {
            count += 1
            if count > lines { break }
        }
        for _ in 0..<yields { await Task.yield() }
        program.signal(SIGKILL)
        await contributing
    }

    private func expectAllKept(_ crowd: Crowd, _ workplace: borrowing Workplace, _ moment: String) async throws {
        #expect(crowd.contradictions(to: try await workplace.contributions()) == [], "after \(moment)")
        for sequence in try await workplace.sequences() {
            let isWhole = sequence == Array(1...max(sequence.count, 1))
            #expect(isWhole, "a sequence with a gap after \(moment)")
        }
    }
}
