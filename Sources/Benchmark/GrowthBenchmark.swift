import Foundation

/// What a line costs beside 10, 300 and 3,000 of what a session may have much of.
struct GrowthBenchmark {
    private static let sizes = [10, 300, 3000]
    private static let rounds = 7
    private static let lines = 20

    func run(in folder: String) async throws {
        let files = try ShippedFiles()
        print(
            "CPU in µs for a line, stored and acknowledged, without the network; the middle of \(Self.rounds) rounds\n")
        print("| beside | " + Self.sizes.map { "\($0)" }.joined(separator: " | ") + " | growth |")
        print("|---|" + String(repeating: "---|", count: Self.sizes.count + 1))
        for sort in PreparedConversation.Sort.allCases {
            var costs: [Double] = []
            for size in Self.sizes { costs.append(try await cost(.growing(size, sort), files, in: folder)) }
            let growth = String(format: "%.2f", costs[costs.count - 1] / costs[0])
            print(
                "| \(sort.rawValue) | " + costs.map { String(format: "%.0f", $0) }.joined(separator: " | ")
                    + " | \(growth) |")
        }
    }

    private func cost(_ kind: LineKind, _ files: ShippedFiles, in folder: String) async throws -> Double {
        var bench = try await kind.workbench(files, in: folder)
        var number = 0
        var costs: [Double] = []
        for round in 0...Self.rounds {
            let lines = (0..<Self.lines).map { kind.line(number + $0) }
            number += lines.count
            let begin = Self.processTime()
            await bench.say(lines)
            // The first round warms everything up.
            if round > 0 { costs.append((Self.processTime() - begin) / Double(lines.count) * 1_000_000) }
        }
        try await bench.close()
        return costs.sorted()[costs.count / 2]
    }

    /// What this process has computed, in seconds.
    private static func processTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
    }
}
