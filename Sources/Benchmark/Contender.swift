import Foundation

/// A program that is measured; it lies beside the benchmark.
struct Contender {
    /// What one answer costs.
    struct Cost {
        let name: String
        let microseconds: Double
        /// The most memory that the program had at a time, in bytes; no less than the benchmark's own, from which it came.
        let memory: Int
        /// How long the whole conversation took, without start and stop.
        let seconds: Double
        let answers: Int

        var text: String {
            let padded = name.padding(toLength: 8, withPad: " ", startingAt: 0)
            return String(
                format: "  %@ %6.0f µs CPU per answer, %6.0f answers/s, %4d MB", padded, microseconds,
                Double(answers) / max(seconds, 0.000_001), memory / 1_048_576)
        }
    }

    private let name: String
    private let folder: String
    private let arguments: (String) -> [String]

    /// - Parameter arguments: those of the program for the database file at the given path.
    init(_ name: String, folder: String, arguments: @escaping (String) -> [String]) {
        self.name = name
        self.folder = folder
        self.arguments = arguments
    }

    func cost(of conversation: Conversation) throws -> Cost {
        let idle = try run(input: "")
        let busy = try run(input: conversation.text)
        guard busy.acknowledged >= conversation.answers else {
            throw Incomplete(name: name, acknowledged: busy.acknowledged, answers: conversation.answers)
        }
        return Cost(
            name: name, microseconds: (busy.cpu - idle.cpu) / Double(conversation.answers) * 1_000_000,
            memory: busy.memory, seconds: busy.wall - idle.wall, answers: conversation.answers)
    }

    struct Incomplete: Error, CustomStringConvertible {
        let name: String
        let acknowledged: Int
        let answers: Int
        var description: String { "\(name) acknowledged \(acknowledged) of \(answers) answers" }
    }

    private struct Run {
        let cpu: Double
        let wall: Double
        let memory: Int
        let acknowledged: Int
    }

    private func run(input: String) throws -> Run {
        let id = UUID().uuidString
        let inputFile = "\(folder)/\(id).in"
        try Data(input.utf8).write(to: URL(filePath: inputFile))
        let path = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        let begin = ContinuousClock.now
        let ended = try ChildProcess(
            "\(path.path)/\(name)", arguments("\(folder)/\(id).sqlite"), input: inputFile,
            output: "\(folder)/\(id).out"
        ).wait()
        let wall = (ContinuousClock.now - begin) / .seconds(1)
        let output = try String(contentsOf: URL(filePath: "\(folder)/\(id).out"), encoding: .utf8)
        return Run(cpu: ended.cpu, wall: wall, memory: ended.memory, acknowledged: Self.acknowledged(in: output))
    }

    /// How many answers `output` acknowledges: `B3, B4 notiert.` stands for two.
    private static func acknowledged(in output: String) -> Int {
        output.split(separator: "\n").reduce(0) { sum, line in
            if line.hasSuffix(" noted.") { return sum + 1 }
            return line.hasSuffix(" notiert.") ? sum + line.split(separator: ",").count : sum
        }
    }
}
