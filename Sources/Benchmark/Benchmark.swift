import Foundation

/// Compares what Lotse spends for an answer that lasts with what a bot spends that does nothing else.
///
/// Both get the same lines through the same pipe, one run after the other, several times in turn; both acknowledge a line
/// after it is synced to the same disk. What they need for starting and stopping alone is measured first and taken off.
@main
struct Benchmark {
    static func main() throws {
        let numbers = CommandLine.arguments.dropFirst().compactMap(Int.init)
        let count = numbers.first ?? 1000
        let folder = FileManager.default.temporaryDirectory.appending(path: "lotse-benchmark-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let lotse = Contender("lotse", folder: folder) { ["--state", $0, "--port", "0"] }
        let bare = Contender("BareBot", folder: folder) { [$0] }
        let conversation = Conversation(lines: count)
        print("\(count) answers in one conversation, \(Self.rounds) rounds; CPU time is user and system together")
        var ratios: [Double] = []
        for _ in 1...Self.rounds {
            let costs = try [lotse, bare].map { try $0.cost(of: conversation) }
            for cost in costs { print(cost.text) }
            ratios.append(costs[0].microseconds / costs[1].microseconds)
        }
        let median = ratios.sorted()[ratios.count / 2]
        print(
            String(format: "Lotse takes %.1f times what the bare bot takes (the middle of %d rounds)", median, rounds))
    }

    private static let rounds = 5
}
