import Foundation

/// Compares what Lotse spends for an answer that lasts with what a bot in C spends that does nothing else.
///
/// All get the same lines over the same kind of connection, one run after the other, several times in turn, and all
/// acknowledge a line after it is synced to the same disk. Lotse commits together what waits meanwhile; so the C bot is
/// measured twice, with a commit for each line and with one for all lines that have arrived.
@main
struct Benchmark {
    private static let rounds = 5
    private static let groups = 8

    static func main() async {
        do {
            try await run()
        } catch {
            print("benchmark: \(error)")
            exit(1)
        }
    }

    private static func run() async throws {
        let answers = CommandLine.arguments.dropFirst().compactMap(Int.init).first ?? 300
        let folder = FileManager.default.temporaryDirectory.appending(path: "lotse-benchmark-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        if CommandLine.arguments.dropFirst().first == "crowd" {
            let numbers = CommandLine.arguments.compactMap(Int.init)
            let (idle, members) = (numbers.first ?? 10_000, numbers.dropFirst().first ?? 1000)
            return try CrowdBenchmark(idle: idle, members: min(members, idle)).run(in: folder)
        }
        if CommandLine.arguments.dropFirst().first == "deliveries" {
            let numbers = CommandLine.arguments.compactMap(Int.init)
            let (partners, notices) = (numbers.first ?? 200, numbers.dropFirst().first ?? 25)
            return try await DeliveryBenchmark(partners: partners, notices: notices).run(in: folder)
        }
        print("at \(commit)")
        if CommandLine.arguments.dropFirst().first == "growth" { return try await GrowthBenchmark().run(in: folder) }
        print("\(groups) groups, \(answers) answers each; the middle of \(rounds) rounds; CPU is user and system time")
        for window in [1, 8] {
            print("\n\(window) answer\(window == 1 ? "" : "s") of each group under way at a time")
            try compare(Load(groups: groups, answers: answers, window: window), in: folder)
        }
    }

    /// The commit that is measured, so that a table says what it is a table of.
    private static var commit: String {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["git", "describe", "--always", "--dirty"]
        process.standardOutput = output
        guard (try? process.run()) != nil else { return "an unknown commit" }
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let name = String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return name.isEmpty ? "an unknown commit" : name
    }

    private static func compare(_ load: Load, in folder: String) throws {
        let lotse = Contender("Lotse", program: "lotse") { ["--state", $0, "--port", $1] }
        let alone = Contender("C bot, a commit for each line", program: "BareBot") { [$0, $1, "alone"] }
        let together = Contender("C bot, a commit for all that came", program: "BareBot") { [$0, $1, "together"] }
        let contenders = [lotse, alone, together]
        var costs: [[Contender.Cost]] = []
        for _ in 1...rounds { costs.append(try contenders.map { try $0.cost(of: load, in: folder) }) }
        for (index, contender) in contenders.enumerated() {
            let cost = middle(costs.map { $0[index] }, by: \.microseconds)
            let ratio = middle(costs.map { $0[0].microseconds / $0[index].microseconds }, by: \.self)
            let text = String(
                format: "%6.0f µs CPU per answer %7.0f answers/s %4d MB", cost.microseconds, cost.answersPerSecond,
                cost.memory / 1_048_576)
            let times = index == 0 ? "" : String(format: "   Lotse takes %.1f times as much", ratio)
            print("  " + contender.name.padding(toLength: 36, withPad: " ", startingAt: 0) + text + times)
        }
    }

    private static func middle<Value>(_ values: [Value], by key: KeyPath<Value, Double>) -> Value {
        values.sorted { $0[keyPath: key] < $1[keyPath: key] }[values.count / 2]
    }
}
